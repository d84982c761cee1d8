// Waits until all workers have started, but not for ever: one whose program a page may not load need not say so.
import type { WorkerHandle } from './spawn.js';

const LOOKS = 30;

/**
 * @param patience milliseconds; a time in which this thread itself was busy counts as a thirtieth of it at most
 * @throws Error when a worker could not start or has not answered in time
 */
export async function allReady(workers: readonly WorkerHandle[], patience: number): Promise<void> {
  let looks: ReturnType<typeof setInterval> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    let looked = 0;
    looks = setInterval(() => {
      if (++looked === LOOKS) reject(new Error(`no answer for ${(patience / 1000).toFixed(1)} s`));
    }, patience / LOOKS);
  });
  try {
    await Promise.race([Promise.all(workers.map(({ ready }) => ready)), tooLate]);
  } finally {
    clearInterval(looks);
  }
}
