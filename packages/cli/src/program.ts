// The tree of verbs, the format of help, and the conversion of Commander's errors.
import { Command, type CommanderError } from 'commander';
import { benchCommand } from './commands/bench.js';
import { corpusCommand } from './commands/corpus.js';
import { demoCommand } from './commands/demo.js';
import { devicesCommand } from './commands/devices.js';
import { evalCommand } from './commands/eval.js';
import { generateCommand } from './commands/generate.js';
import { markovCommand } from './commands/markov.js';
import { textCommand } from './commands/text.js';
import { tokenizeCommand } from './commands/tokenize.js';
import { tokenizerCommand } from './commands/tokenizer.js';
import { trainCommand } from './commands/train.js';
import { type Context } from './context.js';
import { UsageError } from './errors.js';

export function createProgram(context: Context): Command {
  const program = new Command('kk')
    .description('Behind the scenes of ChatGPT, in a terminal: from a text file to a GPT that writes.')
    .addHelpText('after', '\nStart with: kk demo');
  for (const create of [demoCommand, trainCommand, evalCommand, generateCommand, tokenizeCommand, tokenizerCommand, corpusCommand, markovCommand, textCommand, benchCommand, devicesCommand]) {
    program.addCommand(create(context));
  }
  everyCommand(program, (command) => {
    command
      .option('--debug', 'show where an error comes from')
      .helpOption('-h, --help', 'show this help')
      .helpCommand(false)
      .allowExcessArguments(false)
      .configureHelp({ helpWidth: context.terminal.columns })
      .configureOutput({
        writeOut: (text) => context.terminal.write(text),
        // run() prints the error, once.
        writeErr: () => undefined,
        getOutHasColors: () => context.terminal.colors.isColorSupported,
      })
      .exitOverride((error) => {
        throw error.exitCode === 0 ? error : asUsageError(error, command);
      });
  });
  return program;
}

function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) everyCommand(child, visit);
}

/** For example `error: unknown option '--foo'\n(Did you mean --force?)`. */
function asUsageError({ code, message }: CommanderError, command: Command): UsageError {
  const path = pathOf(command);
  const help = `See ${path} --help`;
  if (code === 'commander.help') return new UsageError(`${path} needs a verb: ${command.commands.map((child) => child.name()).join(', ')}.`, help);
  const [first, ...rest] = message.replace(/^error: /, '').split('\n');
  return new UsageError(first, [...rest, help].join(' '));
}

const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name());
