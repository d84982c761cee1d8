import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JoinedTokenRules } from '../src/models/bpe/byte-level/joined-token-rules.js';
import { hasAllBytes, LastMerges } from '../src/models/bpe/byte-level/last-merges.js';
import { LinearEncoder } from '../src/models/bpe/byte-level/linear-encoder.js';
import { mergeByHeap, mergeByScanning } from '../src/models/bpe/merge-piece.js';
import { type MergeRules, NO_RANK } from '../src/models/bpe/merge-rules.js';
import { MergeTable } from '../src/models/bpe/merge-table.js';
import { NOT_FOUND, PieceCache } from '../src/models/bpe/byte-level/piece-cache.js';
import { TokenTable } from '../src/models/bpe/byte-level/token-table.js';
import { traceMerges } from '../src/models/bpe/trace-merges.js';
import { TiedMerges } from '../src/models/bpe/tied-merges.js';

/** The definition, written as plainly as it goes. */
function mergeNaively(symbols: readonly number[], rules: MergeRules): number[] {
  return traceMerges(symbols, rules).at(-1)?.ids ?? [...symbols];
}

/** Merges over the symbols 0 to 2, each making a new symbol, in an order in which nothing is merged before it exists. */
const mergesArbitrary = fc
  .array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 40 })
  .map((pairs) => pairs.map(([left, right], i) => ({ left: left % (3 + i), right: right % (3 + i), result: 3 + i })))
  .map((merges) => {
    const seen = new Set<string>();
    return merges.filter(({ left, right }) => !seen.has(`${left} ${right}`) && seen.add(`${left} ${right}`));
  });

describe('merging a piece', () => {
  it.each([
    ['by scanning', mergeByScanning],
    ['with a heap', mergeByHeap],
  ])('%s follows the definition', (_name, merge) => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 300 }), mergesArbitrary, (symbols, merges) => {
        const rules = new MergeTable(merges);
        const work = Int32Array.from(symbols);
        const length = merge(work, symbols.length, rules);
        expect([...work.subarray(0, length)]).toEqual(mergeNaively(symbols, rules));
      }),
      { numRuns: 500 },
    );
  });

  it('stops where it is told to', () => {
    const rules = new MergeTable([
      { left: 0, right: 0, result: 1 },
      { left: 1, right: 1, result: 2 },
    ]);
    expect(mergeByScanning(Int32Array.of(0, 0, 0, 0), 4, rules, { fewest: 2 })).toBe(2);
    expect(mergeByScanning(Int32Array.of(0, 0, 0, 0), 4, rules)).toBe(1);
  });

  it('stops with a heap after the same merges as by scanning', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 200 }), mergesArbitrary, fc.integer({ min: 1, max: 200 }), (symbols, merges, fewest) => {
        const rules = new MergeTable(merges);
        const [scanned, heaped] = [Int32Array.from(symbols), Int32Array.from(symbols)];
        const length = mergeByScanning(scanned, symbols.length, rules, { fewest });
        expect(mergeByHeap(heaped, symbols.length, rules, { fewest })).toBe(length);
        expect(heaped.subarray(0, length)).toEqual(scanned.subarray(0, length));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out what the caller says, until another merge has taken place', () => {
    const rules = new MergeTable([
      { left: 0, right: 1, result: 3 },
      { left: 1, right: 2, result: 4 },
      { left: 0, right: 4, result: 5 },
    ]);
    const answers = [true, false, false];
    const work = Int32Array.of(0, 1, 2);
    // 0+1 is left out, so 1+2 is merged; then 0+4.
    expect([...work.subarray(0, mergeByHeap(work, 3, rules, { skips: () => answers.shift() as boolean }))]).toEqual([5]);
    expect(mergeByHeap(Int32Array.of(0, 1, 2), 3, rules, { skips: () => true })).toBe(3);
  });
});

describe.each([
  ['by scanning', mergeByScanning],
  ['with a heap', mergeByHeap],
])('an account of what merging %s made of which symbols', (_name, merge) => {
  it('has every token spell the symbols that it is said to be made of', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 120 }), mergesArbitrary, (symbols, merges) => {
        const ids = Int32Array.from(symbols);
        const firsts = new Int32Array(symbols.length);
        const count = merge(ids, symbols.length, new MergeTable(merges), { firsts });
        const spell = (id: number): number[] => (id < 3 ? [id] : [...spell(merges.find(({ result }) => result === id)!.left), ...spell(merges.find(({ result }) => result === id)!.right)]);
        const starts = [...firsts.subarray(0, count), symbols.length];
        expect(starts.slice(1).map((end, i) => symbols.slice(starts[i], end))).toEqual([...ids.subarray(0, count)].map(spell));
      }),
      { numRuns: 500 },
    );
  });

  it('merges the leftmost pair first where merges share a rank', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 48 }), mergesArbitrary, fc.integer({ min: 1, max: 5 }), (symbols, merges, ranks) => {
        const rules = new TiedMerges(new MergeTable(merges), merges.map((_, i) => i % ranks));
        const ids = Int32Array.from(symbols);
        const count = merge(ids, symbols.length, rules);
        expect([...ids.subarray(0, count)]).toEqual(mergeNaively(symbols, rules));
      }),
      { numRuns: 500 },
    );
  });
});

