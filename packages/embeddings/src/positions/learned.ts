// Learned position embeddings, as in GPT-2.
import { Embedding, slice, type Tensor } from '@kk/nn-core';
import { dotProduct, toUnit } from '../questions/cosine.js';
import type { PositionPlot } from './position-plot.js';

/**
 * Learned position embeddings (Gehring et al. 2017; GPT-2): a table of parameters whose row p is added to the token at position p.
 *
 *     x[p] = tokens[id[p]] + table[p]
 */
export class PositionEmbedding extends Embedding {
  /**
   * The vectors of `count` positions from `start` on.
   * @returns (count, width)
   * @throws RangeError when a position is beyond the table
   */
  at(start: number, count: number): Tensor {
    const [rows] = this.weight.shape as [number, number];
    if (start + count > rows) {
      throw new RangeError(`Positions ${start} to ${start + count - 1} were asked for, but there are only ${rows}: shorten the input to the context length.`);
    }
    return start === 0 && count === rows ? this.weight : slice(this.weight, 0, start, count);
  }
}

/**
 * The cosine between each two positions of a learned table (of sinusoidal ones, too): after training, near positions are alike.
 * @param table (positions, width) row by row, such as `await embedding.weight.data()`
 * @throws RangeError when the table does not consist of such rows
 */
export function learnedPlot(table: ArrayLike<number>, width: number): PositionPlot {
  if (!Number.isSafeInteger(width) || width < 1 || table.length % width !== 0) throw new RangeError(`learnedPlot: a table of ${table.length} numbers does not consist of rows of ${String(width)}.`);
  const units = Array.from({ length: table.length / width }, (_, position) => toUnit(Array.from({ length: width }, (_, i) => table[position * width + i])));
  const values = Float32Array.from(units.flatMap((a) => units.map((b) => dotProduct(a, b))));
  return { rowName: 'position', columnName: 'position', valueName: 'cosine', rows: units.length, columns: units.length, values, range: [-1, 1] };
}
