// Long work in steps: a generator yields between them, so that whoever runs it may show progress, let others work, or stop for good.

/** Work that says now and then which share of it is done, 0 to 1, and ends with its result. */
export type Steps<T> = Generator<number, T, void>;

/** Does all of it at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same work as a part of other work, which is at `from` before it and at `to` after it. */
export function* within<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}
