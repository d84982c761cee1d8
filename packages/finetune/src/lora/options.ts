// Declares the options of a LoRA adapter, and checks them.
import { checkOptions, type NamePattern, type OptionNames } from '@kk/nn-core';

export interface LoraOptions {
  /** How many columns and rows the two matrices of each layer have: a whole number of 1 or more, such as 8. */
  rank: number;
  /** What the update is multiplied with is alpha / rank: a finite number other than 0; default alpha = rank. */
  alpha?: number;
  /** alpha / sqrt(rank) instead, which keeps the update's size with higher ranks (arXiv:2312.03732); default false. */
  rsLora?: boolean;
  /** Probability of dropping a number of an adapted layer's input in training, on its way through the adapter alone; default 0. */
  dropout?: number;
  /** Which linear layers, by their names or those of the modules they are in, such as 'blocks.*.attention'; default all in the blocks. */
  targets?: NamePattern | readonly NamePattern[];
  /** Other ranks, by patterns as in `targets`; the first that matches a layer counts: { 'blocks.0': 4 }. */
  rankPattern?: Readonly<Record<string, number>>;
  /** Other alphas, in the same way. */
  alphaPattern?: Readonly<Record<string, number>>;
  /** Ids of tokens whose rows in the token embeddings, and in the output layer, are trained too: those of new special tokens. Default none. */
  trainableTokens?: readonly number[];
  /** Determines the initial numbers: a whole number of 0 or more. */
  seed: number;
  /** Tells the adapters of a model apart; default 'default'. */
  name?: string;
}

const NAMES: OptionNames<LoraOptions> = {
  rank: 'required', alpha: 'optional', rsLora: 'flag', dropout: 'optional', targets: 'optional', rankPattern: 'optional', alphaPattern: 'optional',
  trainableTokens: 'optional', seed: 'required', name: 'optional',
};

/** PEFT's folders and ours have one adapter each; a rank above this is no low rank, but a mistake or a damaged file. */
export const MOST_RANK = 65_536;

/** @throws TypeError for an option that is missing, unknown or of another type; RangeError for a number out of range */
export function checkLoraOptions(options: LoraOptions, vocabSize: number): void {
  checkOptions('addLora', options, NAMES);
  const { rank, alpha = rank, dropout = 0, seed, name = 'default', rankPattern = {}, alphaPattern = {}, trainableTokens = [] } = options;
  checkRank('rank', rank);
  checkAlpha('alpha', alpha);
  for (const [pattern, value] of patternEntries('rankPattern', rankPattern)) checkRank(`rankPattern[${JSON.stringify(pattern)}]`, value);
  for (const [pattern, value] of patternEntries('alphaPattern', alphaPattern)) checkAlpha(`alphaPattern[${JSON.stringify(pattern)}]`, value);
  if (typeof dropout !== 'number' || !(dropout >= 0 && dropout < 1)) throw new RangeError(`addLora: dropout is ${shown(dropout)}; expected a probability from 0 to below 1.`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`addLora: seed is ${shown(seed)}; expected a whole number of 0 or more.`);
  if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name)) throw new RangeError(`addLora: name is ${shown(name)}; expected 1 to 64 letters, digits, '_' or '-', for it is part of the parameters' names.`);
  checkTokens(trainableTokens, vocabSize);
}

/** @throws RangeError unless they are different ids of the vocabulary */
function checkTokens(tokens: readonly number[], vocabSize: number): void {
  if (!Array.isArray(tokens)) throw new TypeError(`addLora: trainableTokens is ${shown(tokens)}; expected a list of token ids.`);
  const wrong = (tokens as readonly unknown[]).find((id, i) => !Number.isInteger(id) || (id as number) < 0 || (id as number) >= vocabSize || tokens.indexOf(id as number) !== i);
  if (wrong !== undefined) throw new RangeError(`addLora: trainableTokens holds ${shown(wrong)}; expected different ids from 0 to ${vocabSize - 1}: call resizeVocabulary() first where tokens are new.`);
}

function patternEntries(option: string, patterns: Readonly<Record<string, number>>): [string, number][] {
  if (typeof patterns !== 'object' || patterns === null || Symbol.iterator in patterns) throw new TypeError(`addLora: ${option} is ${shown(patterns)}; expected an object with numbers by patterns of layers: { 'blocks.0': 4 }.`);
  return Object.entries(patterns);
}

function checkRank(option: string, rank: number): void {
  if (!Number.isSafeInteger(rank) || rank < 1 || rank > MOST_RANK) throw new RangeError(`addLora: ${option} is ${shown(rank)}; expected a whole number from 1 to ${MOST_RANK}, such as 8.`);
}

function checkAlpha(option: string, alpha: number): void {
  if (typeof alpha !== 'number' || !Number.isFinite(alpha) || alpha === 0) throw new RangeError(`addLora: ${option} is ${shown(alpha)}; expected a finite number other than 0, such as 16, for the update is multiplied with it.`);
}

export const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : Array.isArray(value) ? 'a list' : String(value));
