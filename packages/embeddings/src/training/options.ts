// The options of training by prediction, their defaults and their ranges.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { SubwordLengths } from '../subwords.js';

export interface WordVectorOptions {
  /** 'skip-gram' (the default): a word predicts each word around it. 'cbow': the mean of the words around predicts the word. */
  model?: 'skip-gram' | 'cbow';
  /** How a prediction is scored: against some random words (the default), or along the path to the word in a Huffman tree. */
  loss?: 'negative-sampling' | 'hierarchical-softmax';
  /** Numbers per vector: an integer from 1. Default 100. */
  width?: number;
  /** How far a word sees, on each side; for each word the reach is drawn uniformly from 1 to this. An integer from 1. Default 5. */
  window?: number;
  /** Random words per example: an integer from 1. Default 5; only with negative sampling. */
  negatives?: number;
  /** Random words are drawn in proportion to count^exponent: a number from 0. Default 0.75, as in word2vec (fastText has 0.5); only with negative sampling. */
  exponent?: number;
  /** How often the text is read: an integer from 1. Default 5. */
  epochs?: number;
  /** At the beginning; it falls in a line to 0. A number above 0. Default 0.05. */
  learningRate?: number;
  /**
   * A word with the share f of the text is learned from with the probability sqrt(t / f) + t / f, at most 1. 0 learns from every one,
   * which small texts need. A number from 0. Default 0.0001.
   */
  subsample?: number;
  /** A word is also the sum of its n-grams, so that words of one stem learn from each other. Absent: it is not. Lengths default to 3 and 6, buckets to 2,000,000. */
  subwords?: Partial<SubwordLengths>;
  /** Equal seeds give equal vectors, to the last bit: an integer from 0 to 2^53 - 1. Default 0. */
  seed?: number;
}

/** The options with their defaults. */
export interface WordVectorSettings extends Required<Omit<WordVectorOptions, 'subwords'>> {
  subwords: SubwordLengths | undefined;
}

const OPTIONS: OptionNames<WordVectorOptions> = {
  model: 'optional',
  loss: 'optional',
  width: 'optional',
  window: 'optional',
  negatives: 'optional',
  exponent: 'optional',
  epochs: 'optional',
  learningRate: 'optional',
  subsample: 'optional',
  subwords: 'optional',
  seed: 'optional',
};
const SUBWORD_OPTIONS: OptionNames<Partial<SubwordLengths>> = { minLength: 'optional', maxLength: 'optional', buckets: 'optional' };
const MODELS = ['skip-gram', 'cbow'] as const;
const LOSSES = ['negative-sampling', 'hierarchical-softmax'] as const;

/** @throws TypeError for unknown names, RangeError for values out of range */
export function readSettings(options: WordVectorOptions): WordVectorSettings {
  const owner = 'WordVectorTrainer';
  checkOptions(owner, options, OPTIONS);
  const { loss = 'negative-sampling', model = 'skip-gram', subwords } = options;
  checkChoice(owner, 'model', model, MODELS);
  checkChoice(owner, 'loss', loss, LOSSES);
  for (const name of ['negatives', 'exponent'] as const) {
    if (loss !== 'negative-sampling' && options[name] !== undefined) throw new TypeError(`${owner}: ${name} belongs to negative sampling; leave it out with hierarchical softmax.`);
  }
  return {
    model,
    loss,
    width: checkInteger(owner, 'width', options.width ?? 100, 1, 65_536),
    window: checkInteger(owner, 'window', options.window ?? 5, 1, 1000),
    negatives: checkInteger(owner, 'negatives', options.negatives ?? 5, 1, 1000),
    exponent: checkNumber(owner, 'exponent', options.exponent ?? 0.75, 0),
    epochs: checkInteger(owner, 'epochs', options.epochs ?? 5, 1),
    learningRate: checkNumber(owner, 'learningRate', options.learningRate ?? 0.05, Number.MIN_VALUE),
    subsample: checkNumber(owner, 'subsample', options.subsample ?? 0.0001, 0),
    subwords: subwords === undefined ? undefined : readLengths(owner, subwords),
    seed: checkInteger(owner, 'seed', options.seed ?? 0, 0),
  };
}

function readLengths(owner: string, subwords: Partial<SubwordLengths>): SubwordLengths {
  checkOptions(`${owner}: subwords`, subwords, SUBWORD_OPTIONS);
  const { minLength = 3, maxLength = 6, buckets = 2_000_000 } = subwords;
  checkInteger(owner, 'subwords.minLength', minLength, 1);
  checkInteger(owner, 'subwords.maxLength', maxLength, minLength);
  checkInteger(owner, 'subwords.buckets', buckets, 1, 2 ** 32 - 1);
  return { minLength, maxLength, buckets };
}

function checkChoice(owner: string, name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) throw new RangeError(`${owner}: ${name} is ${String(value)}; expected ${choices.map((choice) => `'${choice}'`).join(' or ')}.`);
}

/** @throws RangeError unless `value` is an integer in the range */
export function checkInteger(owner: string, name: string, value: number, from: number, to = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || value < from || value > to) throw new RangeError(`${owner}: ${name} is ${String(value)}; expected an integer from ${from}${to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`}.`);
  return value;
}

/** @throws RangeError unless `value` is a finite number of at least `from` */
export function checkNumber(owner: string, name: string, value: number, from: number): number {
  if (!Number.isFinite(value) || value < from) throw new RangeError(`${owner}: ${name} is ${String(value)}; expected a number ${from === Number.MIN_VALUE ? 'above 0' : `from ${from}`}.`);
  return value;
}
