// Waits between the steps of a job that would be too fast to watch.
import type { Tools } from './job.js';

/** Waits for this moment, in which other runs go on; ends early when the run is cancelled. */
export async function untilPassed(tools: Pick<Tools, 'breathe'>, until: number): Promise<void> {
  for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, left)));
    await tools.breathe();
  }
}
