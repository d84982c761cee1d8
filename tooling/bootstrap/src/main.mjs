// The frame of every command in this folder: handles signals, and turns errors into text and exit codes.
import { CommandFailure, Interrupted, Problem } from './failures.mjs';
import { signalExitCode, watchSignals } from './interrupt.mjs';

/**
 * @param {() => Promise<number | void>} body  may return an exit code
 */
export async function main(body) {
  watchSignals();
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.exitCode = report(error);
  }
}

/**
 * @param {unknown} error
 * @returns {number} the exit code
 */
function report(error) {
  if (error instanceof Interrupted) {
    process.stderr.write('Interrupted.\n');
    return signalExitCode(error.signal);
  }
  if (error instanceof CommandFailure || error instanceof Problem) process.stderr.write(`\n${error.message}\n`);
  // Any other error is a bug in this code, so the stack helps.
  else process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}
