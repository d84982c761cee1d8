// From a command line to an exit code. Everything that a command throws ends here.
import { CommanderError } from 'commander';
import process from 'node:process';
import { Context } from './context.js';
import { exitCodes, reportError } from './errors.js';
import { type IO } from './io.js';
import { createProgram } from './program.js';

/**
 * Runs one command.
 * @param argv  what stands after `kk`; nothing at all asks for help
 * @param io  what replaces the streams, the environment and the folder of this process; signals are left to the caller
 * @returns 0 done, 1 something went wrong, 2 the command line is wrong, 130 stopped with Ctrl-C
 */
export async function run(argv: readonly string[], io: Partial<IO> = {}): Promise<number> {
  const { stdin, stdout, stderr, env } = process;
  const context = new Context({ stdin, stdout, stderr, env, cwd: process.cwd(), command: 'kk', interrupt: new AbortController().signal, ...io });
  try {
    await createProgram(context).parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
    return exitCodes.success;
  } catch (error) {
    // Help and the version end the same way as errors do.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.success;
    context.terminal.clear();
    context.errors.clear();
    const { lines, exitCode } = reportError(error, argv.includes('--debug'));
    const { colors } = context.errors;
    lines.forEach((line, at) => context.errors.print(at === 0 ? colors.red(line) : line));
    return exitCode;
  }
}
