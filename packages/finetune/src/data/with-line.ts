// Names the line of a file in what is thrown for the value on it.

/** @throws {Error} that begins with the line's number, when `run` throws */
export async function withLine<T>(line: number, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Error(`Line ${line}: ${(error as Error).message}`, { cause: error });
  }
}
