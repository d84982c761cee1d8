// Drawings as a network gets them: chosen by chance, and moved by up to a pixel, so that it learns shapes and not places.
import type { Drawings } from '@kk/corpora/digits';
import type { Random } from '@kk/nn-core';
import { PIXELS } from './sizes.js';

const SIZE = 28;

/** Puts a drawing into `out`, moved by whole pixels; what leaves the picture is cut off. */
export function moveInto(out: Float32Array, { pixels }: Drawings, index: number, right: number, down: number): void {
  out.fill(0);
  for (let y = Math.max(0, down); y < Math.min(SIZE, SIZE + down); y++) {
    for (let x = Math.max(0, right); x < Math.min(SIZE, SIZE + right); x++) out[y * SIZE + x] = pixels[index * PIXELS + (y - down) * SIZE + x - right] / 255;
  }
}

/**
 * Fills a batch.
 * @param count  of the first so many drawings
 * @param x  (size, 784)
 * @param labels  (size,)
 */
export function fillBatch({ x, labels }: { x: Float32Array; labels: Int32Array }, drawings: Drawings, count: number, random: Random): void {
  for (let i = 0; i < labels.length; i++) {
    const index = random.integer(count);
    labels[i] = drawings.labels[index];
    moveInto(x.subarray(i * PIXELS, (i + 1) * PIXELS), drawings, index, random.integer(3) - 1, random.integer(3) - 1);
  }
}
