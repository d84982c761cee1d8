// `kk help`: the help of a verb, as `--help` shows it.
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { Verb } from '../grammar/verb.js';

export function helpCommand(_: Context): Verb {
  return new Verb('help')
    .summary('explain a verb')
    .description('Explains a verb and its options.')
    .argument('[verb...]', 'for example markov train (default: all verbs)')
    .flows({ writes: { stdout: 'the help' } })
    .examples('kk help markov train')
    .does((_options, verb) => {
      let found = verb.parent as Verb;
      for (const name of verb.args) {
        const next = found.commands.find((command) => command.name() === name);
        if (!next) {
          const verbs = found.createHelp().visibleCommands(found).map((command) => command.name());
          throw new UsageError(`${found.path} has no verb ${name === '' ? "''" : name}; ${verbs.length === 0 ? 'no verb stands below it' : `it has ${verbs.join(', ')}`}.`, found.helpHint);
        }
        found = next as Verb;
      }
      found.outputHelp();
    });
}
