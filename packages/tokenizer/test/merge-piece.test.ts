import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_SCAN, mergeByHeap, mergeByScanning } from '../src/byte-pair/merge-piece';
import { type Merge, MergeTable, NO_RANK } from '../src/byte-pair/merge-table';
import { PieceCache } from '../src/byte-pair/piece-cache';

/** The definition, word for word: find the pair with the lowest rank, leftmost first, merge it, start again. */
function mergeNaively(symbols: readonly number[], merges: readonly Merge[]): number[] {
  const result = [...symbols];
  for (;;) {
    const rankAt = (i: number): number => merges.findIndex(({ left, right }) => left === result[i] && right === result[i + 1]);
    const places = result.map((_, i) => i).filter((i) => rankAt(i) >= 0);
    if (places.length === 0) return result;
    const best = places.reduce((a, b) => (rankAt(b) < rankAt(a) ? b : a));
    result.splice(best, 2, merges[rankAt(best)].result);
  }
}

/** Merges over the symbols 0, 1, 2: each joins two earlier symbols into the next new one. */
const mergesArbitrary = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((pairs) => {
  const seen = new Set<string>();
  return pairs
    .map(([left, right], rank) => ({ left: left % (3 + rank), right: right % (3 + rank), result: 3 + rank }))
    .filter(({ left, right }) => !seen.has(`${left} ${right}`) && seen.add(`${left} ${right}`));
});

describe('merging a piece', () => {
  it.each([
    ['by scanning', mergeByScanning],
    ['with a heap', mergeByHeap],
  ])('%s follows the definition', (_name, merge) => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: LONGEST_SCAN }), mergesArbitrary, (symbols, merges) => {
        const work = Int32Array.from(symbols);
        const length = merge(work, symbols.length, new MergeTable(merges));
        expect([...work.subarray(0, length)]).toEqual(mergeNaively(symbols, merges));
      }),
      { numRuns: 500 },
    );
  });
});

describe('MergeTable', () => {
  it('finds every pair and no other', () => {
    const merges = Array.from({ length: 5000 }, (_, rank) => ({ left: rank % 71, right: Math.floor(rank / 71) * 65_536, result: rank }));
    const table = new MergeTable(merges);
    merges.forEach(({ left, right }, rank) => expect(table.rank(left, right)).toBe(rank));
    expect(table.rank(71, 0)).toBe(NO_RANK);
    expect(new MergeTable([]).rank(0, 0)).toBe(NO_RANK);
  });
});

describe('PieceCache', () => {
  it('remembers recent and used pieces, and forgets the others', () => {
    const cache = new PieceCache();
    cache.set('first', [1]);
    cache.set('used', [2]);
    for (let i = 0; i < 100_000; i++) {
      cache.set(`piece ${i}`, [i]);
      if (i % 1000 === 0) expect(cache.get('used')).toEqual([2]);
    }
    expect(cache.get('first')).toBeUndefined();
    expect(cache.get('piece 99999')).toEqual([99_999]);
  });

  it('does not keep long pieces', () => {
    const cache = new PieceCache();
    cache.set('x'.repeat(1000), [1]);
    expect(cache.get('x'.repeat(1000))).toBeUndefined();
  });
});
