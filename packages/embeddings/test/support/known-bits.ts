// The bits of some trained vectors, as a checksum: Node's tests and those in browsers expect the same.
import { trainGlove, trainPpmi, trainWordVectors, type WordVectors } from '../../src/index.js';
import { littleCorpus } from './little-corpus.js';

const text = littleCorpus({ sentences: 200 });
const options = { minCount: 1, width: 10, seed: 4 };

export const trainings: Record<string, () => Promise<WordVectors>> = {
  'skip-gram with n-grams': () => trainWordVectors(text, { ...options, subsample: 0.01, subwords: { buckets: 100 } }),
  'CBOW with hierarchical softmax': () => trainWordVectors(text, { ...options, model: 'cbow', loss: 'hierarchical-softmax' }),
  GloVe: () => trainGlove(text, options),
  PPMI: () => trainPpmi(text, options),
};

/** FNV-1a of the bytes of the matrix. */
export function checksum({ matrix }: WordVectors): number {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(matrix.buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}


/** What `checksum` gives. */
export const knownBits: Record<string, number> = { 'skip-gram with n-grams': 985_795_776, 'CBOW with hierarchical softmax': 353_521_931, GloVe: 632_083_045, PPMI: 3_193_975_194 };
