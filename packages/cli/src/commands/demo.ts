// `kk demo`: shows the whole way from text to model in two minutes.
import type { Language } from '@kk/corpora';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { demo } from '../demo/demo.js';
import { Verb } from '../grammar/verb.js';
import { systemLanguage } from '../options/language.js';
import { decimal } from '../options/parse.js';
import { storyLanguageOption } from '../options/story-language.js';
import { uiLanguageOption } from '../options/ui-language.js';

interface DemoFlags {
  lang?: Language;
  uiLang?: Language;
  seconds: number;
  out?: string;
}

export function demoCommand(context: Context): Verb {
  return new Verb('demo')
    .summary('the whole way in two minutes: tokens, nonsense, a GPT that learns to write')
    .description('The whole way in about two minutes: a text becomes tokens, a Markov chain writes nonsense, and a GPT learns to write from stories.')
    .addOption(storyLanguageOption())
    .addOption(uiLanguageOption("--lang, else the system's language"))
    .addOption(new Option('--seconds <n>', 'time for the training').argParser(decimal(1, 86_400)).default(90))
    .option('--out <dir>', 'folder for the model (default: runs/demo-de or runs/demo-en)')
    .flows({ writes: { stdout: 'five chapters to read', out: 'a GPT' } })
    .examples('kk demo --lang de')
    .does(({ lang, uiLang, seconds, out }: DemoFlags) => {
      const system = systemLanguage(context.io.env);
      return demo(context, { stories: lang ?? system, language: uiLang ?? lang ?? system, seconds, out });
    });
}
