// What a model that draws can do: how well it predicts pixels, how many of its digits another network reads, how well it completes halves, and
// whether it draws or copies.
import { digitSigns, drawingSize, type Drawings, type SplitDrawings } from '@kk/corpora/digits';
import { Decoder, type GPT } from '@kk/gpt';
import { drawWhole, type Drawing } from '../../src/lab/pixels/draw.js';
import { coarse, someOf } from '../../src/lab/pixels/examples.js';
import { trainReader } from '../../src/lab/pixels/reader.js';
import { enlarge } from '../../src/lab/pixels/shrink.js';
import { ANY_DIGIT, digitToken, GREYS, PLACES } from '../../src/lab/pixels/tokens.js';
import { forward } from '../../src/lab/signs/forward.js';
import { readAll } from '../../src/lab/signs/measure.js';
import type { Weights } from '../../src/lab/signs/weights.js';
import { bitsPerPixel, independentBits, shadesOf } from './bits.js';

/** Of how many drawings so many are right. */
export interface Right {
  right: number;
  of: number;
}

export interface DrawingFigures {
  /** Bits per pixel: of drawings that it learned from, of those held out, and of those held out where pixels know nothing of each other. */
  bits: { training: number; heldOut: number; independent: number };
  /** Held-out drawings of people, as coarse as the model draws, that the reader reads rightly. */
  reader: Right;
  /** Drawn digits that the reader reads as what was asked for, as many of each; and those that are drawn without guidance. */
  drawn: Right & { temperature: number; guidance: number; unguided: number };
  /** Held-out drawings of which the model has completed the upper half: without being told the digit, and told; and the upper halves alone. */
  completed: { untold: Right; told: Right; halves: Right };
  /** The mean distance per pixel, as a share of black, to the nearest drawing of the training: of what it drew, and of those held out; and exact copies. */
  nearest: { drawn: number; heldOut: number; copies: number };
}

export interface MeasureOptions {
  /** How many digits it draws, and how many halves it completes. */
  count: number;
  temperature: number;
  guidance: number;
  /** Of how many drawings the bits are measured, at most. */
  most?: number;
  /** Steps of the reader's training; by default as many as in the course. */
  readerSteps?: number;
}

/** @param examples  the model has learned from the first so many drawings */
export async function measureDrawing(model: GPT, { training, heldOut }: SplitDrawings, examples: number, { count, temperature, guidance, most = 1000, readerSteps }: MeasureOptions): Promise<DrawingFigures> {
  const learned = someOf(training, 0, examples);
  const fresh = someOf(heldOut, 0, most);
  const weights = await trainReader(model.engine, training, { from: examples, ...(readerSteps && { steps: readerSteps }) });
  const rightOf = async (drawings: Drawings): Promise<Right> => ({ right: await countRead(model, weights, drawings), of: drawings.labels.length });

  const digits = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const draw = (scale: number): Promise<Uint8Array> => drawAll(model, count, (i) => ({ first: digitToken(digits[i]!), guidance: scale, temperature, seed: i + 1 }));
  const drawn = await draw(guidance);
  const halved = someOf(heldOut, 0, count);
  const shades = shadesOf(halved);
  const halfOf = (i: number): Uint8Array => shades.subarray(i * PLACES, i * PLACES + PLACES / 2);
  const complete = async (first: (digit: number) => number): Promise<Right> =>
    rightOf(enlarged(await drawAll(model, count, (i) => ({ first: first(halved.labels[i]!), given: halfOf(i), guidance, temperature, seed: i + 1 })), halved.labels));
  const halves = shades.map((shade, i) => (i % PLACES < PLACES / 2 ? shade : 0));
  const known = shadesOf(learned);
  const distances = nearest(drawn, known);
  return {
    bits: { training: await bitsPerPixel(model, someOf(learned, 0, most)), heldOut: await bitsPerPixel(model, fresh), independent: independentBits(learned, fresh) },
    reader: await rightOf(await coarse(heldOut)),
    drawn: { ...(await rightOf(enlarged(drawn, digits))), temperature, guidance, unguided: (await rightOf(enlarged(await draw(1), digits))).right },
    completed: { untold: await complete(() => ANY_DIGIT), told: await complete(digitToken), halves: await rightOf(enlarged(halves, halved.labels)) },
    nearest: { drawn: mean(distances), heldOut: mean(nearest(shades, known)), copies: distances.filter((distance) => distance === 0).length },
  };
}

/** The shades of drawings. Shape (count, 196). */
async function drawAll(model: GPT, count: number, drawing: (i: number) => Drawing): Promise<Uint8Array> {
  const decoders = [new Decoder(model), new Decoder(model)] as const;
  const shades = new Uint8Array(count * PLACES);
  for (let i = 0; i < count; i++) shades.set(await drawWhole(decoders, drawing(i)), i * PLACES);
  for (const decoder of decoders) decoder.dispose();
  return shades;
}

function enlarged(shades: Uint8Array, labels: Uint8Array): Drawings {
  const size = drawingSize * drawingSize;
  const pixels = new Uint8Array(labels.length * size);
  labels.forEach((_, i) => pixels.set(enlarge(shades.subarray(i * PLACES, (i + 1) * PLACES)).map((ink) => Math.round(255 * ink)), i * size));
  return { pixels, labels, signs: digitSigns };
}

async function countRead({ engine }: GPT, weights: Weights, drawings: Drawings): Promise<number> {
  const read = await readAll({ breathe: async () => {} }, engine, (x) => forward(engine, weights, x).logits, drawings);
  return read.reduce((sum, sign, i) => sum + Number(sign === drawings.labels[i]), 0);
}

/** The distance of each drawing to the nearest of others. Shapes (count, 196). */
function nearest(shades: Uint8Array, others: Uint8Array): number[] {
  return Array.from({ length: shades.length / PLACES }, (_, drawing) => {
    let least = Infinity;
    for (let from = 0; from < others.length; from += PLACES) {
      let sum = 0;
      for (let i = 0; i < PLACES && sum < least; i++) sum += Math.abs(shades[drawing * PLACES + i]! - others[from + i]!);
      least = Math.min(least, sum);
    }
    return least / PLACES / (GREYS - 1);
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
