// @kk/embeddings: vectors for tokens and positions, and words as points: read, asked, drawn. See the README.
export { OutputEmbedding, TokenEmbedding } from './token-embedding.js';

// Positions
export { sinusoidalPlot, sinusoidalPositions } from './positions/sinusoidal.js';
export { learnedPlot, PositionEmbedding } from './positions/learned.js';
export { rotaryDecayPlot, rotaryPlot } from './positions/rotary.js';
export { alibiPlot } from './positions/alibi.js';
export { type PositionPlot } from './positions/position-plot.js';

// Word vectors
export { WordVectors, type WordVectorsParts } from './word-vectors.js';
export { subwordBuckets, subwordHash, subwordVector, type SubwordLengths, type Subwords } from './subwords.js';

// Training
export { type Corpus, type CorpusOptions, readCorpus, type Sentence, type Sentences } from './training/corpus.js';
export { type GloveOptions, GloveTrainer } from './training/glove.js';
export { ThreadedTrainer } from './training/hogwild.js';
export { type WordVectorOptions, type WordVectorSettings } from './training/options.js';
export { type PpmiOptions, ppmiInSteps } from './training/ppmi.js';
export { type Responsibility, type ResponsibleSentence, responsibleSentencesInSteps } from './training/responsible-sentences.js';
export { type RunOptions, runSteps, type Steps } from './training/steps.js';
export { type ThreadOptions, trainGlove, type TrainingOptions, trainPpmi, trainWordVectors } from './training/train.js';
export { WordVectorTrainer } from './training/word-vector-trainer.js';

// Questions
export { cosineSimilarity } from './questions/cosine.js';
export { NeighbourSearch, type Neighbour, type NeighbourOptions, type NeighbourSearchOptions } from './questions/neighbour-search.js';
export { WordSpace, type WordNeighbour, type WordNeighbourOptions } from './questions/word-space.js';
export { analogy, combine, type AnalogyOptions, type AnalogyQuestion } from './questions/analogy.js';
export { NamedAxis, type AxisPoles, type WordOnAxis } from './questions/axis.js';
export { oddOneOut } from './questions/odd-one-out.js';
export { meanVector, sentenceSimilarity, SmoothInverseFrequency, type SentenceVector, type SmoothInverseFrequencyOptions } from './questions/sentences.js';
export { associationTest, type AssociationOptions, type AssociationResult, type AssociationTest } from './questions/association-test.js';
export {
  evaluateAnalogies, evaluateAnalogiesInSteps, parseAnalogies,
  type Analogy, type AnalogyEvaluation, type AnalogyFile, type AnalogyOptions as AnalogyEvaluationOptions, type AnalogyScore, type AnalogySection,
} from './questions/evaluation/analogies.js';
export { evaluateSimilarities, parseSimilarities, type JudgedPair, type SimilarityEvaluation, type SimilarityFile } from './questions/evaluation/similarities.js';
export { pearson, spearman } from './questions/evaluation/correlation.js';
export { type EvaluationOptions } from './questions/evaluation/known-words.js';

// Formats
export { readGlove, readWord2vecText, type ReadTextVectorsOptions } from './formats/text-vectors.js';
export { readWord2vecBinary, type ReadWord2vecBinaryOptions } from './formats/word2vec-binary.js';
export { readFastTextBinary, type ReadFastTextOptions } from './formats/fasttext-binary.js';
export { readVectorsSafetensors, writeVectorsSafetensors } from './formats/safetensors.js';
export { readProjector, writeProjector, type ProjectorFiles, type ReadProjectorOptions } from './formats/projector.js';
export { writeGlove, writeWord2vecBinary, writeWord2vecText, type WriteTextOptions } from './formats/write-vectors.js';
export { VectorFileError, type PlaceInFile } from './formats/errors.js';
export { type ByteSource } from './formats/byte-reader.js';
export { type ReadVectorsOptions } from './formats/read-options.js';

// Pictures
export { PrincipalComponents } from './pictures/principal-components.js';
export { umapMap, type MapOptions, type UmapOptions } from './pictures/umap.js';
export { tsneMap, type TsneOptions } from './pictures/tsne.js';
export { Alignment, type AlignmentOptions } from './pictures/procrustes.js';
