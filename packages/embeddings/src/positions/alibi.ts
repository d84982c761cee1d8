// Makes the picture of ALiBi, attention with linear biases: what each head subtracts from its scores. The slopes are those of `@kk/attention`.
import { alibiSlopes } from '@kk/attention';
import { checkWhole, type PositionPlot } from './position-plot.js';

/**
 * The bias of each head by distance (Press, Smith and Lewis 2022): steep heads look near, flat ones far.
 * @param length how many distances, from 0 on; 1 or more
 * @param heads 1 or more
 */
export function alibiPlot(length: number, heads: number): PositionPlot {
  checkWhole('alibiPlot', 'length', length, 1);
  const slopes = alibiSlopes(heads);
  const values = Float32Array.from({ length: heads * length }, (_, at) => -slopes[Math.floor(at / length)] * (at % length) + 0);
  return { rowName: 'head', columnName: 'distance', valueName: 'bias', rows: heads, columns: length, values, range: [-slopes[0] * (length - 1) + 0, 0] };
}
