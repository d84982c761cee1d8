// Turns, slants and scales points, with sine and cosine of our own: engines round Math.sin and Math.cos differently in the last place,
// and the same seed must give the same pixels everywhere.

import type { Point } from './curve.js';

/** How a sign lies in the picture. */
export interface Placement {
  /** Pixels per unit of the grid of signs, in each direction. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Pixels that the sign leans to the right for each pixel of height. */
  readonly slant: number;
  /** Degrees, clockwise, from -90 to 90. */
  readonly rotation: number;
  /** Where the centre of the grid, (50, 50), is in the picture, in pixels. */
  readonly centreX: number;
  readonly centreY: number;
}

/** @returns a function from the grid of signs to pixels: scale, then slant, then turn, then shift */
export function placing({ scaleX, scaleY, slant, rotation, centreX, centreY }: Placement): (point: Point) => Point {
  const radians = (rotation * Math.PI) / 180;
  const sin = sine(radians);
  const cos = cosine(radians);
  return (point) => {
    const y = (point.y - 50) * scaleY;
    const x = (point.x - 50) * scaleX - slant * y;
    return { x: centreX + x * cos - y * sin, y: centreY + x * sin + y * cos };
  };
}

/** The Taylor series of the sine in Horner's form up to x^15. Error below 1e-8 for angles from -pi/2 to pi/2. */
export function sine(x: number): number {
  return x * horner(x * x, [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800, -1 / 1307674368000]);
}

/** The Taylor series of the cosine in Horner's form up to x^16. Error below 1e-8 for angles from -pi/2 to pi/2. */
export function cosine(x: number): number {
  return horner(x * x, [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600, -1 / 87178291200, 1 / 20922789888000]);
}

function horner(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
