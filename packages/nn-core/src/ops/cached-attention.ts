// Computes attention with a cache that holds several sequences, for generation. New positions of any number of sequences come side by side
// as rows, however many each has: nothing is padded.
import { checkOptions, describe, type OptionNames } from '@kk/options';
import type { Engine } from '../core/engine.js';
import { expectEngine } from '../core/expect.js';
import { formatShape } from '../core/shape.js';
import { Tensor } from '../core/tensor.js';
import { type AttentionOptions, reachOf, sideBySide } from './shared/attention-options.js';
import { expectFloat } from './shared/check.js';

/** Neighbouring rows that continue one sequence. */
export interface CacheRun {
  /** Which sequence of the cache, from 0. */
  readonly sequence: number;
  /** How many of its positions the cache holds already. */
  readonly past: number;
  /** How many rows are new. */
  readonly count: number;
}

/** Where new rows belong in a cache: made once, and used by all layers. */
export interface CachePlaces {
  readonly runs: readonly CacheRun[];
  readonly sequences: number;
  readonly capacity: number;
  /** All new rows together. */
  readonly rows: number;
  /** int32 (rows, 2): the first row of the sequence in the cache, and the position. */
  readonly table: Tensor;
  /** int32 (1, rows): the positions alone, for embeddings and `rotaryEmbedding`. */
  readonly positions: Tensor;
}

const placesOptions: OptionNames<{ sequences: number; capacity: number }> = { sequences: 'required', capacity: 'required' };

/**
 * Says where the rows of a call belong, one run of rows after the other.
 * @param options the sizes of the cache: how many sequences it has, and positions for each
 * @throws RangeError when a sequence comes twice or does not exist, or its positions do not fit
 */
export function cachePlaces(engine: Engine, runs: readonly CacheRun[], options: { sequences: number; capacity: number }): CachePlaces {
  expectEngine('cachePlaces', engine);
  checkOptions('cachePlaces', options, placesOptions);
  const { sequences, capacity } = options;
  const seen = new Set<number>();
  const table: number[] = [];
  for (const { sequence, past, count } of runs) {
    if (!Number.isInteger(sequence) || sequence < 0 || sequence >= sequences) throw new RangeError(`cachePlaces: there is no sequence ${sequence}; the cache has the sequences 0 to ${sequences - 1}.`);
    if (seen.has(sequence)) throw new RangeError(`cachePlaces: sequence ${sequence} comes twice: give all its new rows in one run.`);
    seen.add(sequence);
    if (!Number.isInteger(past) || past < 0) throw new RangeError(`cachePlaces: past is ${past}; expected how many positions the cache holds, a whole number of 0 or more.`);
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`cachePlaces: count is ${count}; expected how many rows are new, a whole number of 1 or more.`);
    if (past + count > capacity) throw new RangeError(`cachePlaces: ${past} positions of sequence ${sequence} are cached and ${count} are new, but the cache holds ${capacity}.`);
    for (let i = 0; i < count; i++) table.push(sequence * capacity, past + i);
  }
  const rows = table.length / 2;
  return {
    runs, sequences, capacity, rows,
    table: engine.tensor(Int32Array.from(table), [rows, 2], 'int32'),
    positions: engine.tensor(Int32Array.from({ length: rows }, (_, row) => table[2 * row + 1]!), [1, rows], 'int32'),
  };
}

/** What `cachedAttention` takes: it is always causal. */
export type CachedAttentionOptions = Pick<AttentionOptions, 'heads' | 'keyValueHeads' | 'window' | 'alibiSlopes'> & {
  /** Only true, which is what it is anyway: so that the options of `selfAttention` can be given here. */
  causal?: boolean;
};

const cachedAttentionOptions: OptionNames<CachedAttentionOptions> = { heads: 'required', keyValueHeads: 'optional', causal: 'flag', window: 'optional', alibiSlopes: 'optional' };

