// Rotary positions: angles by which pairs of numbers in queries and keys are turned. Only the table is here; `rotaryEmbedding` of @kk/nn-core
// turns with it, in the attention.
import { checkWhole, type PositionPlot } from './position-plot.js';

export interface RotaryOptions {
  /** Default 10,000; models for long contexts take more (Llama 3: 500,000). */
  base?: number;
}

/**
 * The angles of rotary position embeddings (Su et al. 2021, equation 15). With the position p and the pair i:
 *
 *     angle[p, i] = p * base^(-2 i / dimension)
 *     (a, b) becomes (a cos angle - b sin angle, a sin angle + b cos angle)
 *
 * The product of a query and a key that were turned depends on how far apart they are, and not on where they are.
 * @param dimension numbers per head that turn, even
 * @returns (length, dimension / 2) row by row, in radians. Their cosines and sines are what `rotaryTable` of @kk/nn-core holds
 * @throws RangeError when the dimension is odd, or the base not above 0
 */
export function rotaryAngles(length: number, dimension: number, { base = 10_000 }: RotaryOptions = {}): Float64Array {
  checkWhole('rotaryAngles', 'length', length, 0);
  checkWhole('rotaryAngles', 'dimension', dimension, 2, true);
  if (!(base > 0 && base < Infinity)) throw new RangeError(`rotaryAngles: base is ${String(base)}; expected a number above 0.`);
  const pairs = dimension / 2;
  return Float64Array.from({ length: length * pairs }, (_, at) => Math.floor(at / pairs) * base ** (-(at % pairs) / pairs));
}

/** How each pair turns: the cosine of its angle at each position. The first pairs are fast hands of a clock, the last ones slow. */
export function rotaryPlot(length: number, dimension: number, options: RotaryOptions = {}): PositionPlot {
  const pairs = dimension / 2;
  const angles = rotaryAngles(length, dimension, options);
  const values = Float32Array.from({ length: length * pairs }, (_, at) => Math.cos(angles[(at % length) * pairs + Math.floor(at / length)]));
  return { rowName: 'pair', columnName: 'position', valueName: 'cosine of the angle', rows: pairs, columns: length, values, range: [-1, 1] };
}

/**
 * How much a query and a key can agree at a distance: the mean of |S_j|, where S_j adds the first j pairs turned by the distance, divided by
 * its value at distance 0 (Su et al. 2021, section 3.4.3: the long-term decay).
 * @returns one row of `length` distances, from 1 down
 */
export function rotaryDecayPlot(length: number, dimension: number, options: RotaryOptions = {}): PositionPlot {
  const pairs = dimension / 2;
  const angles = rotaryAngles(length, dimension, options);
  const sums = Array.from({ length }, (_, distance) => {
    let [real, imaginary, total] = [0, 0, 0];
    for (let pair = 0; pair < pairs; pair++) {
      real += Math.cos(angles[distance * pairs + pair]);
      imaginary += Math.sin(angles[distance * pairs + pair]);
      total += Math.hypot(real, imaginary);
    }
    return total;
  });
  return { rowName: 'bound', columnName: 'distance', valueName: 'share of the bound at distance 0', rows: 1, columns: length, values: Float32Array.from(sums, (sum) => sum / sums[0]), range: [0, 1] };
}
