// Calls the functions of a library that some libraries have and others lack.

/** A library that koffi has loaded. */
export interface Library {
  /** @throws Error when the library has no such function */
  func(prototype: string): (...values: never[]) => unknown;
  symbol(name: string): unknown;
}

/** What a function gives; undefined where the library has none of that name. */
export function callIfThere(library: Library, prototype: string, ...values: number[]): unknown {
  try {
    return (library.func(prototype) as (...values: number[]) => unknown)(...values);
  } catch {
    return undefined; // another library
  }
}
