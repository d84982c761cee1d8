// Handles Ctrl-C and similar signals: ends the children first, then the run. npm and the terminal may both send the signal; it is handled
// once.
import { constants } from 'node:os';
import { Interrupted } from './failures.mjs';

/** Signals that end a run. */
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** The time a child has to end by itself before it is killed, in milliseconds. */
const GRACE = 5_000;

/** @typedef {(signal: NodeJS.Signals) => void} EndChild */

/** @type {NodeJS.Signals | null} */
let received = null;
/** @type {Set<EndChild>} */
const children = new Set();

/** Starts to listen. Without a running child the process ends at once. */
export function watchSignals() {
  for (const signal of SIGNALS) process.on(signal, () => onSignal(signal));
}

/** @param {NodeJS.Signals} signal */
function onSignal(signal) {
  if (received !== null) return;
  received = signal;
  if (children.size === 0) {
    process.stderr.write('\nInterrupted.\n');
    process.exit(signalExitCode(signal));
  }
  for (const end of children) end(signal);
  setTimeout(() => {
    for (const end of children) end('SIGKILL');
  }, GRACE).unref();
}

/**
 * Registers a function that is called on a signal while the child runs.
 * @param {EndChild} end
 * @returns {() => void} call it when the child has ended
 */
export function registerChild(end) {
  children.add(end);
  return () => children.delete(end);
}

/** @throws {Interrupted} if a signal has come */
export function throwIfInterrupted() {
  if (received !== null) throw new Interrupted(received);
}

/**
 * The exit code that shells report for a process ended by a signal: 130 for SIGINT.
 * @param {NodeJS.Signals} signal
 */
export function signalExitCode(signal) {
  return 128 + constants.signals[signal];
}
