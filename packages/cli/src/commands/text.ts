// `kk text stats`: shows properties of texts side by side, to compare a real text with nonsense.
import type { Language } from '@kk/corpora';
import type { Unit } from '@kk/corpora/stats';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { readData, STANDARD_INPUT, type Data } from '../files/data.js';
import { shortPath } from '../files/paths.js';
import { Verb } from '../grammar/verb.js';
import { systemLanguage } from '../options/language.js';
import { integer } from '../options/parse.js';
import { languageOf, textLanguageOption, type TextLanguage } from '../options/text-language.js';
import { uiLanguageOption } from '../options/ui-language.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { showReports, shortNames } from '../text-stats/layout.js';
import { statsMessages } from '../text-stats/messages.js';
import { reportOf, reportToJSON, type Report, type Source } from '../text-stats/report.js';

interface StatsOptions {
  data: string[];
  lang: TextLanguage;
  uiLang?: Language;
  unit: 'char' | 'word';
  order: number;
  equal?: boolean;
  explain?: boolean;
  json?: boolean;
}

const MOST_ORDER = 31;

export function textCommand(context: Context): Verb {
  return new Verb('text').summary('measure and compare texts').description('Properties of texts.').addCommand(statsCommand(context));
}

function statsCommand(context: Context): Verb {
  return new Verb('stats')
    .summary('measure and compare texts')
    .description('Measures a text: vocabulary, entropy, compression, repetition, agreement, readability. Several stand side by side, with what they copied from the first one.')
    .option('--data <file...>', 'text files; - is standard input. The others may have copied from the first')
    .addOption(uiLanguageOption())
    .addOption(textLanguageOption())
    .addOption(new Option('--unit <unit>', 'of the entropies').choices(['char', 'word']).default('char'))
    .addOption(new Option('--order <n>', 'how many units the entropies look back at most; 7 looks at n-grams of up to 8').argParser(integer(0, MOST_ORDER)).default(7))
    .option('--equal', 'only the beginning of each text, as long as the shortest one')
    .option('--explain', 'what the figures mean, below them')
    .option('--json', 'one JSON object per text')
    .argumentFor('data', 'file')
    .requires(['data'])
    .excludes(['uiLang', 'explain'], 'json')
    .pointless<StatsOptions>(['equal'], ({ data }) => (data.length > 1 ? undefined : 'with one text'))
    .flows({ reads: { data: 'texts' }, writes: { stdout: 'properties of the texts, side by side' } })
    .examples('kk text stats book.txt', 'kk text stats book.txt nonsense.txt gpt.txt --equal')
    .does((options: StatsOptions) => stats(context, options));
}

async function stats(context: Context, options: StatsOptions): Promise<void> {
  const { io, terminal } = context;
  const language = options.uiLang ?? systemLanguage(io.env);
  const say = statsMessages[language];
  const numbers = numberFormats(language);
  const { sources, whole } = await readSources(context, options);
  const unit: Unit = options.unit === 'char' ? 'character' : 'word';

  const progress = new Progress(context.errors);
  const started = performance.now();
  const all = sources.reduce((sum, { text }) => sum + text.length, 0);
  let before = 0;
  const reports: Report[] = [];
  for (const source of sources) {
    const onProgress = async (share: number): Promise<void> => {
      const done = (before + share * source.text.length) / all;
      const left = ((performance.now() - started) / 1000) * (1 / done - 1);
      if (!options.json && context.errors.interactive) progress.update(() => ` ${say.progress({ done: numbers.percent(done), left: Number.isFinite(left) ? numbers.duration(left) : undefined })}`);
      await context.breathe();
    };
    const reference = source === sources[0] ? undefined : whole;
    reports.push(await reportOf(source, { unit, maxOrder: options.order + 1, reference, onProgress }));
    before += source.text.length;
  }
  progress.done();

  if (options.json) {
    for (const report of reports) context.json(reportToJSON(report));
    return;
  }
  const names = shortNames(sources.map(({ path }) => nameOf(io.cwd, path)));
  showReports(reports, { terminal, language, say, numbers, names, explain: options.explain });
}

const nameOf = (cwd: string, path: string): string => (path === STANDARD_INPUT ? 'standard input' : shortPath(cwd, path));

/**
 * Returns the texts to measure (possibly shortened) and the whole first text, since copies may come from anywhere in it.
 * @throws {Failure} for a text without words
 */
async function readSources(context: Context, { data, lang, equal, json }: StatsOptions): Promise<{ sources: Source[]; whole: string }> {
  // In NFC, so that texts whose umlauts are letters and marks (NFD) have the same characters as others.
  const read: Data[] = [];
  for (const file of data) {
    const { text, paths } = await readData(context, [file], { quiet: json === true });
    read.push({ text: text.normalize('NFC'), paths });
    await context.breathe();
  }
  const shortest = Math.min(...read.map(({ text }) => text.length));
  const sources = read.map(({ text, paths: [path] }) => {
    if (!/[\p{L}\p{N}]/u.test(text)) throw new Failure(`${nameOf(context.io.cwd, path)} has no words: there is nothing to measure.`);
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
