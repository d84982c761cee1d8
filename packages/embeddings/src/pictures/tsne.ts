// t-SNE, by the library @keckelt/tsne: a map on which near points stay near; distances between groups and sizes of groups mean nothing. Seeded.
// It looks at all pairs of points: a thousand take seconds, more than some thousands are for UMAP.
//
// Source: van der Maaten and Hinton, "Visualizing data using t-SNE", 2008.
import { checkOptions, Random, type OptionNames } from '@kk/nn-core';
import { countRows, joinRows, pause, rowsOf } from './rows-of.js';
import type { MapOptions } from './umap.js';

export interface TsneOptions extends MapOptions {
  /** About how many near points each one holds on to; default 30, at most (rows - 1) / 3. */
  perplexity?: number;
  /** Default 10. */
  learningRate?: number;
  /** Default 500. */
  steps?: number;
}

const tsneOptionNames: OptionNames<TsneOptions> = { perplexity: 'optional', learningRate: 'optional', steps: 'optional', dimensions: 'optional', seed: 'optional', metric: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * @param matrix (rows, width) row by row, finite, four rows or more
 * @returns (rows, dimensions) row by row
 * @throws RangeError when the table is something else
 */
export async function tsneMap(matrix: ArrayLike<number>, width: number, options: TsneOptions = {}): Promise<Float32Array> {
  checkOptions('tsneMap', options, tsneOptionNames);
  const { dimensions = 2, seed = 0, metric = 'cosine', perplexity = 30, learningRate = 10, steps = 500, onProgress, signal } = options;
  const rows = countRows('tsneMap', matrix, width, 4);
  signal?.throwIfAborted();
  const { TSNE } = await import('@keckelt/tsne');
  const random = new Random(seed);
  /** The library draws from Math.random; this draws from the seed. */
  class SeededTsne extends TSNE {
    override gaussRandom(): number {
      return random.normal();
    }
  }
  const tsne = new SeededTsne({ dim: dimensions, perplexity: Math.min(perplexity, (rows - 1) / 3), epsilon: learningRate });
  tsne.initDataRaw(rowsOf(matrix, width, metric));
  const points = (): Float32Array => joinRows((tsne.getSolution() as ArrayLike<number>[]).map((row) => Array.from(row)), dimensions);
  for (let step = 1; step <= steps; step++) {
    tsne.step();
    onProgress?.(step, steps, points());
    if (step % 10 === 0) await pause();
    signal?.throwIfAborted();
  }
  return points();
}
