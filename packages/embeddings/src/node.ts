// @kk/embeddings/node: word vectors in files. See the README.
export { readWordVectors, vectorFiles, writeWordVectors, type ReadWordVectorsOptions, type VectorFormat, type WriteWordVectorsOptions } from './node/files.js';
export { ApproximateIndex, type ApproximateOptions } from './node/approximate-index.js';
