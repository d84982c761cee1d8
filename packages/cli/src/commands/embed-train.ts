// `kk embed train`: learns word vectors from texts, or from the course's sentences, and writes them to a file.
import { languages, type Language } from '@kk/corpora';
import { courseSentences, functionWords, sentenceWords, wordKinds } from '@kk/corpora/sentences';
import type { WordVectors } from '@kk/embeddings';
import { Option } from 'commander';
import { basename, extname, join } from 'node:path';
import type { Context } from '../context.js';
import { exitCodes, Failure, Interrupted } from '../errors.js';
import { STANDARD_INPUT } from '../files/data.js';
import { outputPath, quotePath, shortPath } from '../files/paths.js';
import { TextFiles } from '../files/text-files.js';
import { checkVectorsOutput, keepsSubwords, saveVectors } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { sentencesOf, wordUnits, type WordUnit } from '../embed/sentences.js';
import { type LearnedVectors, trainVectors } from '../embed/train-vectors.js';
import { addVectorTraining, type VectorTrainingFlags } from '../options/vector-training.js';
import { integer } from '../options/parse.js';
import { ShownWork } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';

interface TrainOptions extends VectorTrainingFlags {
  data?: string[];
  lang?: Language;
  unit: WordUnit;
  cased?: boolean;
  minCount?: number;
  maxWords?: number;
  out?: string;
  force?: boolean;
  json?: boolean;
}

const DEFAULT_MIN_COUNT = 5;
/** The best settings that were found for the course's sentences, which are few: they are read often, with a wide window. */
const FOR_SENTENCES = { width: 16, window: 10, minCount: 2 };
const FOR_SENTENCES_BY_METHOD: Readonly<Record<VectorTrainingFlags['method'], Partial<VectorTrainingFlags>>> = { 'skip-gram': { epochs: 100, subsample: 0.01 }, cbow: { epochs: 100, subsample: 0.01 }, glove: { epochs: 100 }, ppmi: {} };

const numbers = numberFormats('en');

export function embedTrainCommand(context: Context): Verb {
  const verb = new Verb('train')
    .summary('learn word vectors from texts')
    .description('Learns word vectors from texts: words with similar neighbours get similar vectors.')
    .option('--data <file...>', 'text files, joined in this order; - is standard input')
    .addOption(new Option('--lang <lang>', "instead of a text, the course's 344 sentences in this language").choices(languages))
    .addOption(new Option('--unit <unit>', 'what a word is: letters and digits (word), or what stands between blanks, a sentence a line (whitespace)').choices(wordUnits).default('word'))
    .option('--cased', 'keep capital letters, which are made small otherwise')
    .addOption(new Option('--min-count <n>', `words that are rarer get no vector (default: ${DEFAULT_MIN_COUNT}; with --lang ${FOR_SENTENCES.minCount})`).argParser(integer(1)))
    .addOption(new Option('--max-words <n>', 'only so many of the most frequent words get one').argParser(integer(2)));
  return addVectorTraining(verb)
    .option('--out <file>', 'where to write: .safetensors, .txt, .bin, vectors.tsv or glove.txt, packed with .gz behind it (default: runs/NAME.safetensors)')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .argumentFor('data', 'file')
    .requires(['data', 'lang'])
    .excludes(['lang'], 'data')
    .excludes(['unit', 'cased'], 'lang', ...languages)
    .flows({ reads: { data: 'texts' }, writes: { out: 'word vectors', stdout: 'what was learned' } })
    .notes('A sentence ends at . ! ? or an empty line, and no word sees beyond it. Only .safetensors keeps n-grams and counts.', 'Ctrl-C saves the vectors as they are and stops; with ppmi there are none before the end.')
    .examples({ command: 'kk embed train --lang en', about: "In a second, from the course's sentences" }, 'kk embed train book.txt --epochs 20 --out book.safetensors', 'kk embed train book.txt --subwords 3-6 --min-count 2')
    .does((options: TrainOptions) => train(context, options));
}

async function train(context: Context, options: TrainOptions): Promise<void> {
  const { io, terminal } = context;
  const { data, lang, json, force = false } = options;
  const out = outputPath(io.cwd, options.out ?? join('runs', `${nameOf(options)}.safetensors`));
  const shown = shortPath(io.cwd, out);
  const text = new TextFiles(context, data ?? []);
  await checkVectorsOutput(context, out, { force, reads: text.paths });

  const quiet = json === true;
  const flags = lang === undefined ? options : { ...FOR_SENTENCES, ...FOR_SENTENCES_BY_METHOD[options.method], ...options };
  const minCount = options.minCount ?? (lang === undefined ? DEFAULT_MIN_COUNT : FOR_SENTENCES.minCount);
  const read = { words: 0, sentences: 0 };
  const started = performance.now();
  const vocabulary = { minCount, maxWords: options.maxWords };
  const tooFewWords = (): Failure => tooFew(options, { minCount, words: read.words });
  const learned = await trainVectors(context, counted(sentences(context, options, text, quiet), read), { flags, vocabulary, tooFewWords, quiet }).catch((error: unknown) => {
    throw io.interrupt.aborted && error === io.interrupt.reason ? stopped(io.interrupt.reason, beforeLearning(options)) : error;
  });
  const { vectors } = learned;
  const seconds = (performance.now() - started) / 1000;
  const bytes = await saveVectors(context, out, vectors, { quiet, toTheEnd: true });
  if (io.interrupt.aborted) throw stopped(io.interrupt.reason, whileLearning(learned, shown));

  const tokens = Array.from(vectors.counts ?? []).reduce((sum, count) => sum + count, 0);
  if (json) {
    context.json({ method: options.method, vocabSize: vectors.words.length, width: vectors.width, words: read.words, knownWords: tokens, sentences: read.sentences, ngrams: ngramsOf(vectors), minCount, seed: options.threads > 1 ? null : options.seed, bytes, seconds, out });
    return;
  }
  terminal.print(
    factTable(
      [
        ['Text', `${numbers.count(read.words, 'word')} in ${numbers.count(read.sentences, 'sentence')}`],
        ['Vectors', `${numbers.count(vectors.words.length, 'word')} of ${numbers.count(vectors.width, 'number')} each`],
        ...(vectors.subwords ? [['N-grams', keepsSubwords(out) ? numbers.integer(ngramsOf(vectors)) : 'not in the file: only .safetensors keeps them'] as const] : []),
        ['Left out', leftOut(read.words - tokens, vocabulary)],
        ['Time', `${numbers.decimal(seconds, 1)} s`],
        ['Saved as', `${shown} (${numbers.bytes(bytes)})`],
      ],
      terminal,
    ),
  );
  terminal.print('\n Ask for its neighbours:');
  terminal.command(`${io.command} embed neighbours ${quotePath(shown)} ${quotePath(exampleWord(vectors, lang))}`);
}

