// Runs a command line and returns an exit code. All errors of commands end here.
import { CommanderError } from 'commander';
import process from 'node:process';
import { Context } from './context.js';
import { exitCodes, reportError } from './errors.js';
import { namedAsTyped } from './files/as-typed.js';
import type { IO } from './io.js';
import { createProgram } from './program.js';

/**
 * Runs one command.
 * @param argv  the arguments after `kk`; none at all shows help
 * @param io  replaces the streams, the environment and the folder of this process; the caller handles signals
 * @returns 0 done, 1 something went wrong, 2 the command line is wrong, 130 stopped with Ctrl-C
 */
export async function run(argv: readonly string[], io: Partial<IO> = {}): Promise<number> {
  const { stdin, stdout, stderr, env } = process;
  const context = new Context({ stdin, stdout, stderr, env, cwd: process.cwd(), command: 'kk', interrupt: new AbortController().signal, ...io });
  try {
    await createProgram(context).parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
    return exitCodes.success;
  } catch (error) {
    // Commander also throws for help and version.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.success;
    context.terminal.clear();
    context.errors.clear();
    const { lines, next, exitCode } = reportError(error, { debug: argv.includes('--debug'), command: context.io.command });
    const { colors } = context.errors;
    lines.forEach((line, at) => context.errors.paragraph(at < 2 ? namedAsTyped(line, argv, context.io.cwd) : line, { style: at === 0 ? colors.red : undefined }));
    if (next) {
      context.errors.print(`\n ${next.about}`);
      context.errors.command(next.command);
    }
    return exitCode;
  }
}
