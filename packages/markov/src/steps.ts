// Long work in steps: a generator yields between them, so that the caller can show progress, do other work, or stop.

/** Work that yields the share that is done, 0 to 1, and returns its result. */
export type Steps<T> = Generator<number, T, void>;

/** Runs all steps and returns the result. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same work as a part of larger work, with progress scaled to the range from `from` to `to`. */
export function* within<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}
