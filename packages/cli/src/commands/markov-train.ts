// `kk markov train`: counts the n-grams of texts and writes them to a file.
import { smoothingNames, TextMarkov, type Smoothing, type TextMarkovOptions, type TextSource } from '@kk/markov';
import { tokenizerFileAt } from '@kk/tokenizer/node';
import { Option } from 'commander';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { pathOf, readTextFile, STANDARD_INPUT } from '../files/data.js';
import { distinctInWords, distinctUnits, isArpa, saveMarkov, tokenizerBeside } from '../files/markov.js';
import { checkNewFile, isSameFile } from '../files/new-file.js';
import { fullPath, outputPath, quotePath, shortPath } from '../files/paths.js';
import { filesOf } from '../files/tokenizer-files.js';
import { makeTokenizer, noTexts } from '../files/tokenizers.js';
import { Verb } from '../grammar/verb.js';
import { markovUnit, orderInWords, UNIT_NAMES, unitName, UNITS, unitWord, type MarkovUnit } from '../options/markov-unit.js';
import { integer } from '../options/parse.js';
import { smoothingOption } from '../options/smoothing.js';
import { type WeightedFile, weightedFiles } from '../options/weighted-file.js';
import { inSteps } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';

interface TrainOptions {
  data: string[];
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

export function markovTrainCommand(context: Context): Verb {
  return new Verb('train')
    .summary('count the n-grams of texts')
    .description('Counts the n-grams of texts and writes a model: what followed which letters or words, and how often.')
    .option('--data <file...>', 'text files; FILE:3 counts three times, - is standard input')
    .addOption(new Option('--unit <unit>', UNITS).argParser(markovUnit).default({ kind: 'named', unit: 'character' }, 'char'))
    .addOption(new Option('--order <n>', 'how many units the chain looks back; 5 counts n-grams of up to 6').argParser(integer(1, 12)).default(5))
    .addOption(smoothingOption('how counts become probabilities').default('modified-kneser-ney'))
    .addOption(new Option('--min-count <n>', 'units that are rarer count as unknown').argParser(integer(1)).default(1))
    .option('--sentences', 'no sentence looks back into another one; always so in an .arpa file')
    .option('--no-texts', 'do not keep the texts in the file: smaller, but without sources')
    .option('--out <file>', 'where to write: .arpa, .json, or any other name for the compact format (default: runs/NAME.markov)')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .argumentFor('data', 'file')
    .requires(['data'])
    .pointless<TrainOptions>(['texts'], ({ out }) => (out !== undefined && isArpa(out) ? 'with an .arpa file: it never keeps them' : undefined))
    .suggests('unit', UNIT_NAMES)
    .suggests('smoothing', smoothingNames)
    .flows({ reads: { data: 'texts', unit: 'a tokenizer' }, writes: { out: 'an n-gram model', stdout: 'what was counted' } })
    .examples('kk markov train book.txt --unit char --order 6', 'kk markov train book.txt other.txt:3 --unit word --order 2 --out book.arpa')
    .does((options: TrainOptions) => train(context, options));
}

async function train(context: Context, options: TrainOptions): Promise<void> {
  const { io, terminal } = context;
  const { unit, order, smoothing, minCount, json } = options;
  const data = await weightedFiles(io.cwd, options.data, 'kk markov train');
  const out = outputPath(io.cwd, options.out ?? join('runs', `${baseName(data[0].path)}.markov`));
  const shown = shortPath(io.cwd, out);
  await checkOutput(context, options, data, out);
  if (unit.kind === 'tokenizer') checkTokenizerOptions(options, out);

  const quiet = json === true;
  const texts: string[] = [];
  for (const { path } of data) texts.push(await readTextFile(context, path, { quiet }));
  const sources = texts.map((text, at): TextSource => ({ text, name: nameOf(data, at), weight: data[at].weight }));
  const tokenizer = unit.kind === 'tokenizer' ? await makeTokenizer(unit.spec, noTexts, { cwd: io.cwd, signal: io.interrupt }) : undefined;
  const sentences = (options.sentences ?? false) || isArpa(out);
  const named = unit.kind === 'named' ? { unit: unit.unit, sentences, unknowns: true, minCount } : { unit: tokenizer! };
  const started = performance.now();
  const counting: TextMarkovOptions = { ...named, order, smoothing, keepTexts: options.texts };
  const model = await inSteps(context, TextMarkov.trainInSteps(sources, counting), { what: 'counting n-grams', quiet });
  if (minCount > 1 && distinctUnits(model) === 0) throw new Failure(`No ${unitWord(model.unit, 1)} is in the text ${numbers.integer(minCount)} times: a model would know none.`, 'Give a smaller --min-count.');
  // An .arpa file holds probabilities.
  if (isArpa(out)) await inSteps(context, model.counted.backoffInSteps(), { what: `smoothing, ${smoothing}`, quiet });
  await saveMarkov(context, out, model, { tokenizer, quiet });
  const seconds = (performance.now() - started) / 1000;

  const units = model.sources.reduce((sum, { length }) => sum + length, 0);
  const ngrams = model.counted.ngramCounts();
  const { size } = await stat(out);
  if (json) {
    context.json({ unit: unitName(model.unit), order, smoothing, vocabSize: model.tokens.length, units, distinctUnits: distinctUnits(model), ngrams, texts: model.sources, bytes: size, seconds, out });
    return;
  }
  const word = unitWord(model.unit);
  terminal.print(
    factTable(
      [
        ['Texts', `${numbers.integer(units)} ${word}, ${distinctInWords(model)}`],
        ['Order', orderInWords(order, model.unit)],
        ['n-grams', `${numbers.integer(ngrams.reduce((sum, some) => sum + some, 0))} different ones of up to ${order + 1} ${word}`],
        ['Time', `${numbers.decimal(seconds, 1)} s`],
        ['Saved as', `${shown} (${numbers.bytes(size)})`],
      ],
      terminal,
    ),
  );
  terminal.print('\n See what it writes:');
  const sourcesOption = options.texts && !isArpa(out) ? ' --sources' : '';
  terminal.command(`${io.command} markov generate --model ${quotePath(shown)}${sourcesOption}`);
}

/** Checks the model's file and, where there is a tokenizer, the one that is written beside it. */
async function checkOutput(context: Context, { unit, force = false }: TrainOptions, data: readonly WeightedFile[], out: string): Promise<void> {
  const { cwd } = context.io;
  const tokenizer = unit.kind === 'tokenizer' && unit.spec.kind === 'file' ? await tokenizerFileAt(fullPath(cwd, unit.spec.path)) : undefined;
  const reads = data.map(({ path }) => pathOf(context, path));
  await checkNewFile(out, { shown: shortPath(cwd, out), force, reads: [...reads, ...(tokenizer === undefined ? [] : filesOf(tokenizer))] });
  const beside = tokenizerBeside(out);
  // The tokenizer of an earlier model of this name may be taken again: what is written is what is there.
  if (unit.kind === 'tokenizer' && !(tokenizer !== undefined && (await isSameFile(beside, tokenizer)))) await checkNewFile(beside, { shown: shortPath(cwd, beside), force, reads });
}

const baseName = (path: string): string => (path === STANDARD_INPUT ? 'stdin' : basename(path, extname(path)));

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
