// `kk demo`: shows the whole way from text to model in two minutes.
import { languages, type Language } from '@kk/corpora';
import { Command, Option } from 'commander';
import { type Context } from '../context.js';
import { demo } from '../demo/demo.js';
import { systemLanguage } from '../options/language.js';
import { decimal } from '../options/parse.js';

export function demoCommand(context: Context): Command {
  return new Command('demo')
    .summary('the whole way in two minutes: tokens, nonsense, a GPT that learns to write')
    .description('The whole way in about two minutes: a text becomes tokens, a Markov chain writes nonsense, and a GPT learns to write from stories.')
    .addOption(new Option('--lang <lang>', "language (default: de where the system's language is German, else en)").choices(languages))
    .addOption(new Option('--seconds <n>', 'time for the training').argParser(decimal(1, 86_400)).default(90))
    .option('--out <dir>', 'folder for the model (default: runs/demo-de or runs/demo-en)')
    .addHelpText('after', '\nExample:\n  kk demo --lang de')
    .action(({ lang, seconds, out }: { lang?: Language; seconds: number; out?: string }) => demo(context, { language: lang ?? systemLanguage(context.io.env), seconds, out }));
}
