// @kk/embeddings: vectors for tokens and positions, and for words. See the README.
export { OutputEmbedding, TokenEmbedding } from './token-embedding.js';
export { PositionEmbedding, sinusoidalPositions } from './position-embedding.js';
export { cosineSimilarity, nearestNeighbours, type Neighbour } from './neighbours.js';

export { WordVectors, type WordVectorsParts } from './word-vectors.js';
export { subwordBuckets, subwordHash, type SubwordLengths, type Subwords, subwordVector } from './subwords.js';

export { type Corpus, type CorpusOptions, readCorpus, type Sentence, type Sentences } from './training/corpus.js';
export { type GloveOptions, gloveInSteps } from './training/glove.js';
export { type WordVectorOptions, type WordVectorSettings } from './training/options.js';
export { type PpmiOptions, ppmiInSteps } from './training/ppmi.js';
export { type Responsibility, type ResponsibleSentence, responsibleSentencesInSteps } from './training/responsible-sentences.js';
export { type RunOptions, runSteps, type Steps } from './training/steps.js';
export { type ThreadOptions, trainGlove, type TrainingOptions, trainPpmi, trainWordVectors } from './training/train.js';
export { WordVectorTrainer } from './training/word-vector-trainer.js';
