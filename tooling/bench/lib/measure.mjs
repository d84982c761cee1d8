// Timing: some rounds for warm-up, then many rounds and their median.

/** @returns {number} the middle of a list of numbers */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/**
 * Runs `work` (which may be asynchronous) a few times for warm-up, then until `seconds` are over and at least `minimum` times.
 * @returns {Promise<number[]>} the milliseconds of each counted run
 */
export async function measure(work, { warmup = 5, minimum = 5, seconds = 4 } = {}) {
  for (let i = 0; i < warmup; i++) await work();
  const times = [];
  const end = performance.now() + seconds * 1000;
  while (times.length < minimum || performance.now() < end) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}

/** A worker's answer: one line of JSON. */
export const report = (result) => process.stdout.write(`${JSON.stringify(result)}\n`);

/** A checksum to compare lists of ids. */
export function checksumOf(ids) {
  let checksum = 0;
  for (let i = 0; i < ids.length; i++) checksum = (Math.imul(checksum, 31) + ids[i]) | 0;
  return checksum;
}
