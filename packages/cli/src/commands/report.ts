// `kk report`: a tuned model beside its base, as a page or a Markdown file.
import { extname } from 'node:path';
import type { Language } from '@kk/corpora';
import { writeWholeFile } from '@kk/whole-file';
import { Option } from 'commander';
import { compareFolders } from '../compare/compare.js';
import { comparisonMarkdown } from '../compare/markdown.js';
import { comparisonPage } from '../compare/page.js';
import { comparisonMessages } from '../compare/messages.js';
import { answersNote, forgottenIn, lossNote, measureRows } from '../compare/rows.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { checkNewFile } from '../files/new-file.js';
import { fullPath, outputPath, shortPath } from '../files/paths.js';
import { Verb } from '../grammar/verb.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { systemLanguage } from '../options/language.js';
import { integer } from '../options/parse.js';
import { uiLanguageOption } from '../options/ui-language.js';
import { numberFormats } from '../terminal/numbers.js';
import { numberTable } from '../terminal/table.js';

interface ReportOptions extends DeviceOptions {
  tuned: string;
  model?: string;
  data?: string[];
  baseText?: string;
  questions: number;
  maxTokens: number;
  out?: string[];
  uiLang?: Language;
  force?: boolean;
  json?: boolean;
}

/** What a file is written as, by the ending of its name. */
const WRITERS = { '.html': comparisonPage, '.md': comparisonMarkdown } as const;

export function reportCommand(context: Context): Verb {
  const verb = new Verb('report')
    .summary('compare a tuned model with its base')
    .description('Compares a tuned model with its base: the same questions to both, their losses, and what was forgotten.')
    .option('--tuned <dir>', 'folder of the tuned model, or of an adapter')
    .option('--model <dir>', 'folder of the base (default: the one that its recipe or the adapter names)')
    .option('--data <file...>', 'examples with the questions, or prompts alone (default: those of the recipe, and of examples those that it held out)')
    .option('--base-text <file>', 'text like that of the base, to measure what was forgotten (default: that of the recipe)')
    .addOption(new Option('--questions <n>', 'how many are asked').argParser(integer(1, 10_000)).default(20))
    .addOption(new Option('--max-tokens <n>', 'the longest answer').argParser(integer(1)).default(100))
    .option('--out <file...>', 'a page (.html), a text in Markdown (.md), or both');
  return addDevice(verb)
    .addOption(uiLanguageOption())
    .option('--force', 'replace files that are there')
    .option('--json', 'one JSON object with all that was measured')
    .argumentFor('tuned')
    .requires(['tuned'])
    .flows({ reads: { tuned: 'a GPT or an adapter', model: 'a GPT', data: 'examples, or prompts', baseText: 'a text' }, writes: { out: 'a report', stdout: 'losses and shares' } })
    .examples('kk report runs/pirate --out pirate.html', 'kk report runs/votes --out votes.html', 'kk report runs/assistant --model runs/stories --data questions.jsonl --base-text stories.txt --out report.html report.md')
    .does((options: ReportOptions) => report(context, options));
}

async function report(context: Context, { out = [], uiLang, force = false, json = false, ...options }: ReportOptions): Promise<void> {
  const { cwd, env } = context.io;
  const language = uiLang ?? systemLanguage(env);
  const files = out.map((name) => outputPath(cwd, name));
  for (const file of files) {
    if (!(extname(file) in WRITERS)) throw new UsageError(`${shortPath(cwd, file)} says no format; expected a name with .html or .md at its end.`, 'Choose another --out.');
    await checkNewFile(file, { shown: shortPath(cwd, file), force, reads: [...(options.data ?? []), ...(options.baseText === undefined ? [] : [options.baseText])].map((path) => fullPath(cwd, path)) });
  }
  const { comparison, facts } = await compareFolders(context, { ...options, quiet: json || !context.errors.interactive });
  for (const file of files) await writeWholeFile(file, WRITERS[extname(file) as keyof typeof WRITERS](comparison, facts, language));
  if (json) return context.longJson({ ...comparison, learned: facts.learned ?? null, tooLong: facts.tooLong, notAsked: facts.notAsked });
  const { terminal } = context;
  const { before, after, facts: names } = comparisonMessages[language];
  terminal.print(numberTable([['', before, after], ...measureRows(comparison, language).map((row) => [...row])], terminal));
  if (facts.tooLong > 0) terminal.paragraph(lossNote(facts, language), { indent: 1 });
  terminal.paragraph(`${names.examples}: ${numberFormats(language).integer(comparison.answers.length)}. ${answersNote(facts, language)}`, { indent: 1 });
  const forgotten = forgottenIn(comparison, language);
  if (forgotten !== undefined) terminal.paragraph(forgotten, { indent: 1 });
  if (files.length === 0) terminal.paragraph(comparisonMessages[language].seeAnswers('--out report.html'), { indent: 1 });
  for (const file of files) terminal.print(` ${shortPath(cwd, file)}`);
}
