// Runs work in steps to its end.

/** The result, and the shares that were told before it. */
export function stepsOf<T>(steps: Generator<number, T, void>): { value: T; shares: number[] } {
  const shares: number[] = [];
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { value: step.value, shares };
    shares.push(step.value);
  }
}
