// Training by prediction on several threads that change the same vectors without locks. Now and then one overwrites what another has just
// added; where words are many this does little harm, and nobody waits. What is overwritten depends on chance: two runs differ.
//
// Source: Recht, Re, Wright and Niu, "Hogwild!: a lock-free approach to parallelizing stochastic gradient descent", NIPS 2011; word2vec and
// fastText do the same.
import { type WordVectors } from '../word-vectors.js';
import { type Corpus } from './corpus.js';
import { Kernel } from './kernel.js';
import { readSettings, type WordVectorOptions } from './options.js';
import { type KernelSetup, LONGEST_SENTENCE, PredictionTables } from './prediction-tables.js';
import { type RunOptions } from './steps.js';
import { checkThreads, Thread } from './thread.js';
import { trainedVectors } from './trained-vectors.js';

/** The words of a job: enough that messages cost nothing, few enough that a signal is heard soon. */
const JOB_WORDS = 10_000;

/**
 * Trains on `threads` workers, each with a part of every epoch; the caller's thread only waits.
 *
 * @throws as `WordVectorTrainer` does; TypeError where workers cannot share memory; the signal's reason when it is aborted
 */
export async function trainOnThreads(corpus: Corpus, options: WordVectorOptions, threads: number, { signal, onProgress }: RunOptions = {}): Promise<WordVectors> {
  checkThreads();
  const settings = readSettings(options);
  const { model, window, learningRate, epochs } = settings;
  const kernel = new Kernel({ shared: true });
  const tables = new PredictionTables(kernel, corpus, settings);
  const setups = Array.from({ length: threads }, (_, thread) => tables.setupOf(thread));
  const pieces = piecesOf(corpus.starts);
  const tokens = kernel.put(corpus.tokens, 'the text');
  const starts = kernel.put(pieces, 'the text');
  const total = epochs * corpus.tokens.length;
  const jobs = jobsOf(pieces, epochs);
  let done = 0;
  signal?.throwIfAborted();
  const workers = setups.map((setup) => new Thread({ module: kernel.module, memory: kernel.memory, calls: callsOf(setup), results: setup.results }));
  const work = async (worker: Thread, { results }: KernelSetup): Promise<void> => {
    for (const { from, to, words } of jobs) {
      const [loss] = await worker.learn([tokens, starts + from * 4, to - from, Number(model === 'cbow'), window, learningRate, done, total, results]);
      signal?.throwIfAborted();
      if (Number.isNaN(loss)) throw new Error(`The vectors became infinite; use a learning rate below ${learningRate}.`);
      done += words;
      onProgress?.(done / total);
    }
  };
  try {
    await Promise.all(workers.map((worker, thread) => work(worker, setups[thread])));
  } finally {
    for (const worker of workers) worker.stop();
  }
  return trainedVectors(corpus, settings, tables);
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
