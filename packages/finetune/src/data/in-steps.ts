// Runs work that is done in steps, and lets others have their turn between them, such as a signal that says to stop.

/** Milliseconds without a turn for others: a turn takes a few itself. */
const LONGEST = 50;

/** @throws the signal's reason when it is aborted */
export async function inSteps<T>(steps: Generator<unknown, T, void>, signal: AbortSignal | undefined): Promise<T> {
  let last = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    signal?.throwIfAborted();
    if (performance.now() - last < LONGEST) continue;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  }
}
