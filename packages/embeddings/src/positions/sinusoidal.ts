// Fixed position embeddings of sines and cosines, as in the first transformer.
import { checkWhole, type PositionPlot } from './position-plot.js';

/**
 * The fixed position embeddings of the first transformer (Vaswani et al. 2017, section 3.5): pairs of sine and cosine with wavelengths from
 * 2 pi to 10000 * 2 pi. With the position p and the pair i:
 *
 *     table[p, 2 i]     = sin(p / 10000^(2 i / width))
 *     table[p, 2 i + 1] = cos(p / 10000^(2 i / width))
 *
 * @param length how many positions, 0 or more
 * @param width numbers per position, even
 * @returns row-major numbers, shape (length, width)
 * @throws RangeError when the width is odd or one of them is no whole number
 */
export function sinusoidalPositions(length: number, width: number): Float32Array {
  checkWhole('sinusoidalPositions', 'length', length, 0);
  checkWhole('sinusoidalPositions', 'width', width, 2, true);
  const table = new Float32Array(length * width);
  for (let position = 0; position < length; position++) {
    for (let pair = 0; pair < width / 2; pair++) {
      const angle = position / 10000 ** ((2 * pair) / width);
      table[position * width + 2 * pair] = Math.sin(angle);
      table[position * width + 2 * pair + 1] = Math.cos(angle);
    }
  }
  return table;
}

/** The table itself: waves that become longer from left to right. */
export function sinusoidalPlot(length: number, width: number): PositionPlot {
  return { rowName: 'position', columnName: 'dimension', valueName: 'value', rows: length, columns: width, values: sinusoidalPositions(length, width), range: [-1, 1] };
}
