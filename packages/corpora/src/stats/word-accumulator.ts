// The base of every measure that reads a text word by word.
import type { Accumulator } from './measure.js';
import { WholeWords, wordsOf } from './words.js';

/** Calls `word` with the words of the text in lower case, then `finish` for the result. */
export abstract class WordAccumulator<Result> implements Accumulator<Result> {
  readonly #pieces = new WholeWords();

  add(chunk: string): void {
    this.#read(this.#pieces.add(chunk));
  }

  result(): Result {
    this.#read(this.#pieces.rest());
    return this.finish();
  }

  #read(text: string): void {
    for (const word of wordsOf(text)) this.word(word.toLowerCase());
  }

  protected abstract word(word: string): void;
  protected abstract finish(): Result;
}

/** Counts the occurrences of each word. */
export class WordCounts {
  readonly counts = new Map<string, number>();
  total = 0;

  /** @returns the new count of the word */
  add(word: string): number {
    const count = (this.counts.get(word) ?? 0) + 1;
    this.counts.set(word, count);
    this.total++;
    return count;
  }
}
