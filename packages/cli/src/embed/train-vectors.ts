// Learns word vectors from sentences by the method that the user chose, and tells how far it is.
import { type Corpus, gloveInSteps, ppmiInSteps, readCorpus, type Steps, trainWordVectors, type WordVectorOptions, type WordVectors, WordVectorTrainer } from '@kk/embeddings';
import { type Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { type VectorTrainingFlags } from '../options/vector-training.js';
import { inSteps, ShownWork } from '../terminal/long-work.js';

/** Which words get a vector. */
export interface VocabularyOptions {
  minCount: number;
  maxWords?: number;
}

export interface TrainVectorsOptions {
  flags: VectorTrainingFlags;
  vocabulary: VocabularyOptions;
  /** Whether to show no progress. */
  quiet: boolean;
}

/**
 * @throws {Failure} when the text has too few words
 * @throws the signal's reason when stopped
 */
export async function trainVectors(context: Context, sentences: AsyncIterable<string[]>, { flags, vocabulary, quiet }: TrainVectorsOptions): Promise<WordVectors> {
  const { interrupt: signal } = context.io;
  if (flags.threads > 1) {
    const work = new ShownWork(context, { what: 'training', quiet });
    const training = trainWordVectors(sentences, { ...predictionOf(flags), ...vocabulary, threads: flags.threads, signal, onProgress: (share) => work.show(share) });
    return training.catch((error: unknown) => Promise.reject(asFailure(error, vocabulary))).finally(() => work.done());
  }
  const corpus = await readCorpus(sentences, { ...vocabulary, signal }).catch((error: unknown) => Promise.reject(asFailure(error, vocabulary)));
  return inSteps(context, trainingOf(corpus, flags), { what: 'training', quiet });
}

function trainingOf(corpus: Corpus, flags: VectorTrainingFlags): Steps<WordVectors> {
  const { method, width, window, epochs, lr: learningRate, seed } = flags;
  switch (method) {
    case 'glove':
      return gloveInSteps(corpus, { width, window, epochs, learningRate, seed });
    case 'ppmi':
      if (width !== undefined && width > corpus.words.length) throw new UsageError(`--width ${width} is more than the ${corpus.words.length} words that the text has.`, 'Give a smaller --width, or a smaller --min-count.');
      return ppmiInSteps(corpus, { width, window, seed });
    default:
      return new WordVectorTrainer(corpus, predictionOf(flags)).steps();
  }
}

function predictionOf({ method, loss, width, window, epochs, lr: learningRate, negatives, exponent, subsample, subwords, buckets, seed }: VectorTrainingFlags): WordVectorOptions {
  const model = method === 'cbow' ? method : 'skip-gram';
  return { model, loss, width, window, epochs, learningRate, negatives, exponent, subsample, subwords: subwords && { ...subwords, ...(buckets !== undefined && { buckets }) }, seed };
}

/** The package's error for a text with too few words names options of its function. */
function asFailure(error: unknown, { minCount }: VocabularyOptions): unknown {
  if (!(error instanceof RangeError) || !error.message.startsWith('readCorpus: the text has')) return error;
  return new Failure(`Fewer than two words are in the text ${minCount} times: there is nothing to learn.`, 'Give more text, or a smaller --min-count.', { cause: error });
}
