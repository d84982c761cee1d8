// The work of the measurement of digits, for both sides: 10,000 drawings of 28 x 28 pixels once through a network 784-128-10, in batches of
// 64, and 1,000 others to see that it has learned.
import { digitSigns, drawingInput, drawSigns } from '@kk/corpora/digits';

export const batchSize = 64;
export const hidden = 128;
export const pixels = 784;
export const classes = 10;
export const learningRate = 0.002;

/** @returns {{ x: Float32Array, labels: Int32Array, count: number }} the drawings of a seed, from 0 to 1, row after row */
export function drawings(seed, count) {
  const drawn = drawSigns(digitSigns, { seed, count, slant: [0, 0.4], noise: 0.1 });
  const x = new Float32Array(count * pixels);
  for (let i = 0; i < count; i++) drawingInput(drawn, i, x.subarray(i * pixels, (i + 1) * pixels));
  return { x, labels: Int32Array.from(drawn.labels), count };
}

export const training = () => drawings(1, 10_000);
export const heldOut = () => drawings(2, 1000);

/** @returns {number} how many of the rows have their greatest number at their label */
export function right(logits, labels) {
  let count = 0;
  for (let row = 0; row < labels.length; row++) {
    const numbers = logits.subarray(row * classes, (row + 1) * classes);
    if (numbers.indexOf(Math.max(...numbers)) === labels[row]) count++;
  }
  return count;
}
