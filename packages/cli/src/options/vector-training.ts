// The options of `kk embed train` that say how vectors are learned, and which of them a method knows.
import { InvalidArgumentError, Option } from 'commander';
import type { Verb } from '../grammar/verb.js';
import { decimal, integer } from './parse.js';

export const vectorMethods = ['skip-gram', 'cbow', 'glove', 'ppmi'] as const;
export type VectorMethod = (typeof vectorMethods)[number];

/** Lengths of n-grams. */
export interface NgramLengths {
  minLength: number;
  maxLength: number;
}

/** What is not given has the default of the method, or of the course's sentences. */
export interface VectorTrainingFlags {
  method: VectorMethod;
  loss: 'negative-sampling' | 'hierarchical-softmax';
  width?: number;
  window?: number;
  epochs?: number;
  lr?: number;
  negatives?: number;
  exponent?: number;
  countLimit?: number;
  smoothing?: number;
  shift?: number;
  weighting?: number;
  subsample?: number;
  subwords?: NgramLengths;
  buckets?: number;
  seed: number;
  threads: number;
}

const MOST_THREADS = 64;
const LONGEST_NGRAM = 100;

/** Adds the options to a verb, and refuses those that the method does not know. */
export function addVectorTraining(verb: Verb): Verb {
  return verb
    .addOption(new Option('--method <name>', 'how: skip-gram or cbow (word2vec, by prediction), glove, or ppmi (counting, and a decomposition)').choices(vectorMethods).default('skip-gram'))
    .addOption(new Option('--loss <name>', 'how a prediction is scored').choices(['negative-sampling', 'hierarchical-softmax']).default('negative-sampling'))
    .addOption(new Option('--width <n>', 'numbers per vector (default: 100; with --lang 16)').argParser(integer(1, 65_536)))
    .addOption(new Option('--window <n>', 'how many words each word sees, on both sides (default: 5; glove 15; with --lang 10)').argParser(integer(1, 1000)))
    .addOption(new Option('--epochs <n>', 'how often the text is read (default: 5; glove 25; with --lang 100)').argParser(integer(1)))
    .addOption(new Option('--lr <rate>', 'learning rate at the beginning (default: 0.05)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--negatives <n>', 'random words per prediction (default: 5)').argParser(integer(1, 1000)))
    .addOption(new Option('--exponent <x>', 'random words are drawn by count to the power of x; of glove, the weights of rare pairs fall by it (default: 0.75)').argParser(decimal(0)))
    .addOption(new Option('--count-limit <n>', 'of glove: pairs that count at least this much have the full weight (x_max; default: 100; small texts want less)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--smoothing <x>', 'of ppmi: neighbours are taken as frequent as count to the power of x (default: 0.75)').argParser(decimal(0)))
    .addOption(new Option('--shift <k>', 'of ppmi: pairs must be k times as frequent as by chance (default: 1)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--weighting <p>', 'of ppmi: singular values to the power of p stretch the vectors (default: 0.5)').argParser(decimal(0)))
    .addOption(new Option('--subsample <t>', 'words that are a larger share of the text are skipped at times; 0 skips none (default: 0.0001; with --lang 0.01)').argParser(decimal(0)))
    .addOption(new Option('--subwords <lengths>', 'learn n-grams of words too, as fastText, such as 3-6: vectors for words that the text does not have').argParser(ngramLengths))
    .addOption(new Option('--buckets <n>', 'how many n-grams are told apart (default: 2000000)').argParser(integer(1, 2 ** 32 - 1)))
    .addOption(new Option('--seed <n>', 'the same seed, the same vectors').argParser(integer(0)).default(0))
    .addOption(new Option('--threads <n>', 'several change the same vectors without locks: faster, but two runs differ').argParser(integer(1, MOST_THREADS)).default(1))
    .excludes(['loss', 'negatives', 'subsample', 'subwords', 'threads'], 'method', 'glove', 'ppmi')
    .excludes(['epochs', 'lr', 'exponent'], 'method', 'ppmi')
    .excludes(['countLimit'], 'method', 'skip-gram', 'cbow', 'ppmi')
    .excludes(['smoothing', 'shift', 'weighting'], 'method', 'skip-gram', 'cbow', 'glove')
    .excludes(['negatives', 'exponent'], 'loss', 'hierarchical-softmax')
    .needs(['buckets'], 'subwords')
    .pointless<VectorTrainingFlags>(['seed'], ({ threads }) => (threads > 1 ? `with --threads ${threads}: two runs differ, whatever the seed` : undefined))
    .suggests('subwords', ['3-6']);
}

/** `3-6` */
function ngramLengths(text: string): NgramLengths {
  const [, from, to] = /^(\d{1,3})-(\d{1,3})$/.exec(text.trim()) ?? [];
  const [minLength, maxLength] = [Number(from), Number(to)];
  if (!(minLength >= 1 && maxLength >= minLength && maxLength <= LONGEST_NGRAM)) throw new InvalidArgumentError(`Expected the shortest and the longest n-gram, such as 3-6, of 1 to ${LONGEST_NGRAM} characters.`);
  return { minLength, maxLength };
}
