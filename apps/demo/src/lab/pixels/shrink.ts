// Drawings of 28 x 28 pixels, as chapter 4 has them, in fewer and coarser ones; and back, for the network that reads them.
import { GREYS, PLACES, SIDE } from './tokens.js';

/** Pixels of a row of the large drawing. */
export const LARGE = 2 * SIDE;
/** Where four pixels become one, thin lines become pale; so the shades are made darker again. */
const DARKER = 1.3;

/**
 * Each pixel is the mean of four, somewhat darker.
 * @param ink  from 0 to 1, shape (28, 28)
 * @returns shades from 0 to 3, shape (14, 14)
 */
export function shrink(ink: ArrayLike<number>, out = new Uint8Array(PLACES)): Uint8Array {
  for (let i = 0; i < PLACES; i++) {
    const at = 2 * LARGE * Math.floor(i / SIDE) + 2 * (i % SIDE);
    out[i] = Math.min(GREYS - 1, Math.round((DARKER * (GREYS - 1) * (ink[at] + ink[at + 1] + ink[at + LARGE] + ink[at + LARGE + 1])) / 4));
  }
  return out;
}

/**
 * Each pixel becomes four.
 * @param shades  from 0 to 3, shape (14, 14)
 * @returns ink from 0 to 1, shape (28, 28)
 */
export function enlarge(shades: ArrayLike<number>, out = new Float32Array(LARGE * LARGE)): Float32Array {
  for (let i = 0; i < out.length; i++) out[i] = shades[SIDE * Math.floor(i / LARGE / 2) + Math.floor((i % LARGE) / 2)] / (GREYS - 1);
  return out;
}
