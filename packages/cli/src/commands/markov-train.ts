// `kk markov train`: counts the n-grams of texts and writes them to a file.
import { TextMarkov, type Smoothing, type TextMarkovOptions, type TextSource } from '@kk/markov';
import { readTexts } from '@kk/corpora/node';
import { Command, Option } from 'commander';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { isArpa, saveMarkov } from '../files/markov.js';
import { checkOutputFile } from '../files/output-folder.js';
import { fullPath, quotePath, shortPath } from '../files/paths.js';
import { makeTokenizer, noTexts } from '../files/tokenizers.js';
import { markovUnit, UNITS, unitWord, type MarkovUnit } from '../options/markov-unit.js';
import { integer } from '../options/parse.js';
import { smoothingOption } from '../options/smoothing.js';
import { weightedFile, type WeightedFile } from '../options/weighted-file.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { factTable } from '../terminal/table.js';

interface TrainOptions {
  data: WeightedFile[];
  unit: MarkovUnit;
  order: number;
  smoothing: Smoothing;
  minCount: number;
  sentences?: boolean;
  texts: boolean;
  out?: string;
  force?: boolean;
  json?: boolean;
}

const numbers = numberFormats('en');

export function markovTrainCommand(context: Context): Command {
  return new Command('train')
    .summary('count the n-grams of texts')
    .description('Counts the n-grams of texts and writes a model: what followed which letters or words, and how often.')
    .addOption(new Option('--data <file...>', 'text files; FILE:3 counts three times').argParser(weightedFile).makeOptionMandatory())
    .addOption(new Option('--unit <unit>', UNITS).argParser(markovUnit).default({ kind: 'named', unit: 'character' }, 'char'))
    .addOption(new Option('--order <n>', 'how many units the chain looks back').argParser(integer(1, 12)).default(5))
    .addOption(smoothingOption('how counts become probabilities').default('modified-kneser-ney'))
    .addOption(new Option('--min-count <n>', 'units that are rarer count as unknown').argParser(integer(1)).default(1))
    .option('--sentences', 'no sentence looks back into another one; always so in an .arpa file')
    .option('--no-texts', 'do not keep the texts in the file: smaller, but without sources')
    .option('--out <file>', 'where to write: .arpa, .json, or any other name for the compact format (default: runs/NAME.markov)')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExamples:\n  kk markov train --data book.txt --unit char --order 6\n  kk markov train --data book.txt other.txt:3 --unit word --order 2 --out book.arpa')
    .action((options: TrainOptions) => train(context, options));
}

async function train(context: Context, options: TrainOptions): Promise<void> {
  const { io, terminal } = context;
  const { data, unit, order, smoothing, minCount, json } = options;
  const out = fullPath(io.cwd, options.out ?? join('runs', `${basename(data[0].path, extname(data[0].path))}.markov`));
  const shown = shortPath(io.cwd, out);
  if (!options.force) await refuseFile(out, shown);
  await checkOutputFile(out, shown);
  if (unit.kind === 'tokenizer') checkTokenizerOptions(options, out);

  const texts = await readTexts(data.map(({ path }) => fullPath(io.cwd, path)));
  const sources = texts.map((text, at): TextSource => ({ text, name: nameOf(data, at), weight: data[at].weight }));
  const tokenizer = unit.kind === 'tokenizer' ? await makeTokenizer(unit.spec, noTexts, { cwd: io.cwd }) : undefined;
  const sentences = (options.sentences ?? false) || isArpa(out);
  const named = unit.kind === 'named' ? { unit: unit.unit, sentences, unknowns: true, minCount } : { unit: tokenizer! };
  const started = performance.now();
  const model = await count(context, sources, { ...named, order, smoothing, keepTexts: options.texts }, json ?? false);
  await context.breathe();
  await saveMarkov(out, model, tokenizer);
  const seconds = (performance.now() - started) / 1000;

  const units = model.sources.reduce((sum, { length }) => sum + length, 0);
  const ngrams = model.counted.ngramCounts();
  const { size } = await stat(out);
  if (json) {
    context.json({ unit: model.unit, order, smoothing, vocabSize: model.tokens.length, units, ngrams, texts: model.sources, bytes: size, seconds, out });
    return;
  }
  const word = unitWord(model.unit);
  terminal.print(
    factTable(
      [
        ['Texts', `${numbers.integer(units)} ${word}, ${numbers.integer(model.tokens.length)} different ones`],
        ['n-grams', `${numbers.integer(ngrams.reduce((sum, some) => sum + some, 0))} different ones of up to ${order + 1} ${word}`],
        ['Saved as', `${shown} (${numbers.bytes(size)})`],
        ['Time', `${numbers.decimal(seconds, 1)} s`],
      ],
      terminal,
    ),
  );
  terminal.print('\n See what it writes:');
  const sourcesOption = options.texts && !isArpa(out) ? ' --sources' : '';
  terminal.print(terminal.colors.cyan(` ${io.command} markov generate --model ${quotePath(shown)}${sourcesOption}`));
}

// Often enough that Ctrl-C works at once.
const BREATHE_EVERY_MILLISECONDS = 50;

/** Counts in steps and shows the remaining time. */
async function count(context: Context, sources: readonly TextSource[], options: TextMarkovOptions, quiet: boolean): Promise<TextMarkov> {
  const progress = new Progress(context.errors);
  const started = performance.now();
  let breathed = started;
  const show = (share: number): void => {
    if (quiet) return;
    const left = share === 0 ? NaN : ((performance.now() - started) / 1000) * (1 / share - 1);
    progress.update(() => ` counting n-grams, ${numbers.percent(share)}${Number.isNaN(left) ? '' : `, ${numbers.duration(left)} left`}`);
  };
  show(0);
  await context.breathe();
  try {
    const steps = TextMarkov.trainInSteps(sources, options);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      show(step.value);
      if (performance.now() - breathed < BREATHE_EVERY_MILLISECONDS) continue;
      await context.breathe();
      breathed = performance.now();
    }
  } finally {
    progress.done();
  }
}

/** The name as the user typed it; a file that is named twice gets distinct names. */
function nameOf(data: readonly WeightedFile[], at: number): string {
  const { path } = data[at];
  const before = data.slice(0, at).filter((other) => other.path === path).length;
  return before === 0 ? path : `${path} (${before + 1})`;
}

function checkTokenizerOptions({ minCount, sentences }: TrainOptions, out: string): void {
  const wrong = isArpa(out) ? 'An .arpa file' : sentences ? '--sentences' : minCount > 1 ? '--min-count' : undefined;
  if (wrong) throw new UsageError(`${wrong} cannot be had with a tokenizer as --unit: it has a vocabulary of its own.`, 'Take --unit char or word.');
}

async function refuseFile(out: string, shown: string): Promise<void> {
  const found = await stat(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined; // what is in the way is said elsewhere
    throw error;
  });
  if (found) throw new Failure(`${shown} is there already.`, 'Replace it with --force, or choose another --out.');
}
