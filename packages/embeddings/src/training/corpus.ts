// Keeps a text to learn from: sentences of words, read once, as numbers. Four bytes a word.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { Pauses } from './pauses.js';

/** Words; or a text of words with white space between them. */
export type Sentence = string | readonly string[];

/** Sentences in memory, or such as arrive over time: the lines of a file, or a generator. Windows do not reach from one into the next. */
export type Sentences = Iterable<Sentence> | AsyncIterable<Sentence>;

export interface CorpusOptions {
  /** Rarer words are left out as if they were not there: an integer from 1. Default 5; not with `vocabulary`. */
  minCount?: number;
  /** Keeps only so many of the most frequent words: an integer from 2. Not with `vocabulary`. */
  maxWords?: number;
  /** The words to keep, in the order of their vectors. Absent: those of the text, the most frequent first. */
  vocabulary?: readonly string[];
  /** Stops reading; what was called then throws the signal's reason. */
  signal?: AbortSignal;
}

const OPTIONS: OptionNames<CorpusOptions> = { minCount: 'optional', maxWords: 'optional', vocabulary: 'optional', signal: 'optional' };
const DEFAULT_MIN_COUNT = 5;

/** Sentences as numbers. */
export interface Corpus {
  readonly words: readonly string[];
  /** How often each word occurs. */
  readonly counts: Uint32Array;
  /** The places of the words of all sentences in `words`; words that are not kept are left out. */
  readonly tokens: Uint32Array;
  /** Sentence s, in the order of reading from 0, has `tokens[starts[s]]` to `tokens[starts[s + 1] - 1]`; it may be empty. */
  readonly starts: Uint32Array;
}

/**
 * Reads sentences, counts their words, and keeps both as numbers. Everything is read once, so that a generator will do.
 *
 * @throws RangeError when fewer than two words are left, or an option is out of range; TypeError when something is no sentence
 */
export async function readCorpus(sentences: Sentences, options: CorpusOptions = {}): Promise<Corpus> {
  checkOptions('readCorpus', options, OPTIONS);
  const { vocabulary, maxWords, minCount, signal } = options;
  if (vocabulary !== undefined && (minCount !== undefined || maxWords !== undefined)) throw new TypeError('readCorpus: minCount and maxWords choose words, and so does vocabulary; give either.');
  checkFrom('minCount', minCount, 1);
  checkFrom('maxWords', maxWords, 2);
  const reader = new Reader(vocabulary);
  const pauses = new Pauses(signal);
  signal?.throwIfAborted();
  if (isIterable(sentences)) {
    for (const sentence of sentences) {
      reader.add(sentence);
      if (pauses.due) await pauses.take();
    }
  } else if (typeof sentences === 'object' && sentences !== null && Symbol.asyncIterator in sentences) {
    for await (const sentence of sentences) {
      reader.add(sentence);
      if (pauses.due) await pauses.take();
    }
  } else {
    throw new TypeError(`readCorpus: sentences is ${typeof sentences === 'string' ? 'one text' : String(sentences)}; expected a list or stream of sentences, for example text.split('\\n').`);
  }
  return vocabulary === undefined ? reader.chosen(minCount ?? DEFAULT_MIN_COUNT, maxWords ?? Infinity) : reader.corpus();
}

const isIterable = (sentences: Sentences): sentences is Iterable<Sentence> => typeof sentences === 'object' && sentences !== null && Symbol.iterator in sentences;

function checkFrom(name: string, value: number | undefined, from: number): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < from)) throw new RangeError(`readCorpus: ${name} is ${String(value)}; expected an integer from ${from}.`);
}

/** Gives each word a number when it comes first, or takes those of a vocabulary. */
class Reader {
  readonly #ids = new Map<string, number>();
  readonly #isFixed: boolean;
  #words: string[] = [];
  #counts: number[] = [];
  #tokens = new Uint32Array(1024);
  #length = 0;
  #starts: number[] = [0];

  constructor(vocabulary: readonly string[] | undefined) {
    this.#isFixed = vocabulary !== undefined;
    for (const word of vocabulary ?? []) {
      if (typeof word !== 'string' || this.#ids.has(word)) throw new TypeError(`readCorpus: the vocabulary has ${typeof word === 'string' ? `the word ${JSON.stringify(word)} twice` : String(word)}; expected words, each once.`);
      this.#number(word);
    }
  }

  add(sentence: Sentence): void {
    const words = typeof sentence === 'string' ? sentence.split(/\s+/u) : sentence;
    if (!Array.isArray(words)) throw new TypeError(`readCorpus: sentence ${this.#starts.length - 1} is ${String(sentence)}; expected a string or a list of words.`);
    for (const word of words as readonly string[]) {
      if (word === '') continue;
      if (typeof word !== 'string') throw new TypeError(`readCorpus: sentence ${this.#starts.length - 1} has the word ${String(word)}; expected strings.`);
      const id = this.#ids.get(word) ?? (this.#isFixed ? undefined : this.#number(word));
      if (id === undefined) continue;
      this.#counts[id]++;
      if (this.#length === this.#tokens.length) this.#grow();
      this.#tokens[this.#length++] = id;
    }
    this.#starts.push(this.#length);
  }

  corpus(): Corpus {
    const corpus = { words: this.#words, counts: Uint32Array.from(this.#counts), tokens: this.#tokens.slice(0, this.#length), starts: Uint32Array.from(this.#starts) };
    // Negative examples of a word are other words.
    const found = this.#counts.filter((count) => count > 0).length;
    if (found < 2) throw new RangeError(`readCorpus: the text has ${found} of the words to keep; expected at least two: give more text, a smaller minCount, or another vocabulary.`);
    return corpus;
  }

  /** Only the most frequent words, the first to come first among equals. */
  chosen(minCount: number, maxWords: number): Corpus {
    const counts = this.#counts;
    const order = [...counts.keys()].filter((id) => counts[id] >= minCount).sort((a, b) => counts[b] - counts[a] || a - b).slice(0, maxWords);
    const renamed = new Int32Array(counts.length).fill(-1);
    order.forEach((id, place) => (renamed[id] = place));
    let kept = 0;
    this.#starts = this.#starts.map((end, s) => {
      for (let i = s === 0 ? 0 : this.#starts[s - 1]; i < end; i++) {
        const place = renamed[this.#tokens[i]];
        if (place >= 0) this.#tokens[kept++] = place;
      }
      return kept;
    });
    this.#length = kept;
    const words = this.#words;
    this.#words = order.map((id) => words[id]);
    this.#counts = order.map((id) => counts[id]);
    return this.corpus();
  }

  #number(word: string): number {
    const id = this.#words.length;
    this.#ids.set(word, id);
    this.#words.push(word);
    this.#counts.push(0);
    return id;
  }

  #grow(): void {
    const longer = new Uint32Array(2 * this.#tokens.length);
    longer.set(this.#tokens);
    this.#tokens = longer;
  }
}
