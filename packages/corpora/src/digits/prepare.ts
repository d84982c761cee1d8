// Prepares a drawing of any size for a network, as the authors of MNIST prepared theirs: crop to the ink, scale to fit into 20 x 20 pixels
// with the same ratio of width to height, put its centre of mass into the middle of 28 x 28 pixels. A canvas uses the same functions.
//
// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", and LeCun et al., "Gradient-based learning applied to
// document recognition", 1998, section III.A.

import { checkOptions } from '@kk/options';
import { drawingPixels, drawingSize } from './drawings.js';
import { resample } from './resample.js';

/** The square that the ink is scaled to fit into. */
const inkSize = 20;
/** Where the centre of mass comes to, in pixels from the left and upper edge: the middle of pixel (14, 14), as in MNIST's own drawings. */
const centre = 14.5;
/** Pixels of a picture: 4096 x 4096. */
const maxPixels = 2 ** 24;

/** A drawing of any size: light is paper, dark is ink, but the numbers are those of ink. */
export interface Canvas {
  /** Ink row by row: from 0 (paper) to 1 in a Float32Array, from 0 to 255 in an array of bytes. Shape (height, width). */
  readonly pixels: Float32Array | Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * The whole procedure of MNIST. The darkest pixel becomes 1, so that a thin pen on a large canvas is as dark as a thick one.
 *
 * @returns ink from 0 to 1, shape (28, 28), or undefined if nothing is drawn: no pixel has more ink than `threshold`
 * @param threshold ink up to this share of black counts as paper, from 0 to less than 1; above 0 where a scan or a camera makes noise
 * @throws RangeError if length and size do not fit, or a pixel is not between 0 and 1
 */
export function centreDrawing(canvas: Canvas, options: { threshold?: number } = {}): Float32Array | undefined {
  checkOptions<{ threshold?: number }>('centreDrawing', options, { threshold: true });
  const { threshold = 0 } = options;
  const ink = inkOf(canvas, threshold);
  const box = boxOf(ink, canvas.width, canvas.height);
  if (!box) return undefined;
  const longer = Math.max(box.width, box.height);
  // The square around the ink, so that width and height are scaled alike.
  const square = { left: box.left + (box.width - longer) / 2, top: box.top + (box.height - longer) / 2, width: longer, height: longer };
  const scaled = resample({ pixels: ink, width: canvas.width, height: canvas.height }, square, inkSize, inkSize);
  const { x, y } = centreOfMass(scaled, inkSize);
  // Whole pixels: a fraction would blur the strokes.
  return moved(scaled, Math.round(centre - x), Math.round(centre - y));
}

/**
 * The whole canvas scaled to 28 x 28 pixels, nothing centred: what a network sees without the procedure of MNIST. A canvas that is not
 * square gets margins.
 *
 * @returns ink from 0 to 1, the darkest pixel 1, shape (28, 28), or undefined if nothing is drawn
 * @param threshold as for `centreDrawing`
 * @throws RangeError if length and size do not fit, or a pixel is not between 0 and 1
 */
export function shrinkDrawing(canvas: Canvas, options: { threshold?: number } = {}): Float32Array | undefined {
  checkOptions<{ threshold?: number }>('shrinkDrawing', options, { threshold: true });
  const { threshold = 0 } = options;
  const ink = inkOf(canvas, threshold);
  if (!boxOf(ink, canvas.width, canvas.height)) return undefined;
  const { width, height } = canvas;
  const longer = Math.max(width, height);
  const square = { left: (width - longer) / 2, top: (height - longer) / 2, width: longer, height: longer };
  return darkened(resample({ pixels: ink, width, height }, square, drawingSize, drawingSize));
}

/**
 * The ink on a canvas of a page that is transparent where nothing is drawn: its opacity, whatever the colour of the pen.
 *
 * @param image what `context.getImageData(0, 0, width, height)` gives: red, green, blue and opacity of each pixel
 */
export function canvasInk({ data, width, height }: { readonly data: Uint8ClampedArray | Uint8Array; readonly width: number; readonly height: number }): Canvas {
  return { pixels: Uint8Array.from({ length: width * height }, (_, i) => data[4 * i + 3]), width, height };
}

/** Ink from 0 to 1 with the paper at exactly 0. */
function inkOf({ pixels, width, height }: Canvas, threshold: number): Float64Array {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1 || width * height > maxPixels) throw new RangeError(`the drawing is ${String(width)} x ${String(height)} pixels: expected whole numbers from 1, and at most ${maxPixels} pixels`);
  if (pixels.length !== width * height) throw new RangeError(`a drawing of ${width} x ${height} pixels has ${pixels.length} numbers: expected ${width * height}, one a pixel; canvasInk() makes them of a canvas`);
  if (!(threshold >= 0 && threshold < 1)) throw new RangeError(`threshold is ${String(threshold)}: expected a number from 0 to less than 1`);
  const scale = pixels instanceof Float32Array ? 1 : 1 / 255;
  const ink = new Float64Array(pixels.length);
  for (let i = 0; i < ink.length; i++) {
    const value = pixels[i] * scale;
    if (!(value >= 0 && value <= 1)) throw new RangeError(`pixel ${i} is ${pixels[i]}: expected ink from 0 to 1`);
    ink[i] = value > threshold ? value : 0;
  }
  return ink;
}

/** The smallest rectangle around the ink, or undefined when there is none. */
function boxOf(ink: Float64Array, width: number, height: number): { left: number; top: number; width: number; height: number } | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The mean place of the ink in a square picture, in pixels from its left and upper edge. */
function centreOfMass(ink: Float64Array, size: number): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (let i = 0; i < ink.length; i++) {
    sum += ink[i];
    x += ink[i] * ((i % size) + 0.5);
    y += ink[i] * (Math.floor(i / size) + 0.5);
  }
  return { x: x / sum, y: y / sum };
}

/** A picture of 20 x 20 pixels in one of 28 x 28, darkened; what leaves it is cut off. */
function moved(ink: Float64Array, right: number, down: number): Float32Array {
  const target = new Float64Array(drawingPixels);
  for (let i = 0; i < ink.length; i++) {
    const x = (i % inkSize) + right;
    const y = Math.floor(i / inkSize) + down;
    if (x >= 0 && x < drawingSize && y >= 0 && y < drawingSize) target[y * drawingSize + x] = ink[i];
  }
  return darkened(target);
}

/** Scaled so that the darkest pixel is 1. */
function darkened(ink: Float64Array): Float32Array {
  const darkest = ink.reduce((most, value) => Math.max(most, value), 0);
  return Float32Array.from(ink, (value) => Math.min(1, value / darkest));
}
