// Measures how long something takes: repeats it for a while and takes the median.

/** The steps of a trainer that is only measured: it never comes to its end. */
export const ENDLESS_STEPS = 1e9;

export interface TimingOptions {
  /** How long to repeat. Work that takes longer runs once. */
  seconds: number;
  /** Called between two runs; it may throw to stop the measurement. */
  breathe?: () => Promise<void>;
  /** Returns the time in milliseconds; tests replace it. */
  now?: () => number;
}

/** The milliseconds of one run of `work`. */
export async function timed(work: () => unknown, { seconds, breathe, now = () => performance.now() }: TimingOptions): Promise<number> {
  const times: number[] = [];
  const end = now() + seconds * 1000;
  do {
    await breathe?.();
    const started = now();
    await work();
    times.push(now() - started);
  } while (now() < end);
  // Skips the first third, in which the engine may still be compiling the code.
  const counted = times.slice(Math.floor(times.length / 3)).sort((a, b) => a - b);
  return counted[counted.length >> 1];
}
