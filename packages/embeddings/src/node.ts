// @kk/embeddings/node: word vectors in files. See the README.
export { readWordVectors, writeWordVectors, type ReadWordVectorsOptions, type VectorFormat } from './node/files.js';
export { ApproximateIndex, type ApproximateOptions } from './node/approximate-index.js';
