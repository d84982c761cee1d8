// How long something takes: again and again for a while, and the median of that.

export interface TimingOptions {
  /** How long to go on. What takes longer is done once. */
  seconds: number;
  /** Called between two runs; stops the measurement by throwing. */
  breathe?: () => Promise<void>;
  /** The time in milliseconds; tests bring their own. */
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
  // In the first third, code may still be on its way from one compiler to the next.
  const counted = times.slice(Math.floor(times.length / 3)).sort((a, b) => a - b);
  return counted[counted.length >> 1];
}
