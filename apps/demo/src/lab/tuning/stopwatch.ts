// Measures how long work takes, without the pauses between it.

export class Stopwatch {
  /** All that was measured, in seconds. */
  seconds = 0;

  async time<Value>(work: () => Promise<Value>): Promise<Value> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.seconds += (performance.now() - started) / 1000;
    }
  }
}
