// Drawings with their labels: what the generator makes, files hold, and networks learn from.

/** Pixels in a row and rows in a drawing, as in MNIST. */
export const drawingSize = 28;
/** Pixels in a drawing. */
export const drawingPixels = drawingSize * drawingSize;

/** Drawings one after the other, each with the sign that it shows. */
export interface Drawings {
  /** Grey from 0 (paper) to 255 (ink), row by row. Shape (count, 28, 28). */
  readonly pixels: Uint8Array;
  /** The place in `signs` of the sign that each drawing shows. Shape (count,). */
  readonly labels: Uint8Array;
  /** The different signs, such as `'0'` to `'9'`. At most 256. */
  readonly signs: readonly string[];
}

/**
 * The pixels of one drawing, from 0 to 1, as a network takes them.
 *
 * @param index from 0 to the number of drawings - 1
 * @param out where to put them: length 784 or more; a new array when absent
 * @throws RangeError if there is no such drawing, or `out` is too short
 */
export function drawingInput({ pixels, labels }: Drawings, index: number, out: Float32Array = new Float32Array(drawingPixels)): Float32Array {
  if (!Number.isInteger(index) || index < 0 || index >= labels.length) throw new RangeError(`there is no drawing ${String(index)}: expected 0 to ${labels.length - 1}`);
  if (out.length < drawingPixels) throw new RangeError(`out has ${out.length} numbers: a drawing needs ${drawingPixels}`);
  for (let i = 0; i < drawingPixels; i++) out[i] = pixels[index * drawingPixels + i] / 255;
  return out;
}
