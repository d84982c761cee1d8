// Training in a page: the same bits as in Node, and threads in workers.
import { describe, expect, it } from 'vitest';
import { trainWordVectors } from '../src/index.js';
import { littleCorpus } from '../test/support/little-corpus.js';
import { checksum, knownBits, trainings } from '../test/support/known-bits.js';

describe('in a page', () => {
  it.each(Object.keys(trainings))('the bits of %s are those of Node', async (name) => {
    expect(checksum(await trainings[name]())).toBe(knownBits[name]);
  });

  it('two threads train together', async () => {
    expect(crossOriginIsolated).toBe(true);
    const shares: number[] = [];
    const vectors = await trainWordVectors(littleCorpus({ sentences: 4000 }), { minCount: 1, width: 10, subsample: 0, threads: 2, onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(vectors.matrix.every(Number.isFinite)).toBe(true);
    expect(Math.max(...vectors.matrix.map(Math.abs))).toBeGreaterThan(0.2);
  });
});
