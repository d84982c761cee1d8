// `kk text stats`: shows properties of texts side by side, to compare a real text with nonsense.
import { type Unit } from '@kk/corpora/stats';
import { Command, Option } from 'commander';
import { type Context } from '../context.js';
import { Failure } from '../errors.js';
import { readData } from '../files/data.js';
import { shortPath } from '../files/paths.js';
import { systemLanguage } from '../options/language.js';
import { integer } from '../options/parse.js';
import { languageOf, textLanguageOption, type TextLanguage } from '../options/text-language.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { showReports, shortNames } from '../text-stats/layout.js';
import { statsMessages } from '../text-stats/messages.js';
import { reportOf, reportToJSON, STEPS, type Report, type Source } from '../text-stats/report.js';

interface StatsOptions {
  compare?: string[];
  lang: TextLanguage;
  unit: 'char' | 'word';
  order: number;
  equal?: boolean;
  json?: boolean;
}

const LONGEST_NAME = 24;

export function textCommand(context: Context): Command {
  const command = new Command('text').summary('measure and compare texts').description('Properties of texts.');
  command
    .command('stats')
    .summary('measure and compare texts')
    .description('Measures a text: vocabulary, entropy, compression, repetition, agreement, readability. With --compare several side by side, with copies from the first one.')
    .argument('<file>', 'a text file')
    .option('--compare <file...>', 'more text files')
    .addOption(textLanguageOption())
    .addOption(new Option('--unit <unit>', 'of the entropies').choices(['char', 'word']).default('char'))
    .addOption(new Option('--order <n>', 'the longest n-grams of the entropies').argParser(integer(1, 32)).default(8))
    .option('--equal', 'only the beginning of each text, as long as the shortest one')
    .option('--json', 'one JSON object per text')
    .addHelpText('after', '\nExamples:\n  kk text stats book.txt\n  kk text stats book.txt --compare nonsense.txt gpt.txt --equal')
    .action((file: string, options: StatsOptions) => stats(context, file, options));
  return command;
}

async function stats(context: Context, file: string, options: StatsOptions): Promise<void> {
  const { io, terminal } = context;
  const language = systemLanguage(io.env);
  const say = statsMessages[language];
  const numbers = numberFormats(language);
  const { sources, whole } = await readSources(context, [file, ...(options.compare ?? [])], options);
  const unit: Unit = options.unit === 'char' ? 'character' : 'word';

  const progress = new Progress(context.errors);
  const started = performance.now();
  const work = sources.reduce((sum, { text }) => sum + text.length, 0) * STEPS;
  let done = 0;
  const reports: Report[] = [];
  for (const source of sources) {
    const onStep = async (): Promise<void> => {
      done += source.text.length;
      const left = ((performance.now() - started) / 1000) * (work / done - 1);
      if (!options.json && context.errors.interactive) progress.update(() => ` ${say.progress({ done: numbers.percent(done / work), left: numbers.duration(left) })}`);
      await context.breathe();
    };
    const reference = source === sources[0] ? undefined : whole;
    reports.push(await reportOf(source, { unit, maxOrder: options.order, reference, onStep }));
  }
  progress.done();

  if (options.json) {
    for (const report of reports) context.json(reportToJSON(report));
    return;
  }
  const names = shortNames(sources.map(({ path }) => shortPath(io.cwd, path)), LONGEST_NAME);
  showReports(reports, { terminal, say, numbers, names });
}

/**
 * Returns the texts to measure (possibly shortened) and the whole first text, since copies may come from anywhere in it.
 * @throws {Failure} for a text without words
 */
async function readSources(context: Context, files: readonly string[], { lang, equal }: StatsOptions): Promise<{ sources: Source[]; whole: string }> {
  const read = await Promise.all(files.map((file) => readData(context, [file])));
  const shortest = Math.min(...read.map(({ text }) => text.length));
  const sources = read.map(({ text, paths: [path] }) => {
    if (!/[\p{L}\p{N}]/u.test(text)) throw new Failure(`${shortPath(context.io.cwd, path)} has no words: there is nothing to measure.`);
    const part = equal ? beginning(text, shortest) : text;
    return { path, text: part, language: lang === 'auto' ? languageOf(part) : lang };
  });
  return { sources, whole: read[0].text };
}

/** The first `length` UTF-16 units, or one less if that would cut a character. */
function beginning(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}
