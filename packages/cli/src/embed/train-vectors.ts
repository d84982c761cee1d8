// Learns word vectors from sentences by the method that the user chose, and tells how far it is. Ctrl-C ends it with the vectors as they are.
import { type Corpus, GloveTrainer, ppmiInSteps, readCorpus, ThreadedTrainer, type WordVectorOptions, type WordVectors, WordVectorTrainer } from '@kk/embeddings';
import type { Context } from '../context.js';
import { type Failure, UsageError } from '../errors.js';
import type { VectorTrainingFlags } from '../options/vector-training.js';
import { inSteps, ShownWork } from '../terminal/long-work.js';

/** Which words get a vector. */
export interface VocabularyOptions {
  minCount: number;
  maxWords?: number;
}

export interface TrainVectorsOptions {
  flags: VectorTrainingFlags;
  vocabulary: VocabularyOptions;
  /** The error for a text with fewer than two words to learn. */
  tooFewWords: () => Failure;
  /** Whether to show no progress. */
  quiet: boolean;
}

export interface LearnedVectors {
  vectors: WordVectors;
  /** What is done of learning, from 0 to 1: less than 1 when it was stopped. */
  share: number;
  epochs: number;
}

/** A trainer whose vectors can be had at any time. */
interface Trainer {
  readonly share: number;
  readonly settings: { readonly epochs: number };
  vectors(): WordVectors;
}

const WORK = 'training';

/**
 * When it is stopped while it learns, it returns what was learned so far; the caller sees it by the signal.
 * @throws {Failure} when the text has too few words
 * @throws the signal's reason when stopped before anything was learned
 */
export async function trainVectors(context: Context, sentences: AsyncIterable<string[]>, { flags, vocabulary, tooFewWords, quiet }: TrainVectorsOptions): Promise<LearnedVectors> {
  const { interrupt: signal } = context.io;
  const corpus = await readCorpus(sentences, { ...vocabulary, signal }).catch((error: unknown) => Promise.reject(isTooFew(error) ? tooFewWords() : (error as Error)));
  const work = { what: WORK, quiet };
  switch (flags.method) {
    case 'ppmi':
      return { vectors: await inSteps(context, ppmiInSteps(corpus, ppmiOptions(flags, corpus)), work), share: 1, epochs: 1 };
    case 'glove': {
      const { width, window, epochs, lr: learningRate, countLimit, exponent, seed } = flags;
      const trainer = new GloveTrainer(corpus, { width, window, epochs, learningRate, countLimit, exponent, seed });
      return learned(signal, trainer, inSteps(context, trainer.steps(), work));
    }
    default: {
      if (flags.threads > 1) return learnOnThreads(context, new ThreadedTrainer(corpus, predictionOf(flags), flags.threads), work);
      const trainer = new WordVectorTrainer(corpus, predictionOf(flags));
      return learned(signal, trainer, inSteps(context, trainer.steps(), work));
    }
  }
}

function learnOnThreads(context: Context, trainer: ThreadedTrainer, options: { what: string; quiet: boolean }): Promise<LearnedVectors> {
  const { interrupt: signal } = context.io;
  const work = new ShownWork(context, options);
  return learned(signal, trainer, trainer.train({ signal, onProgress: (share) => work.show(share) }).finally(() => work.done()));
}

/** @throws what went wrong; the signal's reason when stopped before anything was learned */
async function learned(signal: AbortSignal, trainer: Trainer, training: Promise<WordVectors>): Promise<LearnedVectors> {
  const vectors = await training.catch((error: unknown) => {
    if (!signal.aborted || error !== signal.reason || trainer.share === 0) throw error;
    return trainer.vectors();
  });
  return { vectors, share: trainer.share, epochs: trainer.settings.epochs };
}

function ppmiOptions({ width, window, smoothing, shift, weighting, seed }: VectorTrainingFlags, { words }: Corpus): Parameters<typeof ppmiInSteps>[1] {
  if (width !== undefined && width > words.length) throw new UsageError(`--width ${width} is more than the ${words.length} words that the text has.`, 'Give a smaller --width, or a smaller --min-count.');
  return { width, window, smoothing, shift, weighting, seed };
}

function predictionOf({ method, loss, width, window, epochs, lr: learningRate, negatives, exponent, subsample, subwords, buckets, seed }: VectorTrainingFlags): WordVectorOptions {
  const model = method === 'cbow' ? method : 'skip-gram';
  return { model, loss, width, window, epochs, learningRate, negatives, exponent, subsample, subwords: subwords && { ...subwords, ...(buckets !== undefined && { buckets }) }, seed };
}

/** The package's error for a text with too few words names options of its function. */
const isTooFew = (error: unknown): boolean => error instanceof RangeError && error.message.startsWith('readCorpus: the text has');
