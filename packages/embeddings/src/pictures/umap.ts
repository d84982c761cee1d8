// UMAP, by the library umap-js: a map on which near points stay near; how far apart groups are means little. Seeded.
//
// Source: McInnes, Healy and Melville, "UMAP: uniform manifold approximation and projection for dimension reduction", 2018.
import { checkOptions, Random, type OptionNames } from '@kk/nn-core';
import { countRows, joinRows, pause, rowsOf } from './rows-of.js';

export interface MapOptions {
  /** Of the map; default 2. */
  dimensions?: number;
  /** Default 0. The same seed gives the same map. */
  seed?: number;
  /** How far apart two points are: by the angle between them ('cosine', the default) or by their distance. */
  metric?: 'cosine' | 'euclidean';
  /** Called after each step with the points so far, (rows, dimensions) row by row. */
  onProgress?: (step: number, steps: number, points: Float32Array) => void;
  /** Stops; the signal's reason is thrown. */
  signal?: AbortSignal;
}

export interface UmapOptions extends MapOptions {
  /** How many near points each one holds on to; default 15, at most rows - 1. More: more of the whole, less of the detail. */
  neighbours?: number;
  /** How near points may come to each other on the map; default 0.1. */
  minimumDistance?: number;
  /** Default: 500 for up to 2,500 points, fewer for more. */
  steps?: number;
}

const umapOptionNames: OptionNames<UmapOptions> = { neighbours: 'optional', minimumDistance: 'optional', steps: 'optional', dimensions: 'optional', seed: 'optional', metric: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * @param matrix (rows, width) row by row, finite, three rows or more
 * @returns (rows, dimensions) row by row
 * @throws RangeError when the table is something else
 */
export async function umapMap(matrix: ArrayLike<number>, width: number, options: UmapOptions = {}): Promise<Float32Array> {
  checkOptions('umapMap', options, umapOptionNames);
  const { dimensions = 2, seed = 0, metric = 'cosine', neighbours = 15, minimumDistance = 0.1, steps, onProgress, signal } = options;
  const rows = countRows('umapMap', matrix, width, 3);
  signal?.throwIfAborted();
  const { UMAP } = await import('umap-js');
  const random = new Random(seed);
  const umap = new UMAP({ nComponents: dimensions, nNeighbors: Math.min(neighbours, rows - 1), minDist: minimumDistance, ...(steps !== undefined && { nEpochs: steps }), random: () => random.uniform() });
  const total = umap.initializeFit(rowsOf(matrix, width, metric));
  for (let step = 1; step <= total; step++) {
    umap.step();
    onProgress?.(step, total, joinRows(umap.getEmbedding(), dimensions));
    if (step % 10 === 0) await pause();
    signal?.throwIfAborted();
  }
  return joinRows(umap.getEmbedding(), dimensions);
}
