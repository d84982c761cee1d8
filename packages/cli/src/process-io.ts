// Connects a command to the real process: signals abort it, and a closed output pipe is not an error.
import { basename, relative } from 'node:path';
import { describe, exitCodes, Interrupted } from './errors.js';
import { quotePath } from './files/paths.js';
import type { IO } from './io.js';
import { run } from './run.js';

/** The parts of `process` that are used. */
export type ProcessLike = Pick<NodeJS.Process, 'argv' | 'env' | 'cwd' | 'on' | 'removeListener' | 'kill' | 'pid' | 'stdin' | 'stdout' | 'stderr'> & { exitCode?: NodeJS.Process['exitCode'] };

// Exit codes as in a shell: 128 + the number of the signal.
const signals = { SIGINT: exitCodes.interrupted, SIGTERM: 143, SIGHUP: 129 } as const;
type SignalName = keyof typeof signals;

/** How long a process that was stopped may take to write what is left to write. */
const GRACE_MILLISECONDS = 300;

/**
 * Runs the command of a process and sets its exit code.
 * The first Ctrl-C asks the command to stop, which takes until its state is saved; the second ends it at once. The process ends by the signal
 * itself: process.exit() would wait for files that cannot be opened yet, such as a named pipe to which nobody writes.
 *
 * @param command  what the user types for kk, as messages show it; by default it follows from the path of the script
 */
export async function main(process: ProcessLike, command = commandName(process.argv[1], process.cwd())): Promise<void> {
  const controller = new AbortController();
  let received: SignalName | undefined;
  /** Without a listener the signal ends the process, and a shell sees the same exit code. */
  const end = (signal: SignalName): void => {
    process.removeListener(signal, listeners.find((known) => known.signal === signal)!.listener);
    process.kill(process.pid, signal);
  };
  const listeners = Object.entries(signals).map(([signal, exitCode]) => {
    const listener = (): void => {
      if (received !== undefined) return end(signal as SignalName);
      received = signal as SignalName;
      controller.abort(new Interrupted('Stopped.', exitCode));
    };
    process.on(signal, listener);
    return { signal, listener };
  });

  const onOutputError = (error: NodeJS.ErrnoException): void => {
    const first = !controller.signal.aborted;
    // `kk ... | head`: the reader needs no more output.
    if (error.code === 'EPIPE') return controller.abort(new Interrupted('', exitCodes.success));
    controller.abort(new Interrupted('', exitCodes.failure));
    process.exitCode = exitCodes.failure;
    if (first) process.stderr.write(`kk: The output could not be written: ${describe(error)}\n`);
  };
  process.stdout.on('error', onOutputError);
  process.stderr.on('error', onOutputError);

  const { stdin, stdout, stderr, env } = process;
  const io: IO = { stdin, stdout, stderr, env, cwd: process.cwd(), command, interrupt: controller.signal };
  const exitCode = await run(process.argv.slice(2), io);
  process.exitCode ||= exitCode;
  for (const { signal, listener } of listeners) process.removeListener(signal, listener);
  const stoppedBy = received as SignalName | undefined; // the listeners set it
  if (stoppedBy !== undefined) setTimeout(() => process.kill(process.pid, stoppedBy), GRACE_MILLISECONDS).unref();
}

/** The name for a command on the PATH, otherwise the path of the script. */
export function commandName(script: string | undefined, cwd: string): string {
  if (script === undefined || basename(script) === 'kk') return 'kk';
  const short = relative(cwd, script);
  return `node ${quotePath(short.startsWith('..') ? script : short)}`;
}