/** 256 bytes, and tokens of the letters a to c, in any order of ranks. */
const vocabularyArbitrary = fc
  .uniqueArray(fc.array(fc.integer({ min: 0x61, max: 0x63 }), { minLength: 2, maxLength: 7 }), { selector: String, maxLength: 40 })
  .map((tokens) => [...Array.from({ length: 256 }, (_, byte) => [byte]), ...tokens]);

function tableOf(tokens: readonly (readonly number[])[]): TokenTable {
  const starts = new Int32Array(tokens.length + 1);
  tokens.forEach((token, id) => (starts[id + 1] = starts[id] + token.length));
  return new TokenTable(Uint8Array.from(tokens.flat()), starts);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer);
const byteIds = Int32Array.from({ length: 256 }, (_, byte) => byte);
const letters = fc.array(fc.integer({ min: 0x61, max: 0x63 }), { minLength: 1, maxLength: 200 });

describe('the linear way', () => {
  it('gives what merging gives, for any list of tokens, or says that it cannot', () => {
    let linear = 0;
    fc.assert(
      fc.property(vocabularyArbitrary, letters, (tokens, text) => {
        const table = tableOf(tokens);
        const rules = new JoinedTokenRules(table);
        const ids = new Int32Array(text.length);
        const count = new LinearEncoder(table, new LastMerges(table, byteIds, rules)).encode(Uint8Array.from(text), viewOf(Uint8Array.from(text)), 0, text.length, ids);
        if (count === -1) return;
        linear++;
        expect([...ids.subarray(0, count)]).toEqual(mergeNaively(text, rules));
      }),
      { numRuns: 1000 },
    );
    expect(linear).toBeGreaterThan(250);
  });

  it('gives what merging gives, for any list of merges that can be learned', () => {
    fc.assert(
      fc.property(mergesArbitrary, fc.array(fc.nat(2), { minLength: 1, maxLength: 200 }), (merges, text) => {
        // Spell the symbols; a merge that leads to a spelling that another one leads to is left out.
        const tokens: number[][] = Array.from({ length: 256 }, (_, byte) => [byte]);
        const idOf = new Map<number, number>([
          [0, 0],
          [1, 1],
          [2, 2],
        ]);
        const spelled = new Set<string>();
        const list = merges.flatMap(({ left, right, result }) => {
          const [leftId, rightId] = [idOf.get(left), idOf.get(right)];
          if (leftId === undefined || rightId === undefined) return [];
          const token = [...tokens[leftId], ...tokens[rightId]];
          if (token.length > 100 || spelled.has(String(token))) return [];
          spelled.add(String(token));
          idOf.set(result, tokens.push(token) - 1);
          return [{ left: leftId, right: rightId, result: tokens.length - 1 }];
        });
        const table = tableOf(tokens);
        const rules = new MergeTable(list);
        const ids = new Int32Array(text.length);
        const count = new LinearEncoder(table, new LastMerges(table, byteIds, rules)).encode(Uint8Array.from(text), viewOf(Uint8Array.from(text)), 0, text.length, ids);
        expect([...ids.subarray(0, count)]).toEqual(mergeNaively(text, rules));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds tokens of every length', () => {
    const tokens = [...Array.from({ length: 256 }, (_, byte) => [byte]), ...Array.from({ length: 99 }, (_, i) => new Array<number>(i + 2).fill(0x61))];
    const table = tableOf(tokens);
    const rules = new JoinedTokenRules(table);
    const encoder = new LinearEncoder(table, new LastMerges(table, byteIds, rules));
    for (let length = 1; length < 320; length += length < 110 ? 1 : 13) {
      const ids = new Int32Array(length);
      const text = new Uint8Array(length).fill(0x61);
      const count = encoder.encode(text, viewOf(text), 0, length, ids);
      expect([...ids.subarray(0, count)]).toEqual(mergeNaively(new Array<number>(length).fill(0x61), rules));
    }
  });
});

describe('LastMerges', () => {
  const tokens = [...Array.from({ length: 256 }, (_, byte) => [byte]), [0x61, 0x62], [0x61, 0x62, 0x63], [0x78, 0x79, 0x7a]];
  const table = tableOf(tokens);
  const lastMerges = new LastMerges(table, byteIds, new JoinedTokenRules(table));

  it('knows what a token was merged from, and which no merge leads to', () => {
    expect(lastMerges.partsOf(257)).toEqual([256, 0x63]);
    expect(lastMerges.partsOf(0x61)).toBeUndefined();
    expect([0x61, 256, 257, 258].map((id) => lastMerges.isReachable(id))).toEqual([true, true, true, false]);
  });

  it('knows who can stand side by side', () => {
    expect(lastMerges.canFollow(0x61, 0x62)).toBe(false);
    expect(lastMerges.canFollow(256, 0x63)).toBe(false);
    expect(lastMerges.canFollow(256, 256)).toBe(true);
    expect(lastMerges.canFollow(0x63, 256)).toBe(true);
  });

  it('sees that every byte is a token', () => {
    expect(hasAllBytes(table, byteIds)).toBe(true);
    expect(hasAllBytes(table, byteIds.map((id) => (id === 7 ? -1 : id)))).toBe(false);
    expect(hasAllBytes(table, byteIds.map((id) => (id === 7 ? 8 : id)))).toBe(false);
  });
});

describe('TokenTable', () => {
  it('finds every token by its bytes and no other', () => {
    fc.assert(
      fc.property(vocabularyArbitrary, letters, (tokens, text) => {
        const table = tableOf(tokens);
        const rules = new JoinedTokenRules(table);
        const ids = new Map(tokens.map((token, id) => [String(token), id]));
        for (let i = 0; i + 1 < text.length; i++) expect(rules.rank(text[i], text[i + 1])).toBe(ids.get(String(text.slice(i, i + 2))) ?? NO_RANK);
        tokens.slice(256).forEach((token, i) => expect(rules.rank(256 + i, text[0])).toBe(ids.get(String([...token, text[0]])) ?? NO_RANK));
      }),
      { numRuns: 100 },
    );
  });

  it('refuses the same bytes twice', () => {
    expect(() => tableOf([[1], [2, 3], [2, 3]])).toThrow('The tokens 1 and 2 have the same bytes');
  });

  it('does not lead to hidden tokens', () => {
    const table = new TokenTable(Uint8Array.of(1, 2), Int32Array.of(0, 1, 2), new Set([1]));
    expect(table.findBytes(Uint8Array.of(1), 1)).toBe(0);
    expect(table.findBytes(Uint8Array.of(2), 2)).toBe(-1);
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
  const encoder = new TextEncoder();
  const viewOf = (piece: string): { view: DataView; length: number } => {
    const bytes = new Uint8Array(piece.length * 3 + 4).fill(0xaa);
    const length = encoder.encodeInto(piece, bytes).written;
    return { view: new DataView(bytes.buffer), length };
  };
  const get = (cache: PieceCache, piece: string): number[] | undefined => {
    const { view, length } = viewOf(piece);
    const place = cache.find(view, 0, length);
    if (place === NOT_FOUND) return undefined;
    return [...cache.entries.subarray(cache.idsAt(place), cache.idsAt(place) + cache.countAt(place))];
  };
  const set = (cache: PieceCache, piece: string, ids: number[]): void => {
    const { view, length } = viewOf(piece);
    cache.find(view, 0, length);
    cache.add(view, 0, length, Int32Array.from(ids), ids.length);
  };

  it('remembers pieces of all lengths, and tells those apart that differ in one byte or in length', () => {
    const cache = new PieceCache();
    const pieces = Array.from({ length: 64 }, (_, i) => 'abcdefghij'.repeat(7).slice(0, i + 1)).flatMap((piece) => [piece, `${piece.slice(0, -1)}\0`, `\0${piece.slice(1)}`]);
    const distinct = [...new Set(pieces)];
    distinct.forEach((piece, i) => expect(get(cache, piece)).toBe(void set(cache, piece, [i, i + 1])));
    distinct.forEach((piece, i) => expect(get(cache, piece)).toEqual([i, i + 1]));
  });

  it('starts anew when it is full, and is right afterwards', () => {
    const cache = new PieceCache();
    let right = 0;
    for (let i = 0; i < 150_000; i++) {
      set(cache, `piece ${i}`, [i]);
      if (get(cache, `piece ${i}`)?.[0] === i) right++;
    }
    expect(right).toBe(150_000);
    expect(get(cache, 'piece 0')).toBeUndefined();
    expect(get(cache, 'piece 149000')).toEqual([149_000]);
    expect(cache.entries.length).toBeLessThanOrEqual(2 ** 20);
  });

  it('does not keep long pieces, nor many ids', () => {
    const cache = new PieceCache();
    set(cache, 'x'.repeat(65), [1]);
    set(cache, 'y', new Array<number>(33).fill(1));
    expect(get(cache, 'x'.repeat(65))).toBeUndefined();
    expect(get(cache, 'y')).toBeUndefined();
  });
});
