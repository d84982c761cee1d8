// Collects texts for a TextMarkov: turns them into ids, and ids into counts.
import { describe, wrongKind } from '@kk/options';
import type { BackoffModel } from '../backoff-model.js';
import type { Smoothing } from '../estimators/index.js';
import { MarkovModel } from '../markov-model.js';
import type { KeptText } from '../sources.js';
import { finished, type Steps, within } from '../steps.js';
import { Trainer } from '../trainer.js';
import { type Beginning, Beginnings, firstIds } from './beginnings.js';
import { CodecCoder, type TextCoder, type TokenCodec, UnitCoder } from './coder.js';
import type { UnitName } from './units.js';

export interface TextMarkovOptions {
  /** The unit of the text: see UnitName; or a tokenizer. */
  unit: UnitName | TokenCodec;
  /** The number of preceding units that the chain uses: 0 to 12. */
  order: number;
  /** How counts become probabilities. Default 'mle': it writes only what it has seen. */
  smoothing?: Smoothing;
  /** Puts <s> and </s> around every sentence, so that no context crosses from one into the next; ARPA files need this. Default false. */
  sentences?: boolean;
  /** Adds <unk>, the token for unknown units; without it they are errors. Default false. */
  unknowns?: boolean;
  /** With `unknowns`: units that occur less often become <unk> in training, too. An integer from 1; default 1. */
  minCount?: number;
  /** Whether the texts are kept, for remove() and for provenance. Default true; false with trainStream. */
  keepTexts?: boolean;
  /** See MarkovOptions.floor. */
  floor?: 'uniform' | 'none';
}

/** A text to train on. */
export interface TextSource {
  text: string;
  /** Identifies the text in remove() and occurrences(); default 'text 1', 'text 2' ... */
  name?: string;
  /** The text counts this many times: an integer from 1; default 1. */
  weight?: number;
}

/** The parts of a TextMarkov. */
export interface TextMarkovParts {
  model: MarkovModel | BackoffModel;
  /** Converts between texts and ids, and finds the ranges of tokens (spans). */
  coder: TextCoder;
  texts: readonly KeptText[];
  /** The text of each source, if it was kept. */
  strings: readonly (string | undefined)[];
  /** How the texts begin; empty for sentences, which begin with the start token, and if it is not known. */
  beginnings: Beginnings;
  minCount: number;
  keepTexts: boolean;
}

// The share of the work on a text that is reading; the rest is counting earlier texts when they fill a block.
const READING = 0.9;

/** Collects texts for a model. */
export class TextTraining {
  readonly #options: TextMarkovOptions;
  readonly #coder: TextCoder;
  readonly #trainer: Trainer;
  readonly #texts: KeptText[] = [];
  readonly #strings: (string | undefined)[] = [];
  readonly #beginnings: Beginning[] = [];
  readonly #keepTexts: boolean;
  readonly #minCount: number;

  constructor(options: TextMarkovOptions) {
    const { unit, order, smoothing = 'mle', sentences = false, unknowns = false, minCount = 1, keepTexts = true, floor } = options;
    if (!(Number.isInteger(minCount) && minCount >= 1)) throw new RangeError(`minCount must be an integer from 1, got ${describe(minCount)}`);
    if (minCount > 1 && !unknowns) throw new RangeError('minCount above 1 makes rare units <unk>: it needs unknowns: true');
    if (typeof unit !== 'string' && (sentences || unknowns)) throw new RangeError('sentences and unknowns are for units with a vocabulary of their own; a tokenizer has its own special tokens');
    this.#options = options;
    this.#minCount = minCount;
    this.#keepTexts = keepTexts;
    this.#coder = typeof unit === 'string' ? new UnitCoder({ unit, sentences, unknowns }) : new CodecCoder(unit);
    const { startToken, unknownToken, vocabSize } = this.#coder;
    this.#trainer = new Trainer({ order, vocabSize: Math.max(1, vocabSize), smoothing, floor, startToken, unknownToken, keepTexts });
  }

  /** Finds the units that are too rare, if there is a minimum count. Call it before adding the first text. */
  *restrict(texts: readonly TextSource[]): Steps<void> {
    if (this.#minCount > 1 && this.#coder instanceof UnitCoder) yield* this.#coder.restrict(texts.map(({ text, weight = 1 }) => ({ text, weight })), this.#minCount);
  }

  add({ text, name, weight }: TextSource): void {
    this.#keep(text, finished(this.#take(this.#coder.learn(text), name, weight)));
  }

  *addInSteps({ text, name, weight }: TextSource): Steps<void> {
    const ids = yield* within(this.#coder.learnInSteps(text), 0, READING);
    this.#keep(text, yield* within(this.#take(ids, name, weight), READING, 1));
  }

  #take(ids: Int32Array, name?: string, weight?: number): Steps<KeptText> {
    this.#beginnings.push({ ids: firstIds(ids, this.#beginningLength, (id) => this.#coder.isBlank(id)), count: weight ?? 1 });
    this.#trainer.grow(Math.max(1, this.#coder.vocabSize));
    return this.#trainer.addInSteps({ ids, name, weight });
  }

  #keep(text: string, kept: KeptText): void {
    this.#texts.push(kept);
    this.#strings.push(this.#keepTexts ? text : undefined);
  }

  get #beginningLength(): number {
    return this.#coder.startToken < 0 ? this.#options.order : 0;
  }

  finish(): TextMarkovParts {
    return finished(this.finishInSteps());
  }

  *finishInSteps(): Steps<TextMarkovParts> {
    const { unit } = this.#options;
    if (this.#texts.every(({ length }) => length === 0)) throw new RangeError(`the text to train on is empty: expected at least one ${typeof unit === 'string' && unit !== 'whitespace' ? unit : 'token'}`);
    const { counts, texts } = yield* this.#trainer.finishInSteps();
    const { order, vocabSize, ...estimation } = this.#trainer.options;
    return {
      model: MarkovModel.fromCounts(counts, texts, estimation),
      coder: this.#coder,
      texts: this.#texts,
      strings: this.#strings,
      beginnings: new Beginnings(this.#beginningLength).with(this.#beginnings),
      minCount: this.#minCount,
      keepTexts: this.#keepTexts,
    };
  }
}

/** A plain string is a source without a name. */
export function asSource(text: string | TextSource): TextSource {
  if (typeof text === 'string') return { text };
  if (typeof text !== 'object' || typeof (text as TextSource | null)?.text !== 'string') throw wrongKind('a text to train on', text, 'a string, or an object such as { text, name }');
  return text;
}
