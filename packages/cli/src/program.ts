// The tree of verbs, and the conversion of Commander's errors.
import type { Command, CommanderError } from 'commander';
import packageJSON from '../package.json' with { type: 'json' };
import { benchCommand } from './commands/bench.js';
import { chatCommand } from './commands/chat.js';
import { completionCommand, completionServerCommand } from './commands/completion.js';
import { corpusCommand } from './commands/corpus.js';
import { demoCommand } from './commands/demo.js';
import { devicesCommand } from './commands/devices.js';
import { downloadCommand } from './commands/download.js';
import { embedCommand } from './commands/embed.js';
import { evalCommand } from './commands/eval.js';
import { finetuneCommand } from './commands/finetune.js';
import { generateCommand } from './commands/generate.js';
import { helpCommand } from './commands/help.js';
import { markovCommand } from './commands/markov.js';
import { mergeCommand } from './commands/merge.js';
import { reportCommand } from './commands/report.js';
import { textCommand } from './commands/text.js';
import { tokenizeCommand } from './commands/tokenize.js';
import { tokenizerCommand } from './commands/tokenizer.js';
import { trainCommand } from './commands/train.js';
import type { Context } from './context.js';
import { UsageError } from './errors.js';
import { helpFormat } from './grammar/help.js';
import { Verb } from './grammar/verb.js';

const verbs = [demoCommand, trainCommand, finetuneCommand, chatCommand, evalCommand, generateCommand, mergeCommand, reportCommand, downloadCommand, tokenizeCommand, tokenizerCommand, corpusCommand, markovCommand, embedCommand, textCommand, benchCommand, devicesCommand, completionCommand, helpCommand];

export function createProgram(context: Context): Verb {
  const program = new Verb('kk')
    .description('Behind the scenes of ChatGPT, in a terminal: from a text file to a GPT that writes.')
    .version(packageJSON.version, '-V, --version', 'show the version')
    .notes('Start with: kk demo');
  for (const create of verbs) program.addCommand(create(context));
  program.addCommand(completionServerCommand(context), { hidden: true });
  for (const verb of withVerbsBelow(program)) {
    verb
      .option('--debug', 'show where an error comes from')
      .helpOption('-h, --help', 'show this help')
      .helpCommand(false)
      .allowExcessArguments(false)
      .configureHelp(helpFormat(verb, context.terminal))
      .configureOutput({
        writeOut: (text) => context.terminal.write(text),
        // run() prints the error, once.
        writeErr: () => undefined,
        getOutHasColors: () => context.terminal.colors.isColorSupported,
      })
      .exitOverride((error) => {
        throw error.exitCode === 0 ? error : asUsageError(error, verb);
      });
  }
  return program;
}

/** A verb and all below it. */
export function withVerbsBelow(verb: Verb): Verb[] {
  return [verb, ...verb.commands.flatMap((child: Command) => withVerbsBelow(child as Verb))];
}

/** For example `error: unknown option '--foo'\n(Did you mean --force?)`. */
function asUsageError({ code, message }: CommanderError, verb: Verb): UsageError {
  if (code === 'commander.help') return new UsageError(`${verb.path} needs a verb: ${verb.createHelp().visibleCommands(verb).map((child) => child.name()).join(', ')}.`, verb.helpHint);
  const [first, ...rest] = message.replace(/^error: /, '').replace(`for '${verb.name()}'`, `for ${verb.path}`).split('\n');
  return new UsageError(first, [...rest, verb.helpHint].join(' '));
}
