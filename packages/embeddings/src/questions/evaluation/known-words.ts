// Tells which words an evaluation knows: the first so many, in capitals unless case matters, as gensim does.
import type { WordVectors } from '../../word-vectors.js';

export interface EvaluationOptions {
  /** Only the first so many words are known, and are searched; default 300,000. */
  limit?: number;
  /** Whether 'King' and 'king' are two words. Default false: the first one in the list stands for all its spellings. */
  caseSensitive?: boolean;
  /** Whether what has an unknown word counts as wrong (an analogy) or as similarity 0 (a pair), instead of being left out. Default false. */
  unknownIsWrong?: boolean;
}

export class KnownWords {
  readonly limit: number;
  readonly #places = new Map<string, number>();
  readonly #caseSensitive: boolean;

  constructor({ words }: WordVectors, { limit = 300_000, caseSensitive = false }: EvaluationOptions) {
    this.limit = limit;
    this.#caseSensitive = caseSensitive;
    for (let place = Math.min(limit, words.length) - 1; place >= 0; place--) this.#places.set(this.form(words[place]), place);
  }

  /** The form in which words are compared. */
  form(word: string): string {
    return this.#caseSensitive ? word : word.toUpperCase();
  }

  /** The row of a word in that form. */
  place(form: string): number | undefined {
    return this.#places.get(form);
  }
}
