// @kk/corpora/node: reads texts from files. Invalid UTF-8 or JSON is an error that names the place. Also exports the compressors of Node,
// for the measure `compression` of @kk/corpora/stats.

export { brotli, zlib, type BrotliOptions, type ZlibOptions } from './compressors.js';
export { readJSONLines, type JSONLine } from './files/json-lines.js';
export { readTextChunks, type TextChunksOptions } from './files/text-chunks.js';
export { readTexts, type ReadTextsOptions } from './files/texts.js';