/**
 * Causal self-attention of new positions to themselves and to what the cache holds of their sequence; appends their keys and values to it.
 * A sequence gets the same bits in any company. No gradient.
 * @param qkv (1, rows, (heads + 2 * keyValueHeads) * headSize) of the new positions, as for `selfAttention`, run after run
 * @param cache (sequences, capacity, 2 * keyValueHeads * headSize): of each position all heads of keys, then those of values
 * @param places of `cachePlaces`
 * @returns (1, rows, heads * headSize)
 * @throws RangeError when the shapes do not fit each other
 */
export function cachedAttention(qkv: Tensor, cache: Tensor, places: CachePlaces, options: CachedAttentionOptions): Tensor {
  checkOptions('cachedAttention', options, cachedAttentionOptions);
  if (!(options.causal ?? true)) throw new RangeError('cachedAttention: causal is false; new positions cannot be seen by those that were computed before: leave it out.');
  const sizes = sideBySide('cachedAttention', qkv, options);
  const { heads, keyValueHeads, headSize } = sizes;
  if (!((places as Partial<CachePlaces> | undefined)?.table instanceof Tensor)) throw new TypeError(`cachedAttention got ${describe(places)} as its places: make them with cachePlaces().`);
  const { runs, sequences, capacity, rows, table } = places;
  const width = 2 * keyValueHeads * headSize;
  expectFloat('cachedAttention', cache);
  expectCache('cachedAttention', cache, [sequences, capacity, width]);
  if (sizes.batch !== 1 || sizes.time !== rows) throw new RangeError(`cachedAttention: the places are for ${rows} rows, so query, key and value must be (1, ${rows}, ...); got ${formatShape(qkv.shape)}.`);
  const { alibiSlopes } = options;
  if (alibiSlopes) expectFloat('cachedAttention', alibiSlopes);
  if (alibiSlopes && alibiSlopes.size !== heads) throw new RangeError(`cachedAttention: alibiSlopes must be (${heads}), one for each head; got ${formatShape(alibiSlopes.shape)}.`);
  const longest = runs.reduce((most, { past, count }) => Math.max(most, past + count), 0);
  const [behind] = reachOf('cachedAttention', { ...sizes, keyTime: longest }, options);
  const { engine } = qkv;
  const columns = qkv.shape[2]!;
  let row = 0;
  for (const { sequence, past, count } of runs) {
    engine.run('copyRows', [qkv, cache], [count, width, rows, columns, row, heads * headSize, sequences * capacity, sequence * capacity + past]);
    row += count;
  }
  const y = engine.allocate([1, rows, heads * headSize], qkv.dtype);
  engine.run('cachedAttention', [qkv, cache, table, alibiSlopes ?? null, y], [rows, sequences * capacity, longest, heads, keyValueHeads, headSize, behind]);
  return y;
}

/**
 * Overwrites positions of one sequence of a cache, from `position` on. No gradient.
 * @param entries (1, count, width)
 * @param cache (sequences, capacity, width)
 * @throws RangeError when the positions are not in the cache
 */
export function writeCache(entries: Tensor, cache: Tensor, sequence: number, position: number): void {
  expectFloat('writeCache', entries, cache);
  const [sequences, capacity, width] = cache.shape as [number, number, number];
  const count = entries.shape[1]!;
  expectCache('writeCache', entries, [1, count, width]);
  if (!Number.isInteger(sequence) || sequence < 0 || sequence >= sequences) throw new RangeError(`writeCache: there is no sequence ${sequence}; the cache has the sequences 0 to ${sequences - 1}.`);
  if (!Number.isInteger(position) || position < 0 || position + count > capacity) throw new RangeError(`writeCache: ${count} positions from ${describe(position)} on are not in the cache, which holds ${capacity}.`);
  entries.engine.run('copyRows', [entries, cache], [count, width, count, width, 0, 0, sequences * capacity, sequence * capacity + position]);
}

function expectCache(operation: string, tensor: Tensor, expected: readonly number[]): void {
  if (formatShape(tensor.shape) !== formatShape(expected)) throw new RangeError(`${operation}: expected ${formatShape(expected)}, which is sequences, positions, and keys and values side by side; got ${formatShape(tensor.shape)}.`);
}
