// Collecting texts for a TextMarkov: they become ids, and the ids become counts.
import { type BackoffModel } from '../backoff-model.js';
import { type Smoothing } from '../estimators/index.js';
import { MarkovModel } from '../markov-model.js';
import { type KeptText } from '../sources.js';
import { finished, type Steps, within } from '../steps.js';
import { Trainer } from '../trainer.js';
import { CodecCoder, type TextCoder, type TokenCodec, UnitCoder } from './coder.js';
import { type UnitName } from './units.js';

export interface TextMarkovOptions {
  /** What a text is made of: see UnitName; or a tokenizer whose ids are taken. */
  unit: UnitName | TokenCodec;
  /** How many preceding units the chain sees: 0 to 12. */
  order: number;
  /** How counts become probabilities. 'mle' if left out: it writes only what it has seen. */
  smoothing?: Smoothing;
  /** Puts <s> and </s> around every sentence, so that none looks back into another; ARPA files want that. False if left out. */
  sentences?: boolean;
  /** Adds <unk>, which unknown units become; without it they are errors. False if left out. */
  unknowns?: boolean;
  /** With `unknowns`: units that occur less often are <unk> in training, too. An integer from 1; 1 if left out. */
  minCount?: number;
  /** Are the texts kept, for remove() and for where things come from? True if left out; false with trainStream. */
  keepTexts?: boolean;
  /** See MarkovOptions.floor. */
  floor?: 'uniform' | 'none';
}

/** A text to train on. */
export interface TextSource {
  text: string;
  /** By which remove() and occurrences() know it; 'text 1', 'text 2' ... if left out. */
  name?: string;
  /** The text counts this often: an integer from 1; 1 if left out. */
  weight?: number;
}

/** What a TextMarkov is made of. */
export interface TextMarkovParts {
  model: MarkovModel | BackoffModel;
  /** Between texts and ids, with the places of tokens (spans). */
  coder: TextCoder;
  texts: readonly KeptText[];
  /** The text of each source, where it was kept. */
  strings: readonly (string | undefined)[];
  minCount: number;
  keepTexts: boolean;
}

// The share of the work on a text that is reading it; the rest is counting the texts before it, where these fill a block.
const READING = 0.9;

/** Collects texts for a model. */
export class TextTraining {
  readonly #options: TextMarkovOptions;
  readonly #coder: TextCoder;
  readonly #trainer: Trainer;
  readonly #texts: KeptText[] = [];
  readonly #strings: (string | undefined)[] = [];
  readonly #keepTexts: boolean;
  readonly #minCount: number;

  constructor(options: TextMarkovOptions) {
    const { unit, order, smoothing = 'mle', sentences = false, unknowns = false, minCount = 1, keepTexts = true, floor } = options;
    if (!(Number.isInteger(minCount) && minCount >= 1)) throw new RangeError(`minCount must be an integer from 1, got ${String(minCount)}`);
    if (minCount > 1 && !unknowns) throw new RangeError('minCount above 1 makes rare units <unk>: it needs unknowns: true');
    if (typeof unit !== 'string' && (sentences || unknowns)) throw new RangeError('sentences and unknowns are for units with a vocabulary of their own; a tokenizer has its own special tokens');
    this.#options = options;
    this.#minCount = minCount;
    this.#keepTexts = keepTexts;
    this.#coder = typeof unit === 'string' ? new UnitCoder({ unit, sentences, unknowns }) : new CodecCoder(unit);
    const { startToken, unknownToken, vocabSize } = this.#coder;
    this.#trainer = new Trainer({ order, vocabSize: Math.max(1, vocabSize), smoothing, floor, startToken, unknownToken, keepTexts });
  }

  /** Says which units are too rare, if any are; before the first text. */
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
    this.#trainer.grow(Math.max(1, this.#coder.vocabSize));
    return this.#trainer.addInSteps({ ids, name, weight });
  }

  #keep(text: string, kept: KeptText): void {
    this.#texts.push(kept);
    this.#strings.push(this.#keepTexts ? text : undefined);
  }

  finish(): TextMarkovParts {
    return finished(this.finishInSteps());
  }

  *finishInSteps(): Steps<TextMarkovParts> {
    const { unit } = this.#options;
    if (this.#texts.every(({ length }) => length === 0)) throw new RangeError(`the text to train on is empty: expected at least one ${typeof unit === 'string' && unit !== 'whitespace' ? unit : 'token'}`);
    const { counts, texts } = yield* this.#trainer.finishInSteps();
    return {
      model: MarkovModel.fromCounts(counts, texts, this.#trainer.options),
      coder: this.#coder,
      texts: this.#texts,
      strings: this.#strings,
      minCount: this.#minCount,
      keepTexts: this.#keepTexts,
    };
  }
}

/** A text alone is a source without a name. */
export const asSource = (text: string | TextSource): TextSource => (typeof text === 'string' ? { text } : text);
