// The inputs of readability formulas: sentences, words, letters and syllables of a text that arrives in pieces.
import type { Accumulator } from './measure.js';
import { SentenceReader } from './sentences.js';
import { wordsOf } from './words.js';

export interface TextShape {
  readonly sentences: number;
  readonly words: number;
  readonly syllables: number;
  /** Words of one syllable. */
  readonly monosyllables: number;
  /** Words of three or more syllables. */
  readonly polysyllables: number;
  /** Words of more than six letters. */
  readonly longWords: number;
}

/** Counts a text and passes the numbers to a formula. Memory: one sentence, and the syllables of each different word. */
export class ShapeAccumulator<Result> implements Accumulator<Result> {
  readonly #sentences = new SentenceReader();
  readonly #syllablesOf = new Map<string, number>();
  #shape = { sentences: 0, words: 0, syllables: 0, monosyllables: 0, polysyllables: 0, longWords: 0 };

  constructor(readonly countSyllables: (word: string) => number, readonly finish: (shape: TextShape) => Result) {}

  add(chunk: string): void {
    this.#count(this.#sentences.add(chunk));
  }

  result(): Result {
    this.#count(this.#sentences.rest());
    return this.finish(this.#shape);
  }

  #count(sentences: readonly string[]): void {
    for (const sentence of sentences) {
      const words = wordsOf(sentence);
      if (words.length > 0) this.#shape.sentences++;
      for (const word of words) this.#word(word);
    }
  }

  #word(word: string): void {
    let syllables = this.#syllablesOf.get(word);
    if (syllables === undefined) this.#syllablesOf.set(word, (syllables = this.countSyllables(word)));
    this.#shape.words++;
    this.#shape.syllables += syllables;
    if (syllables === 1) this.#shape.monosyllables++;
    if (syllables >= 3) this.#shape.polysyllables++;
    if ([...word].length > 6) this.#shape.longWords++;
  }
}
