// Training by prediction on several threads that change the same vectors without locks. Now and then one overwrites what another has just
// added; where words are many this does little harm, and nobody waits. What is overwritten depends on chance: two runs differ.
//
// Source: Recht, Re, Wright and Niu, "Hogwild!: a lock-free approach to parallelizing stochastic gradient descent", NIPS 2011; word2vec and
// fastText do the same.
import { checkOptions } from '@kk/nn-core';
import type { WordVectors } from '../word-vectors.js';
import type { Corpus } from './corpus.js';
import { Kernel } from './kernel.js';
import { checkInteger, readSettings, type WordVectorOptions, type WordVectorSettings } from './options.js';
import { type KernelSetup, LONGEST_SENTENCE, PredictionTables } from './prediction-tables.js';
import type { RunOptions } from './steps.js';
import { checkThreads, Thread } from './thread.js';
import { trainedVectors } from './trained-vectors.js';

/** The words of a job: enough that messages cost nothing, few enough that a signal is heard soon. */
const JOB_WORDS = 10_000;

const MOST_THREADS = 64;

/** Trains on several workers, each with a part of every epoch; the caller's thread only waits. */
export class ThreadedTrainer {
  readonly corpus: Corpus;
  readonly settings: Readonly<WordVectorSettings>;
  readonly #threads: number;
  readonly #kernel: Kernel;
  readonly #tables: PredictionTables;
  /** How many words are learned, of all epochs. */
  #done = 0;

  /**
   * @param threads  an integer from 1 to 64
   * @throws TypeError or RangeError when an option is unknown or out of range, memory is short, or workers cannot share memory here
   */
  constructor(corpus: Corpus, options: WordVectorOptions, threads: number) {
    const settings = readSettings(options);
    checkThreadCount('ThreadedTrainer', threads);
    checkThreads();
    this.corpus = corpus;
    this.settings = settings;
    this.#threads = threads;
    this.#kernel = new Kernel({ shared: true });
    this.#tables = new PredictionTables(this.#kernel, corpus, this.settings);
  }

  /** What is done, 0 to 1. */
  get share(): number {
    return this.#done / this.#total;
  }

  /** A copy of the vectors as they are now. */
  vectors(): WordVectors {
    return trainedVectors(this.corpus, this.settings, this.#tables);
  }

  /** Trains to the end, once. @throws the signal's reason when it is aborted; Error when the learning rate was so high that vectors became infinite */
  async train(options: RunOptions = {}): Promise<WordVectors> {
    checkOptions<RunOptions>('ThreadedTrainer.train', options, { signal: 'optional', onProgress: 'optional' });
    const { signal, onProgress } = options;
    const { model, window, learningRate, epochs } = this.settings;
    const kernel = this.#kernel;
    const setups = Array.from({ length: this.#threads }, (_, thread) => this.#tables.setupOf(thread));
    const pieces = piecesOf(this.corpus.starts);
    const tokens = kernel.put(this.corpus.tokens, 'the text');
    const starts = kernel.put(pieces, 'the text');
    const jobs = jobsOf(pieces, epochs);
    signal?.throwIfAborted();
    const workers = setups.map((setup) => new Thread({ module: kernel.module, memory: kernel.memory, calls: callsOf(setup), results: setup.results }));
    const work = async (worker: Thread, { results }: KernelSetup): Promise<void> => {
      for (const { from, to, words } of jobs) {
        const [loss] = await worker.learn([tokens, starts + from * 4, to - from, Number(model === 'cbow'), window, learningRate, this.#done, this.#total, results]);
        if (Number.isNaN(loss)) throw new Error(`The vectors became infinite; use a learning rate below ${learningRate}.`);
        this.#done += words;
        signal?.throwIfAborted();
        onProgress?.(this.share);
      }
    };
    try {
      await Promise.all(workers.map((worker, thread) => work(worker, setups[thread])));
    } finally {
      for (const worker of workers) worker.stop();
    }
    return this.vectors();
  }

  get #total(): number {
    return this.settings.epochs * this.corpus.tokens.length;
  }
}

/** @throws RangeError unless it is an integer from 1 to 64 */
export function checkThreadCount(owner: string, threads: number): void {
  checkInteger(owner, 'threads', threads, 1, MOST_THREADS);
}

/** The ends of all sentences, and of the parts of long ones. */
function piecesOf(starts: Uint32Array): Uint32Array {
  const ends = [0];
  for (let s = 1; s < starts.length; s++) {
    for (let at = starts[s - 1]; at < starts[s]; ) ends.push((at = Math.min(starts[s], at + LONGEST_SENTENCE)));
  }
  return Uint32Array.from(ends);
}

/** Parts of the text in the order of reading, for whichever thread is free: all threads take from one generator. */
function* jobsOf(pieces: Uint32Array, epochs: number): Generator<{ from: number; to: number; words: number }, void, void> {
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let from = 0, to = 0; from < pieces.length - 1; from = to) {
      while (to < pieces.length - 1 && pieces[to] - pieces[from] < JOB_WORDS) to++;
      yield { from, to, words: pieces[to] - pieces[from] };
    }
  }
}

function callsOf({ configure, useNegatives, useHierarchy, seedRandom }: KernelSetup): [string, readonly number[]][] {
  const calls: [string, readonly number[] | undefined][] = [['configure', configure], ['useNegatives', useNegatives], ['useHierarchy', useHierarchy], ['seedRandom', seedRandom]];
  return calls.filter((call): call is [string, readonly number[]] => call[1] !== undefined);
}
