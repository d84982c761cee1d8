// Makes word vectors from sentences in one call, with pauses in between. What runs step by step is in the files of the three methods.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { WordVectors } from '../word-vectors.js';
import { type CorpusOptions, readCorpus, type Sentences } from './corpus.js';
import { type GloveOptions, GloveTrainer } from './glove.js';
import { type PpmiOptions, ppmiInSteps } from './ppmi.js';
import { checkThreadCount, ThreadedTrainer } from './hogwild.js';
import type { WordVectorOptions } from './options.js';
import { type RunOptions, runSteps } from './steps.js';
import { WordVectorTrainer } from './word-vector-trainer.js';

/** What the three functions share: which words are kept, `signal`, and `onProgress`, which gets the share that is done after the text was read. */
export interface TrainingOptions extends CorpusOptions, RunOptions {}

export interface ThreadOptions {
  /**
   * Threads that change the same vectors without locks (Hogwild): an integer from 1 to 64. Default 1. With more it is faster, and no two runs are
   * the same, not even with one seed. Pages must be cross-origin isolated for it.
   */
  threads?: number;
}

/** An options object, divided into those of reading and running, and the others. */
function divide<T extends TrainingOptions>({ minCount, maxWords, vocabulary, signal, onProgress, ...method }: T): { reading: CorpusOptions; running: RunOptions; method: Omit<T, keyof TrainingOptions> } {
  return { reading: { minCount, maxWords, vocabulary, signal }, running: { signal, onProgress }, method };
}

const trainWordVectorsOptionNames: OptionNames<WordVectorOptions & ThreadOptions & TrainingOptions> = { model: 'optional', loss: 'optional', width: 'optional', window: 'optional', negatives: 'optional', exponent: 'optional', epochs: 'optional', learningRate: 'optional', subsample: 'optional', subwords: 'optional', seed: 'optional', threads: 'optional', minCount: 'optional', maxWords: 'optional', vocabulary: 'optional', signal: 'optional', onProgress: 'optional' };

/**
 * Reads sentences and learns vectors by prediction: word2vec's skip-gram or CBOW, with fastText's n-grams on request. The text is read
 * once and kept as numbers, four bytes a word.
 *
 * @throws as `readCorpus`, `WordVectorTrainer` and `ThreadedTrainer` do; the signal's reason when it is aborted
 */
export async function trainWordVectors(sentences: Sentences, options: WordVectorOptions & ThreadOptions & TrainingOptions = {}): Promise<WordVectors> {
  checkOptions('trainWordVectors', options, trainWordVectorsOptionNames);
  const { reading, running, method } = divide(options);
  const { threads = 1, ...prediction } = method;
  checkThreadCount('trainWordVectors', threads);
  const corpus = await readCorpus(sentences, reading);
  if (threads > 1) return new ThreadedTrainer(corpus, prediction, threads).train(running);
  return runSteps(new WordVectorTrainer(corpus, prediction).steps(), running);
}

const trainGloveOptionNames: OptionNames<GloveOptions & TrainingOptions> = { width: 'optional', window: 'optional', epochs: 'optional', learningRate: 'optional', countLimit: 'optional', exponent: 'optional', seed: 'optional', minCount: 'optional', maxWords: 'optional', vocabulary: 'optional', signal: 'optional', onProgress: 'optional' };

/** Reads sentences and learns vectors by GloVe. @throws as `readCorpus` and `GloveTrainer` do; the signal's reason when it is aborted */
export async function trainGlove(sentences: Sentences, options: GloveOptions & TrainingOptions = {}): Promise<WordVectors> {
  checkOptions('trainGlove', options, trainGloveOptionNames);
  const { reading, running, method } = divide(options);
  return runSteps(new GloveTrainer(await readCorpus(sentences, reading), method).steps(), running);
}

const trainPpmiOptionNames: OptionNames<PpmiOptions & TrainingOptions> = { width: 'optional', window: 'optional', smoothing: 'optional', shift: 'optional', weighting: 'optional', seed: 'optional', minCount: 'optional', maxWords: 'optional', vocabulary: 'optional', signal: 'optional', onProgress: 'optional' };

/** Reads sentences and gets vectors by counting and a decomposition. @throws as `readCorpus` and `ppmiInSteps` do; the signal's reason when it is aborted */
export async function trainPpmi(sentences: Sentences, options: PpmiOptions & TrainingOptions = {}): Promise<WordVectors> {
  checkOptions('trainPpmi', options, trainPpmiOptionNames);
  const { reading, running, method } = divide(options);
  return runSteps(ppmiInSteps(await readCorpus(sentences, reading), method), running);
}
