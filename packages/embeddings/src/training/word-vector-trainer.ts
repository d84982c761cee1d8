// Learns word vectors by prediction: skip-gram or continuous bag of words, with negative sampling or hierarchical softmax, and with or
// without n-grams. Everything that runs once per word is in assembly/; here are its tables, and the walk through the text.
//
// Sources: Mikolov et al., "Efficient estimation of word representations in vector space" and "Distributed representations of words and
// phrases and their compositionality", 2013; Bojanowski et al., "Enriching word vectors with subword information", 2017.
import type { WordVectors } from '../word-vectors.js';
import type { Corpus } from './corpus.js';
import { Kernel } from './kernel.js';
import { readSettings, type WordVectorOptions, type WordVectorSettings } from './options.js';
import { LONGEST_SENTENCE, PredictionTables } from './prediction-tables.js';
import { finished, type Steps } from './steps.js';
import { trainedVectors } from './trained-vectors.js';

/** The words of a step, unless a sentence has more: some milliseconds. */
const STEP_WORDS = 2000;

export class WordVectorTrainer {
  readonly corpus: Corpus;
  readonly settings: Readonly<WordVectorSettings>;
  readonly #kernel = new Kernel();
  readonly #tables: PredictionTables;
  /** The addresses of what is sent to the kernel, and of its answer. */
  readonly #tokens: number;
  readonly #starts: number;
  readonly #results: number;
  #epoch = 0;
  #sentence = 0;
  /** How many words of this epoch are learned; within a long sentence more than those of the sentences before. */
  #position = 0;
  #loss = NaN;

  /** @throws TypeError or RangeError when an option is unknown or out of range, or memory is short */
  constructor(corpus: Corpus, options: WordVectorOptions = {}) {
    this.corpus = corpus;
    this.settings = readSettings(options);
    this.#tables = new PredictionTables(this.#kernel, corpus, this.settings);
    const setup = this.#tables.setupOf(0);
    this.#kernel.setUp(setup);
    this.#tokens = this.#kernel.allocate((STEP_WORDS + LONGEST_SENTENCE) * 4, 'a step');
    this.#starts = this.#kernel.allocate((STEP_WORDS + 2) * 4, 'a step');
    this.#results = setup.results;
  }

  /** How often the text was read to the end. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The number of the next sentence to learn. */
  get sentence(): number {
    return this.#sentence;
  }

  get isDone(): boolean {
    return this.#epoch === this.settings.epochs;
  }

  /** What is done, 0 to 1. */
  get share(): number {
    return (this.#epoch * this.corpus.tokens.length + this.#position) / (this.settings.epochs * this.corpus.tokens.length);
  }

  /** The mean loss per example of the last step that had any, in nats; NaN before. */
  get loss(): number {
    return this.#loss;
  }

  /** Trains to the end in steps of some milliseconds; yields the share that is done and returns the vectors. */
  *steps(): Steps<WordVectors> {
    while (!this.isDone) yield* this.#partsUntil(this.corpus.starts.length - 1);
    return this.vectors();
  }

  /**
   * Learns the sentences from `sentence` to `end` - 1. How the text is divided makes no difference to the vectors.
   *
   * @throws RangeError when `end` is not beyond `sentence`, or beyond the text; Error when the learning rate was so high that vectors
   * became infinite
   */
  learnUntil(end: number): void {
    const sentences = this.corpus.starts.length - 1;
    if (this.isDone) throw new RangeError(`WordVectorTrainer: all ${this.settings.epochs} epochs are done.`);
    if (!Number.isSafeInteger(end) || end <= this.#sentence || end > sentences) throw new RangeError(`WordVectorTrainer: cannot learn until sentence ${String(end)}; expected an integer from ${this.#sentence + 1} to ${sentences}.`);
    finished(this.#partsUntil(end));
  }

  /** A copy of the vectors as they are now. */
  vectors(): WordVectors {
    return trainedVectors(this.corpus, this.settings, this.#tables);
  }

  /** The vector of a word as it is now: its row, or the mean of its rows and those of its n-grams. */
  vectorAt(word: number): Float32Array {
    return this.#tables.vectorAt(word);
  }

  /** The rows whose mean a word is: its own, then those of its n-grams. Two words that share one learn together. */
  rowsOf(word: number): Uint32Array {
    return this.#tables.rowsOf(word);
  }

  /** Learns the sentences before `end`; yields after each call of the kernel. */
  *#partsUntil(end: number): Steps<void> {
    const { tokens, starts } = this.corpus;
    const { epoch } = this;
    while (this.#sentence < end && this.#epoch === epoch) {
      // As many whole sentences as there is room for, or a part of a longer one.
      const pieces = [this.#position];
      for (let last = this.#position; this.#sentence < end && last - pieces[0] < STEP_WORDS && pieces.length <= STEP_WORDS; ) {
        const piece = Math.min(starts[this.#sentence + 1], last + LONGEST_SENTENCE);
        if (piece > last) pieces.push(piece);
        if (piece === starts[this.#sentence + 1]) this.#sentence++;
        last = piece;
      }
      this.#learn(tokens.subarray(pieces[0], pieces[pieces.length - 1]), pieces);
      this.#position = pieces[pieces.length - 1];
      yield this.share;
    }
    // While this waited, somebody else may have gone on.
    if (this.#sentence < starts.length - 1 || this.#epoch !== epoch) return;
    this.#sentence = 0;
    this.#position = 0;
    this.#epoch++;
  }

  /** Tokens and the ends of sentences in them, for one call of the kernel. */
  #learn(tokens: Uint32Array, pieces: readonly number[]): void {
    const { run } = this.#kernel;
    const { model, window, learningRate, epochs } = this.settings;
    this.#kernel.uint32(this.#tokens, tokens.length).set(tokens);
    this.#kernel.uint32(this.#starts, pieces.length).set(pieces.map((end) => end - pieces[0]));
    const done = this.#epoch * this.corpus.tokens.length + pieces[0];
    run.trainBatch(this.#tokens, this.#starts, pieces.length - 1, Number(model === 'cbow'), window, learningRate, done, epochs * this.corpus.tokens.length, this.#results);
    const [loss, examples] = this.#kernel.float64(this.#results, 2);
    if (Number.isNaN(loss)) throw new Error(`The vectors became infinite in epoch ${this.#epoch + 1}; use a learning rate below ${learningRate}.`);
    if (examples > 0) this.#loss = loss / examples;
  }
}