/** How many vectors of n-grams there are. */
const ngramsOf = ({ subwords, width }: WordVectors): number => (subwords ? subwords.matrix.length / width : 0);

function nameOf({ data, lang }: TrainOptions): string {
  if (!data) return `sentences-${lang}`;
  return data[0] === STANDARD_INPUT ? 'stdin' : basename(data[0], extname(data[0]));
}

/** The sentences of the texts, or those of the course. */
function sentences(context: Context, { lang, unit, cased = false }: TrainOptions, text: TextFiles, quiet: boolean): AsyncIterable<string[]> {
  if (lang !== undefined) return inTurn(sentenceWords(courseSentences(lang)));
  const work = new ShownWork(context, { what: 'reading', quiet });
  return doneAfter(sentencesOf(text.chunksWithProgress((share) => work.show(share)), { unit, cased }), () => work.done());
}

async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* items;
}

async function* doneAfter<T>(items: AsyncIterable<T>, done: () => void): AsyncGenerator<T, void, undefined> {
  try {
    yield* items;
  } finally {
    done();
  }
}

/** The same sentences, counted on the way. */
async function* counted(items: AsyncIterable<string[]>, read: { words: number; sentences: number }): AsyncGenerator<string[], void, undefined> {
  for await (const words of items) {
    read.words += words.length;
    read.sentences++;
    yield words;
  }
}

/** For example `what is in the text only once: 324 words`. */
function leftOut(words: number, { minCount, maxWords }: { minCount: number; maxWords?: number }): string {
  if (words === 0) return 'nothing';
  const rare = minCount > 1 ? `what is in the text ${minCount === 2 ? 'only once' : `fewer than ${numbers.integer(minCount)} times`}` : undefined;
  const beyond = maxWords === undefined ? undefined : `what is not among its ${numbers.integer(maxWords)} most frequent words`;
  return `${[rare, beyond].filter((reason) => reason !== undefined).join(', and ')}: ${numbers.count(words, 'word')}`;
}

function tooFew({ unit, lang }: TrainOptions, { minCount, words }: { minCount: number; words: number }): Failure {
  const mayBeSymbols = unit === 'word' && lang === undefined && words < 2;
  const problem = minCount > 1 && words > 1 ? `Fewer than two words are in the text ${minCount} times` : 'The text has fewer than two different words';
  const remedy = mayBeSymbols ? 'Give more text; --unit whitespace also takes what is no letter or digit, such as emojis, for words.' : `Give more text${minCount > 1 ? ', or a smaller --min-count' : ''}.`;
  return new Failure(`${problem}: there is nothing to learn.`, remedy);
}

/** The message after Ctrl-C, with the exit code of the signal. Also used if nobody reads the output any more, because that training is not complete either. */
function stopped(reason: unknown, message: string): Interrupted {
  return new Interrupted(message, reason instanceof Interrupted && reason.exitCode !== exitCodes.success ? reason.exitCode : exitCodes.interrupted);
}

const beforeLearning = ({ method }: TrainOptions): string => (method === 'ppmi' ? 'Stopped. By ppmi there are no vectors before the end; nothing was written.' : 'Stopped before anything was learned; nothing was written.');

function whileLearning({ share, epochs }: LearnedVectors, shown: string): string {
  if (share === 1) return `Stopped after the last epoch; the vectors are saved in ${shown}.`;
  return `Stopped in epoch ${numbers.integer(Math.floor(share * epochs) + 1)} of ${numbers.integer(epochs)}; the vectors as they are, unfinished, are saved in ${shown}. Training cannot go on from there.`;
}

/** Words that are shorter are mostly small words of a language that is not known here. */
const LONG = 5;

/** A frequent word that says something: of the course's sentences what they are about, of other texts no article and the like. */
function exampleWord({ words }: WordVectors, lang?: Language): string {
  const subjects = new Set(lang && Object.values(wordKinds[lang]).flat());
  const small = new Set(languages.flatMap((language) => functionWords[language].map((word) => word.toLowerCase())));
  const content = words.filter((word) => /^\p{L}+$/u.test(word) && !small.has(word.toLowerCase()));
  return content.find((word) => subjects.has(word)) ?? content.find((word) => [...word].length >= LONG) ?? content[0] ?? words[0];
}
