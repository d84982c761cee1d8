// Preferences as batches: each pair is two rows of one length, the chosen answers first.
import { fingerprint, type BatchArray, type BatchArrays } from '@kk/gpt';
import { permutedIndex } from '@kk/gpt/data';
import { boundsOf, checkOptions, type OptionNames } from '@kk/nn-core';
import { checkTruncation, type Truncation } from '../../data/fit-to-context.js';
import { answerRows, placesOf, promptTargets } from './answer-rows.js';
import { fitPreference } from './fit-preference.js';
import type { PreferenceTokens } from './preferences.js';

export interface PreferenceRowsOptions {
  /** The context length of the model. */
  contextLength: number;
  /** Every id is below this. */
  vocabSize: number;
  /**
   * What happens to a pair of which an answer with its prompt has more than `contextLength + 1` tokens: it is left out (`'drop'`, the default), the
   * prompt loses tokens at its beginning (`'left'`), or the answers at their ends (`'right'`). One that loses its prompt, or the difference of its
   * answers, is left out. The prompt stays the same before both answers.
   */
  truncation?: Truncation;
  /** Determines the order of the pairs; whole number >= 0. Default 1337. */
  seed?: number;
  /** The id that fills up rows, default 0. Nothing reads it. */
  padding?: number;
}

const OPTIONS: OptionNames<PreferenceRowsOptions> = { contextLength: 'required', vocabSize: 'required', truncation: 'optional', seed: 'optional', padding: 'optional' };

export interface PreferenceCounts {
  /** All that were given. */
  readonly preferences: number;
  /** Those left out because they are too long. */
  readonly dropped: number;
  /** Those that lost tokens. */
  readonly truncated: number;
  /** Tokens of the answers of an epoch. */
  readonly targets: number;
}

/** For n pairs: rows 0 to n - 1 are the chosen answers, n to 2 n - 1 the rejected ones, in the same order. */
export interface PreferenceBatch extends BatchArrays {
  /** int32 (2 n, positions): the ids. */
  readonly inputs: BatchArray;
  /** int32 (2 n, positions): at each place the next id where it belongs to the answer, elsewhere -1. */
  readonly targets: BatchArray;
  /** float (2 n): tokens of the answers. */
  readonly lengths: BatchArray;
}

/** See `PreferenceRows.rewardBatch`. */
export interface RewardBatch extends BatchArrays {
  readonly inputs: BatchArray;
  readonly ends: BatchArray;
  readonly margins: BatchArray;
}

export class PreferenceRows {
  readonly contextLength: number;
  readonly vocabSize: number;
  /** The places of each row: those of the longest answer with its prompt, at most the context length. */
  readonly positions: number;
  /** How many pairs an epoch has. */
  readonly pairsPerEpoch: number;
  readonly fingerprint: string;
  readonly counts: PreferenceCounts;
  /** Which preferences were left out, by their index, rising. */
  readonly dropped: readonly number[];
  /** Which preferences lost tokens, by their index, rising. */
  readonly truncated: readonly number[];
  /** The pairs that are left, in the order in which they were given. */
  readonly pairs: readonly PreferenceTokens[];
  readonly #seed: number;
  readonly #padding: number;

