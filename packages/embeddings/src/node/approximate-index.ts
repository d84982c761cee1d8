// An approximate search for neighbours in tables of millions of rows: a graph in which each row knows some near ones (HNSW), by the library
// usearch, whose binary for this platform npm brings along. What it finds is ranked again by exact cosines.
//
// Below a million rows the exact search of neighbour-search.ts takes some milliseconds and is ready at once: prefer it there.
//
// Source: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small world graphs", 2018.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { cosineSimilarity } from '../questions/cosine.js';
import type { Neighbour } from '../questions/neighbour-search.js';
import type * as UsearchModule from 'usearch';

export interface ApproximateOptions {
  /** How many near rows each one knows, from 2; default 16. More: better answers, more memory. */
  connectivity?: number;
  /** How many candidates are followed while the graph is made; default 128. */
  effort?: number;
  /** How many are followed while it is asked; default 64. More: better answers, more time. */
  searchEffort?: number;
  /** Threads that make the graph; default 1, which gives the same graph each time. 0 are all processors. */
  threads?: number;
  /** Called after each 10,000 rows. */
  onProgress?: (rows: number, total: number) => void;
  /** Stops the making of the graph; the signal's reason is thrown. */
  signal?: AbortSignal;
}

type Usearch = typeof UsearchModule;

const BATCH = 10_000;

const approximateOptionNames: OptionNames<ApproximateOptions> = { connectivity: 'optional', effort: 'optional', searchEffort: 'optional', threads: 'optional', onProgress: 'optional', signal: 'optional' };

export class ApproximateIndex {
  readonly rows: number;
  readonly width: number;
  readonly #matrix: Float32Array;
  readonly #index: UsearchModule.Index;

  private constructor(matrix: Float32Array, width: number, index: UsearchModule.Index) {
    this.rows = matrix.length / width;
    this.width = width;
    this.#matrix = matrix;
    this.#index = index;
  }

  /**
   * @param matrix (rows, width) row by row; not copied, but the graph has a copy
   * @throws Error when usearch is not installed; RangeError when the length is no multiple of the width
   */
  static async create(matrix: Float32Array, width: number, options: ApproximateOptions = {}): Promise<ApproximateIndex> {
    checkOptions('ApproximateIndex.create', options, approximateOptionNames);
    if (!Number.isSafeInteger(width) || width < 1 || matrix.length % width !== 0) throw new RangeError(`ApproximateIndex: a table of ${matrix.length} numbers does not consist of rows of ${String(width)}.`);
    const { connectivity = 16, effort = 128, searchEffort = 64, threads = 1, onProgress, signal } = options;
    const { Index: UsearchIndex, MetricKind, ScalarKind } = await loadUsearch();
    const index = new UsearchIndex({ dimensions: width, metric: MetricKind.Cos, quantization: ScalarKind.F32, connectivity, expansion_add: effort, expansion_search: searchEffort, multi: false });
    const rows = matrix.length / width;
    for (let from = 0; from < rows; from += BATCH) {
      signal?.throwIfAborted();
      const to = Math.min(rows, from + BATCH);
      index.add(BigUint64Array.from({ length: to - from }, (_, i) => BigInt(from + i)), matrix.subarray(from * width, to * width), threads);
      onProgress?.(to, rows);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return new ApproximateIndex(matrix, width, index);
  }

  /** Rows that are probably the nearest, best first, with their exact cosines. `exclude`: rows that are left out. */
  nearest(vector: ArrayLike<number>, count: number, options: { exclude?: Iterable<number> } = {}): Neighbour[] {
    checkOptions<{ exclude?: Iterable<number> }>('ApproximateIndex.nearest', options, { exclude: 'optional' });
    const { exclude = [] } = options;
    if (vector.length !== this.width) throw new RangeError(`ApproximateIndex: the vector has ${vector.length} numbers; the rows have ${this.width}.`);
    const left = new Set(exclude);
    const wanted = Math.min(this.rows, count + left.size);
    if (wanted === 0) return [];
    const { keys } = this.#index.search(Float32Array.from(vector), wanted, 1);
    return Array.from(keys, Number)
      .filter((id) => !left.has(id))
      .map((id) => ({ id, similarity: cosineSimilarity(this.#matrix.subarray(id * this.width, (id + 1) * this.width), vector) }))
      .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
      .slice(0, count);
  }
}

async function loadUsearch(): Promise<Usearch> {
  try {
    return await import('usearch');
  } catch (cause) {
    throw new Error('ApproximateIndex: usearch is not installed, or not for this platform; run `npm install usearch`, or use NeighbourSearch, which is exact.', { cause });
  }
}
