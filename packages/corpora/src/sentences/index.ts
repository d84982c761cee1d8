// @kk/corpora/sentences: short German and English sentences from which word vectors learn kinds of words in a second, and questions that
// measure it. Runs in browsers, workers and Node.

export { functionWords, wordKinds, wordPairs, type WordKind, type WordKinds, type WordPair } from './kinds.js';
export { answerCount, vectorQuestions, type AnalogyQuestion, type NeighbourQuestion, type VectorQuestion } from './questions.js';
export { courseSentences } from './sentences.js';
export { sentenceWords } from './words.js';
