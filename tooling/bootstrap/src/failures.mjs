// The errors that end a run early, and the text that people read then.

/** A problem with the machine or the input; its message is written for the person at the terminal. */
export class Problem extends Error {}

/** SIGINT, SIGTERM or SIGHUP ended the run. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`Interrupted by ${signal}.`);
    this.signal = signal;
  }
}

/** A child process ended with something other than exit code 0. */
export class CommandFailure extends Error {
  /**
   * @param {object} details
   * @param {string} details.display  the command as somebody would type it
   * @param {string} details.outcome  such as `ended with exit code 1`
   * @param {string[]} details.tail  its last lines; empty if all its output was shown already
   */
  constructor({ display, outcome, tail }) {
    super(commandFailureText({ display, outcome, tail }));
    this.display = display;
  }
}

/**
 * @param {{ display: string, outcome: string, tail: string[] }} details
 * @returns {string} the last lines, what happened, and how to repeat it
 */
export function commandFailureText({ display, outcome, tail }) {
  const lines = tail.map((line) => `  ${line}`);
  if (lines.length > 0) lines.push('');
  lines.push(`${display} ${outcome}.`);
  lines.push('To repeat this step alone, with .bootstrap/pnpm/node_modules/.bin first on the PATH:');
  lines.push(`  ${display}`);
  if (tail.length > 0) lines.push('To see the whole output of every step, add -- --verbose to the npm command.');
  return lines.join('\n');
}
