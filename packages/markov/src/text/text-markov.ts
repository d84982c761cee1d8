// The Nonsense-Texter: a Markov chain with its text around it. It learns from a text and writes in its manner, without sense.
import { createRandom, freshSeed, sampleToken, type RandomSource, type SamplingOptions } from '@kk/sampler';
import { type Smoothing } from '../estimators/index.js';
import { MarkovModel } from '../markov-model.js';
import { unitNamed, type TextUnit, type UnitName } from './units.js';

export interface TextMarkovOptions {
  /** 'character': Unicode code points. 'word': words, punctuation marks and line breaks. */
  unit: UnitName;
  /** How many preceding units the chain sees: 0 to 12. */
  order: number;
  /** How counts become probabilities. 'mle' if left out: it writes only what it has seen. */
  smoothing?: Smoothing;
}

export interface TextGenerateOptions extends SamplingOptions {
  /** How many units to write: an integer from 0. */
  length: number;
  /** Equal seeds give equal texts: an integer from 0 to 2^53 - 1. A fresh one if left out. */
  seed?: number;
  /** A beginning to go on from, made of units that the training text has. A sentence begins anew if left out. */
  prompt?: string;
}

export class TextMarkov {
  readonly #unit: TextUnit;
  readonly #ids: ReadonlyMap<string, number>;

  private constructor(
    /** The chain over ids; a NextTokenModel. */
    readonly model: MarkovModel,
    /** What each id stands for, in the order of first appearance. Punctuation marks among words carry the spaces around them. */
    readonly tokens: readonly string[],
    ids: ReadonlyMap<string, number>,
    unit: TextUnit,
  ) {
    this.#ids = ids;
    this.#unit = unit;
  }

  /**
   * Learns from a text.
   *
   * @throws RangeError if the text is empty (of words: if it holds only white space), or if an option is out of range
   */
  static train(text: string, { unit, order, smoothing = 'mle' }: TextMarkovOptions): TextMarkov {
    const textUnit = unitNamed(unit);
    const split = textUnit.split(text);
    if (split.length === 0) throw new RangeError(`the text to train on is empty: expected at least one ${unit}`);
    const idOf = new Map<string, number>();
    const ids = new Int32Array(split.length);
    split.forEach((token, i) => {
      const id = idOf.get(token) ?? idOf.size;
      if (id === idOf.size) idOf.set(token, id);
      ids[i] = id;
    });
    return new TextMarkov(MarkovModel.train(ids, { order, vocabSize: idOf.size, smoothing }), [...idOf.keys()], idOf, textUnit);
  }

  /**
   * The ids of a text's units. A punctuation mark that the training text has only with other spaces around it counts as that.
   *
   * @throws RangeError if the training text does not have one of them
   */
  encode(text: string): Int32Array {
    return Int32Array.from(this.#unit.split(text), (token) => {
      const known = [token, ...this.#unit.variants(token)].find((form) => this.#ids.has(form));
      const id = known === undefined ? undefined : this.#ids.get(known);
      if (id === undefined) throw new RangeError(`${JSON.stringify(token.trim() || token)} does not occur in the training text; leave it out, or train on a text that has it`);
      return id;
    });
  }

  /**
   * The text of ids.
   *
   * @throws RangeError if an id is out of range
   */
  decode(ids: ArrayLike<number>): string {
    return this.#unit.join(
      Array.from(ids, (id, i) => {
        const token = this.tokens[id];
        if (token === undefined) throw new RangeError(`ids[${i}] is ${String(id)}: expected an id from 0 to ${this.tokens.length - 1}`);
        return token;
      }),
    );
  }

  /**
   * Writes. The text begins with the prompt; without one it begins as sentences of the training text do.
   *
   * @throws RangeError if an option is out of range, or the prompt holds what the training text does not
   */
  generate({ length, seed = freshSeed(), prompt = '', temperature, topK, topP }: TextGenerateOptions): string {
    if (!(Number.isInteger(length) && length >= 0)) throw new RangeError(`length must be an integer from 0, got ${String(length)}`);
    const random = createRandom(seed);
    const written = [...this.encode(prompt)];
    const context = written.length > 0 ? [...written] : this.#beginning(random);
    for (let i = 0; i < length; i++) {
      const id = sampleToken(this.model.next(context), { temperature, topK, topP, random });
      context.push(id);
      written.push(id);
    }
    const text = this.decode(written);
    return prompt === '' ? text.trimStart() : text;
  }

  /** What to stand behind when a sentence begins: an end of a sentence, as often as the text has it; nothing if it has none. */
  #beginning(random: RandomSource): number[] {
    const ends = this.#unit.sentenceEnds
      .filter((end) => end.every((token) => this.#ids.has(token)))
      .map((end) => end.map((token) => this.#ids.get(token) as number))
      .map((end) => ({ end, count: this.model.counts(end).reduce((sum, follower) => sum + follower.count, 0) }))
      .filter(({ count }) => count > 0);
    if (ends.length === 0) return [];
    return ends[sampleToken(Float32Array.from(ends, ({ count }) => Math.log(count)), { random })].end;
  }
}