  /**
   * @param preferences as `encodePreference` gives them
   * @throws {RangeError} when a preference has no prompt, no answer or an id outside of the vocabulary, none is left, or an option is invalid
   */
  constructor(preferences: readonly PreferenceTokens[], options: PreferenceRowsOptions) {
    checkOptions('PreferenceRows', options, OPTIONS);
    const { contextLength, vocabSize, truncation = 'drop', seed = 1337, padding = 0 } = options;
    for (const [name, value, least] of [['contextLength', contextLength, 1], ['vocabSize', vocabSize, 1], ['seed', seed, 0], ['padding', padding, 0]] as const) {
      if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`PreferenceRows: ${name} is ${String(value)}; expected a whole number of at least ${least}.`);
    }
    if (padding >= vocabSize) throw new RangeError(`PreferenceRows: padding is ${padding}; expected a token id from 0 to ${vocabSize - 1}.`);
    checkTruncation('PreferenceRows', truncation);
    const fitted = preferences.map((preference, i) => {
      checkTokens(preference, `PreferenceRows: preference ${i}`, vocabSize);
      return fitPreference(preference, contextLength, truncation);
    });
    this.pairs = fitted.flatMap((pair) => pair ?? []);
    if (this.pairs.length === 0) throw new RangeError(`PreferenceRows: of ${preferences.length} preferences none is left, since each is longer than the context of ${contextLength}: give shorter ones, a longer context, or truncation 'left'.`);
    this.contextLength = contextLength;
    this.vocabSize = vocabSize;
    this.positions = Math.max(...this.pairs.flatMap(({ prompt, chosen, rejected }) => [placesOf({ prompt, answer: chosen }), placesOf({ prompt, answer: rejected })]));
    this.pairsPerEpoch = this.pairs.length;
    this.dropped = fitted.flatMap((pair, i) => (pair === undefined ? [i] : []));
    this.truncated = fitted.flatMap((pair, i) => (pair !== undefined && pair !== preferences[i] ? [i] : []));
    this.counts = {
      preferences: preferences.length,
      dropped: this.dropped.length,
      truncated: this.truncated.length,
      targets: this.pairs.reduce((sum, { chosen, rejected }) => sum + chosen.length + rejected.length, 0),
    };
    this.#seed = seed;
    this.#padding = padding;
    this.fingerprint = `preferences in ${this.positions}, padding ${padding}, seed ${seed}: ${fingerprint(joined(this.pairs))}`;
  }

  /**
   * Which pair stands at a place of the order in which a training sees them: each once in an epoch, and in another order in the next one.
   * @param number from 0 on
   * @returns its index in `pairs`
   */
  pairAt(number: number): number {
    const { pairsPerEpoch } = this;
    return permutedIndex(number % pairsPerEpoch, pairsPerEpoch, { seed: this.#seed, epoch: Math.floor(number / pairsPerEpoch) });
  }

  /** @param indices of `pairs` */
  batch(indices: readonly number[]): PreferenceBatch {
    const answered = this.#answered(indices);
    const { inputs, targets } = answerRows(answered, this.positions, this.#padding);
    const shape = [answered.length, this.positions];
    return {
      inputs: { values: inputs, shape },
      targets: { values: targets, shape },
      lengths: { values: Float32Array.from(answered, ({ answer }) => answer.length), shape: [answered.length] },
    };
  }

  /**
   * The same rows with the last token of each answer, from which a reward model reads its reward: one position more, so rows for a reward model are made with
   * one position fewer than its context.
   * @param indices of `pairs`
   * @returns `inputs` int32 (2 n, positions + 1), `ends` int32 (2 n): the places of the last tokens, counted
   *   through all rows, and `margins` float (n), 0 where a pair has none
   */
  rewardBatch(indices: readonly number[]): RewardBatch {
    const { positions } = this;
    const answered = this.#answered(indices);
    const { inputs } = answerRows(answered.map(({ prompt, answer }) => ({ prompt, answer: [...answer, this.#padding] })), positions + 1, this.#padding);
    return {
      inputs: { values: inputs, shape: [answered.length, positions + 1] },
      ends: { values: Int32Array.from(answered, (one, row) => row * (positions + 1) + placesOf(one)), shape: [answered.length] },
      margins: { values: Float32Array.from(indices, (i) => this.pairs[i]!.margin ?? 0), shape: [indices.length] },
    };
  }

  #answered(indices: readonly number[]): { readonly prompt: Int32Array; readonly answer: Int32Array }[] {
    const pairs = indices.map((i) => this.pairs[i]!);
    return [...pairs.map(({ prompt, chosen }) => ({ prompt, answer: chosen })), ...pairs.map(({ prompt, rejected }) => ({ prompt, answer: rejected }))];
  }

  /** The targets of the prompts of these pairs, int32 (n, positions), and how many each has, float (n): what `nll: 'trl'` of ORPO learns besides the answers. */
  promptBatch(indices: readonly number[]): { readonly promptTargets: BatchArray; readonly promptLengths: BatchArray } {
    const prompts = indices.map((i) => this.pairs[i]!.prompt);
    return {
      promptTargets: { values: promptTargets(prompts, this.positions), shape: [prompts.length, this.positions] },
      promptLengths: { values: Float32Array.from(prompts, ({ length }) => length - 1), shape: [prompts.length] },
    };
  }
}

function checkTokens({ prompt, chosen, rejected, margin }: PreferenceTokens, where: string, vocabSize: number): void {
  for (const [name, ids] of Object.entries({ prompt, chosen, rejected })) {
    if (!(ids instanceof Int32Array)) throw new TypeError(`${where} does not hold its ${name} as an Int32Array; expected what encodePreference gives.`);
    if (ids.length === 0) throw new RangeError(`${where} has no token in its ${name}: leave it out.`);
    const { minimum, maximum } = boundsOf(ids);
    if (minimum < 0 || maximum >= vocabSize) throw new RangeError(`${where} holds ids from ${minimum} to ${maximum}, but the vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to the model.`);
  }
  if (margin !== undefined && !Number.isFinite(margin)) throw new RangeError(`${where} has the margin ${String(margin)}; expected a finite number.`);
}

/** All that the rows are made of, one after the other. */
const joined = (pairs: readonly PreferenceTokens[]): Int32Array => Int32Array.from(pairs.flatMap(({ prompt, chosen, rejected }) => [prompt.length, chosen.length, rejected.length, ...prompt, ...chosen, ...rejected]));
