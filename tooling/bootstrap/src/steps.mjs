// Runs steps with one line of progress each: `[2/3] Installing dependencies … done in 12.3 s`. It stops at the first step that throws.
import { Interrupted } from './failures.mjs';
import { throwIfInterrupted } from './interrupt.mjs';

/**
 * @typedef {object} Step
 * @property {string} title the name of the step, such as `Installing dependencies`
 * @property {() => Promise<string | void>} run  may return a word to show instead of the time, such as `up to date`
 * @property {boolean} [shown] whether the step writes to the terminal itself, so that its line ends before it starts
 */

/** A step that took longer than this shows its time even if it returned a word, in milliseconds. */
const WORTH_TELLING = 1_000;

/**
 * @param {Step[]} steps
 * @param {object} [options]
 * @param {(text: string) => void} [options.write]
 * @param {() => number} [options.now]  a clock in milliseconds
 * @param {boolean} [options.verbose]  steps print between the beginning and the end of their line
 */
export async function runSteps(steps, { write = (text) => process.stdout.write(text), now = () => performance.now(), verbose = false } = {}) {
  for (const [index, { title, run, shown = false }] of steps.entries()) {
    throwIfInterrupted();
    const label = `[${index + 1}/${steps.length}] ${title} …`;
    const apart = verbose || shown;
    const end = apart ? `${label} ` : '';
    write(apart ? `${label}\n` : `${label} `);
    const start = now();
    const time = () => seconds(now() - start);
    try {
      const word = await run();
      if (!word) write(`${end}done in ${time()}\n`);
      else write(`${end}${word}${now() - start > WORTH_TELLING ? ` in ${time()}` : ''}\n`);
    } catch (error) {
      write(`${end}${error instanceof Interrupted ? 'interrupted' : 'failed'} after ${time()}\n`);
      throw error;
    }
  }
}

/**
 * @param {number} milliseconds
 * @returns {string} such as `12.3 s` or `2 min 05 s`
 */
export function seconds(milliseconds) {
  if (milliseconds < 99_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
