// Single answers of which is known whether they are wanted, as batches for KTO: each with its prompt, and after a prompt that it does not belong to.
import { fingerprint, type BatchArray, type BatchArrays } from '@kk/gpt';
import { permutedIndex } from '@kk/gpt/data';
import { boundsOf, checkOptions, type OptionNames } from '@kk/nn-core';
import { checkTruncation, type Truncation } from '../../data/fit-to-context.js';
import { answerRows, placesOf } from '../data/answer-rows.js';

/** An answer as token ids. */
export interface RatedTokens {
  /** At least one id. */
  readonly prompt: Int32Array;
  /** At least one id, with what ends the answer. */
  readonly answer: Int32Array;
  /** Whether it is wanted. */
  readonly desirable: boolean;
}

export interface RatedRowsOptions {
  /** The context length of the model. */
  contextLength: number;
  /** Every id is below this. */
  vocabSize: number;
  /**
   * What happens to an answer that has no room in the context with its prompt: it is left out (`'drop'`, the default), the prompt loses tokens at
   * its beginning (`'left'`), or the answer at its end (`'right'`). One that loses its prompt or its answer is left out.
   */
  truncation?: Truncation;
  /** Determines the order of the answers; whole number >= 0. Default 1337. */
  seed?: number;
  /** The id that fills up rows, default 0. Nothing reads it. */
  padding?: number;
}

const OPTIONS: OptionNames<RatedRowsOptions> = { contextLength: 'required', vocabSize: 'required', truncation: 'optional', seed: 'optional', padding: 'optional' };

/** For n answers: rows 0 to n - 1 are the answers, n to 2 n - 1 the mismatched ones, of which row n + i has the prompt of row i. */
export interface RatedBatch extends BatchArrays {
  /** int32 (2 n, positions): the ids. */
  readonly inputs: BatchArray;
  /** int32 (2 n, positions): at each place the next id where it belongs to the answer, elsewhere -1. */
  readonly targets: BatchArray;
  /** float (n): 1 where the answer is wanted, else 0. */
  readonly desirable: BatchArray;
}

export class RatedRows {
  readonly contextLength: number;
  readonly vocabSize: number;
  /** The places of each row: those of the longest answer after the longest prompt, at most the context length. */
  readonly positions: number;
  /** The answers that are left, in the order in which they were given. */
  readonly answers: readonly RatedTokens[];
  /** Which answers were left out because they are too long, by their index, rising. */
  readonly dropped: readonly number[];
  /** Which answers or their prompts lost tokens, by their index, rising. */
  readonly truncated: readonly number[];
  readonly fingerprint: string;
  readonly #seed: number;
  readonly #padding: number;

  /** @throws RangeError when an answer has no prompt, no token or an id outside of the vocabulary, fewer than two are left, or an option is invalid */
  constructor(answers: readonly RatedTokens[], options: RatedRowsOptions) {
    checkOptions('RatedRows', options, OPTIONS);
    const { contextLength, vocabSize, truncation = 'drop', seed = 1337, padding = 0 } = options;
    for (const [name, value] of Object.entries({ contextLength, vocabSize })) {
      if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`RatedRows: ${name} is ${String(value)}; expected a whole number of at least 1.`);
    }
    if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`RatedRows: seed is ${String(seed)}; expected a whole number of 0 or more.`);
    if (!Number.isSafeInteger(padding) || padding < 0 || padding >= vocabSize) throw new RangeError(`RatedRows: padding is ${String(padding)}; expected an id of the vocabulary, 0 to ${vocabSize - 1}.`);
    checkTruncation('RatedRows', truncation);
    answers.forEach((one, i) => checkTokens(one, `RatedRows: answer ${i}`, vocabSize));
    const fitted = answers.map((one) => fitRated(one, contextLength, truncation));
    this.answers = fitted.flatMap((one) => one ?? []);
    this.dropped = fitted.flatMap((one, i) => (one === undefined ? [i] : []));
    this.truncated = fitted.flatMap((one, i) => (one !== undefined && one !== answers[i] ? [i] : []));
    if (this.answers.length < 2) throw new RangeError(`RatedRows: of ${answers.length} answers ${this.answers.length} fit with their prompts into ${contextLength} positions; expected at least two, since each is also put after the prompt of another.`);
    const longest = (of: (one: RatedTokens) => ArrayLike<number>): number => Math.max(...this.answers.map((one) => of(one).length));
    this.positions = Math.min(contextLength, longest(({ prompt }) => prompt) + longest(({ answer }) => answer) - 1);
    this.contextLength = contextLength;
    this.vocabSize = vocabSize;
    this.#seed = seed;
    this.#padding = padding;
    this.fingerprint = `rated answers in ${this.positions}, padding ${padding}, seed ${seed}: ${fingerprint(joined(this.answers))}`;
  }

  /**
   * Which answer stands at a place of the order in which a training sees them: each once in an epoch, and in another order in the next one.
   * @param number from 0 on
   * @returns its index in `answers`
   */
  answerAt(number: number): number {
    const { length } = this.answers;
    return permutedIndex(number % length, length, { seed: this.#seed, epoch: Math.floor(number / length) });
  }

  /**
   * The mismatched row of an answer has the answer of the next one, as in KTO's paper, cut off where the row ends.
   * @param indices of `answers`, at least two
   */
  batch(indices: readonly number[]): RatedBatch {
    const own = indices.map((i) => this.answers[i]!);
    const mismatched = own.map(({ prompt }, i) => ({ prompt, answer: own[(i + 1) % own.length]!.answer.slice(0, this.positions + 1 - prompt.length) }));
    const { inputs, targets } = answerRows([...own, ...mismatched], this.positions, this.#padding);
    const shape = [2 * own.length, this.positions];
    return {
      inputs: { values: inputs, shape },
      targets: { values: targets, shape },
      desirable: { values: Float32Array.from(own, ({ desirable }) => Number(desirable)), shape: [own.length] },
    };
  }
}

/** @returns the answer itself where it fits, undefined where it is left out */
function fitRated(rated: RatedTokens, contextLength: number, truncation: Truncation): RatedTokens | undefined {
  const { prompt, answer } = rated;
  const surplus = placesOf(rated) - contextLength;
  if (surplus <= 0) return rated;
  if (truncation === 'drop') return undefined;
  if (truncation === 'left') return surplus >= prompt.length ? undefined : { ...rated, prompt: prompt.slice(surplus) };
  return surplus >= answer.length ? undefined : { ...rated, answer: answer.slice(0, answer.length - surplus) };
}

function checkTokens({ prompt, answer, desirable }: RatedTokens, where: string, vocabSize: number): void {
  if (typeof desirable !== 'boolean') throw new TypeError(`${where} is desirable: ${String(desirable)}; expected true or false.`);
  for (const [name, ids] of Object.entries({ prompt, answer })) {
    if (!(ids instanceof Int32Array)) throw new TypeError(`${where} does not hold its ${name} as an Int32Array.`);
    if (ids.length === 0) throw new RangeError(`${where} has no token in its ${name}: leave it out.`);
    const { minimum, maximum } = boundsOf(ids);
    if (minimum < 0 || maximum >= vocabSize) throw new RangeError(`${where} holds ids from ${minimum} to ${maximum}, but the vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to the model.`);
  }
}

/** All that the rows are made of, one after the other. */
const joined = (answers: readonly RatedTokens[]): Int32Array => Int32Array.from(answers.flatMap(({ prompt, answer, desirable }) => [Number(desirable), prompt.length, answer.length, ...prompt, ...answer]));
