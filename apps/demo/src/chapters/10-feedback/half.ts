// The upper half of what a visitor drew, in the pixels of the model.
import { shrinkDrawing } from '@kk/corpora/digits';
import { INK, inkOf, readStrokes } from '../../figures/sign-strokes.js';
import { shrink } from '../../lab/pixels/shrink.js';
import { PLACES } from '../../lab/pixels/tokens.js';

/** Pixels of the upper half. */
export const HALF = PLACES / 2;

/** @returns the shades of the upper half, shape (98,); none if nothing is drawn there */
export function upperHalf(drawing: string): Uint8Array {
  const ink = shrinkDrawing({ pixels: inkOf(readStrokes(drawing) ?? []), width: INK, height: INK });
  const shades = ink ? shrink(ink).slice(0, HALF) : new Uint8Array(HALF);
  return shades.some((shade) => shade > 0) ? shades : new Uint8Array();
}
