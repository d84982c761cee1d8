// @kk/embeddings: vectors for tokens and positions. See the README.
export { OutputEmbedding, TokenEmbedding } from './token-embedding.js';
export { PositionEmbedding, sinusoidalPositions } from './position-embedding.js';
export { cosineSimilarity, nearestNeighbours, type Neighbour } from './neighbours.js';
