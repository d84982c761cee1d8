// Draws signs as a person with a pen would: a way to write the sign, a hand that is not quite steady, a slant, a pen.

import { checkOptions } from '@kk/options';
import { Random } from '@kk/random';
import { checkSeed, checkSize } from '../arguments.js';
import { followCurve } from './curve.js';
import { drawingPixels, drawingSize, type Drawings } from './drawings.js';
import { type SignOptions, type SignOptionName, signRanges, type SignRanges } from './options.js';
import { drawLine } from './pen.js';
import { variantsOf } from './signs/index.js';
import { placing } from './turn.js';

/** Pixels of a sign's height at scale 1: with the pen about the 20 pixels of MNIST's digits. */
const signHeight = 18;
/** Pixels of 2^18 drawings: 206 MB. */
const maxCount = 2 ** 18;

export interface DrawSignsOptions extends SignOptions {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** How many drawings to make, at most 262,144. */
  readonly count: number;
}

const optionNames: Readonly<Record<keyof DrawSignsOptions, true>> = { seed: true, count: true, shift: true, scale: true, stretch: true, slant: true, rotation: true, penWidth: true, wobble: true, noise: true };

/**
 * Drawings of signs, each sign equally often: drawing i shows sign i modulo the number of signs. Every drawing depends on the seed and its
 * number alone, so more drawings of the same seed begin with the same ones; on every machine the same seed gives the same pixels.
 *
 * @param signs one to 256 different ones, such as `digitSigns`, `letterSigns` or `['A', 'B', 'C']`
 * @throws TypeError for an option that there is not; RangeError for a sign that there is not, a sign given twice, a seed, count or option out of range
 */
export function drawSigns(signs: readonly string[], options: DrawSignsOptions): Drawings {
  checkOptions('drawSigns', options, optionNames);
  const { seed, count, ...drawing } = options;
  checkSeed(seed);
  checkSize('count', count, maxCount, 'draw them in parts, with several seeds');
  if (signs.length === 0) throw new RangeError('there is no sign to draw: give at least one, such as digitSigns');
  const twice = signs.find((sign, i) => signs.indexOf(sign) < i);
  if (twice !== undefined) throw new RangeError(`the sign ${JSON.stringify(twice)} is given twice: give each sign once`);
  const ranges = signRanges(drawing);
  for (const sign of signs) variantsOf(sign);
  const pixels = new Uint8Array(count * drawingPixels);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = i % signs.length;
    draw(signs[labels[i]], new Random({ seed, stream: i }), ranges, pixels.subarray(i * drawingPixels, (i + 1) * drawingPixels));
  }
  return { pixels, labels, signs: [...signs] };
}

/** Draws one sign into its 784 pixels. */
function draw(sign: string, random: Random, ranges: SignRanges, pixels: Uint8Array): void {
  const between = (least: number, most: number): number => least + (most - least) * random.uniform();
  const value = (name: SignOptionName): number => between(...ranges[name]);
  const variants = variantsOf(sign);
  const strokes = variants[random.integer(variants.length)];
  const scaleY = (value('scale') * signHeight) / 100;
  const place = placing({
    scaleX: scaleY * value('stretch'),
    scaleY,
    slant: value('slant'),
    rotation: value('rotation'),
    centreX: drawingSize / 2 + value('shift'),
    centreY: drawingSize / 2 + value('shift'),
  });
  const penWidth = value('penWidth');
  const wobble = 100 * value('wobble');
  const noise = value('noise');
  const ink = new Float64Array(drawingPixels);
  for (const stroke of strokes) {
    const wandered = stroke.map(({ x, y, corner }) => ({ x: x + between(-wobble, wobble), y: y + between(-wobble, wobble), corner }));
    drawLine(ink, drawingSize, drawingSize, followCurve(wandered).map(place), penWidth);
  }
  for (let i = 0; i < drawingPixels; i++) {
    const grey = noise === 0 ? ink[i] : Math.min(1, Math.max(0, ink[i] + between(-noise, noise)));
    pixels[i] = Math.round(255 * grey);
  }
}
