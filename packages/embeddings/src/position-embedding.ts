// Position embeddings: one vector for each position in the context, learned or computed.
import { Embedding, slice, type Tensor } from '@kk/nn-core';

/** Learned position embeddings, as in GPT-2: row i is for position i. */
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
 * The fixed position embeddings of the first transformer (Vaswani et al. 2017, section 3.5): pairs of sine and cosine with wavelengths from
 * 2 pi to 10000 * 2 pi.
 * @returns row-major numbers, shape (length, width)
 */
export function sinusoidalPositions(length: number, width: number): Float32Array {
  if (!Number.isInteger(width) || width % 2 !== 0) throw new RangeError(`sinusoidalPositions: width ${width} must be an even whole number, since sines and cosines come in pairs.`);
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
