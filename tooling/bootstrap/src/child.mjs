// Starts commands. `run` hides their output unless they fail; `runShown` gives them the terminal and returns their exit code.
import { spawn } from 'node:child_process';
import { CommandFailure } from './failures.mjs';
import { registerChild, signalExitCode, throwIfInterrupted } from './interrupt.mjs';
import { Tail } from './tail.mjs';
import { workspaceRoot } from './workspace.mjs';

/**
 * @typedef {object} Command
 * @property {string} file  what to start
 * @property {string[]} args
 * @property {string} display the command as somebody would type it
 */

/**
 * @typedef {object} Context  how children run
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} verbose show the output of hidden commands
 */

/**
 * Runs a command to its end. Its output is shown only if `verbose`; if it fails, the last lines are part of the error.
 * @param {Command} command
 * @param {Context} context
 * @param {string} [cwd]
 * @throws {CommandFailure} if it cannot be started or ends with anything but 0
 */
export async function run(command, { env, verbose }, cwd = workspaceRoot) {
  // With its own process group, a signal also reaches grandchildren; Windows has no such groups.
  const ownGroup = process.platform !== 'win32';
  const child = spawn(command.file, command.args, {
    cwd, env, detached: ownGroup, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true,
  });
  const tail = new Tail();
  for (const [stream, shownOn] of /** @type {const} */ ([[child.stdout, process.stdout], [child.stderr, process.stderr]])) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      if (verbose) shownOn.write(text);
      else tail.add(text);
    });
  }
  const outcome = await ended(child, (signal) => {
    if (child.pid === undefined) return;
    if (ownGroup) killGroup(child.pid, signal);
    else child.kill(signal);
  });
  throwIfInterrupted();
  if (outcome !== null) throw new CommandFailure({ display: command.display, outcome: outcome.text, tail: tail.lines() });
}

/**
 * Runs commands side by side, all to their end: each leaves a processor idle at times.
 * @param {Command[]} commands
 * @param {Context} context
 * @throws {CommandFailure} of the first that failed, in their order
 */
export async function runTogether(commands, context) {
  const outcomes = await Promise.allSettled(commands.map((command) => run(command, context)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/**
 * Runs a command on our own terminal.
 * @param {Command} command
 * @param {Context} context
 * @returns {Promise<number>} its exit code; 128 + the signal's number if a signal ended it
 * @throws {CommandFailure} if it cannot be started
 */
export async function runShown(command, { env }) {
  const child = spawn(command.file, command.args, { cwd: workspaceRoot, env, stdio: 'inherit' });
  const outcome = await ended(child, (signal) => {
    // Ctrl-C in a terminal reaches the child directly; passing it on would look like a second Ctrl-C.
    const terminalDidIt = signal === 'SIGINT' && process.stdin.isTTY;
    // The child may need time to save its work, so nothing here kills it.
    if (!terminalDidIt && signal !== 'SIGKILL') child.kill(signal);
  });
  if (outcome === null) return 0;
  if (outcome.code === undefined) throw new CommandFailure({ display: command.display, outcome: outcome.text, tail: [] });
  return outcome.code;
}

/**
 * Waits for a child to end.
 * @param {import('node:child_process').ChildProcess} child
 * @param {import('./interrupt.mjs').EndChild} end
 * @returns {Promise<{ text: string, code?: number } | null>} null for exit code 0; no code if it never started
 */
async function ended(child, end) {
  const unregister = registerChild(end);
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve({ text: `could not be started (${error.message})` }));
      child.once('close', (code, signal) => {
        if (signal !== null) resolve({ text: `was ended by ${signal}`, code: signalExitCode(signal) });
        else resolve(code === 0 ? null : { text: `ended with exit code ${code}`, code: code ?? 1 });
      });
    });
  } finally {
    unregister();
  }
}

/**
 * @param {number} pid  the group's first process
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group may have just ended, which is the goal.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
