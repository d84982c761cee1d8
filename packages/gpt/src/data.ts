// @kk/gpt/data: what pretraining reads: tokens in memory, in files and Blobs; their order, packing and mixing. See the README.
export { joinTokens, partOfTokens, tokensInMemory, type TokenSource } from './data/token-source.js';
export { openTokenBlob } from './data/token-blob.js';
export { openTokens, verifyTokens, type ByteSource, type OpenTokensOptions } from './data/token-reader.js';
export { permutedIndex } from './data/permutation.js';
export { emptyRows, type PackedRowBatch, type RowBatch, type TrainingRows } from './data/training-rows.js';
export { writeSegments, type RowPiece } from './data/write-segments.js';
export { ShuffledWindows, type ShuffledWindowsOptions } from './data/shuffled-windows.js';
export { PackedDocuments, type PackedDocumentsOptions } from './data/packed-documents.js';
export { bestFit, type Packing } from './data/best-fit.js';
export { MixedRows, type MixedPart, type MixedRowsOptions } from './data/mixed-rows.js';
