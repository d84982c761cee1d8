// Names the place of a value in what is thrown for it: its line of a file, or its index in a list.

/** @throws {Error} that begins with the place, when `run` throws */
export async function withPlace<T>(place: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws {Error} that begins with the line's number, when `run` throws */
export const withLine = <T>(line: number, run: () => Promise<T>): Promise<T> => withPlace(`Line ${line}`, run);
