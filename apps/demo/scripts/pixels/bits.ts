// How well a model predicts the pixels of drawings, in bits per pixel, and how well somebody does who knows only how often each pixel has each shade.
import { drawingInput, type Drawings } from '@kk/corpora/digits';
import type { GPT } from '@kk/gpt';
import { shrink } from '../../src/lab/pixels/shrink.js';
import { CONTEXT, digitToken, GREYS, PLACES } from '../../src/lab/pixels/tokens.js';

const AT_ONCE = 20;

/** The shades of every drawing. Shape (count, 196). */
export function shadesOf(drawings: Drawings): Uint8Array {
  const shades = new Uint8Array(drawings.labels.length * PLACES);
  for (let i = 0; i < drawings.labels.length; i++) shrink(drawingInput(drawings, i), shades.subarray(i * PLACES, (i + 1) * PLACES));
  return shades;
}

/** The model's bits per pixel when it is told which digit comes. */
export async function bitsPerPixel(model: GPT, drawings: Drawings): Promise<number> {
  const { engine } = model;
  const shades = shadesOf(drawings);
  const count = drawings.labels.length;
  let nats = 0;
  for (let from = 0; from < count; from += AT_ONCE) {
    const rows = Math.min(AT_ONCE, count - from);
    const targets = Int32Array.from(shades.subarray(from * PLACES, (from + rows) * PLACES));
    const inputs = new Int32Array(rows * CONTEXT);
    for (let row = 0; row < rows; row++) {
      inputs[row * CONTEXT] = digitToken(drawings.labels[from + row]!);
      inputs.set(targets.subarray(row * PLACES, (row + 1) * PLACES - 1), row * CONTEXT + 1);
    }
    const loss = engine.scope(() => engine.noGradient(() => model.loss(engine.tensor(inputs, [rows, CONTEXT], 'int32'), engine.tensor(targets, [rows, PLACES], 'int32'))));
    nats += (await loss.item()) * rows;
    loss.dispose();
  }
  return nats / count / Math.LN2;
}

/** The same for pixels that know nothing of each other: of each digit and place the share of each shade among the training's drawings. */
export function independentBits(training: Drawings, heldOut: Drawings): number {
  const known = shadesOf(training);
  const counts = new Float64Array(training.signs.length * PLACES * GREYS).fill(1); // one more of each, so that nothing is impossible
  const at = (digit: number, place: number): number => (digit * PLACES + place) * GREYS;
  known.forEach((shade, i) => counts[at(training.labels[Math.floor(i / PLACES)]!, i % PLACES) + shade]!++);
  let bits = 0;
  shadesOf(heldOut).forEach((shade, i) => {
    const from = at(heldOut.labels[Math.floor(i / PLACES)]!, i % PLACES);
    const all = counts.subarray(from, from + GREYS).reduce((sum, count) => sum + count, 0);
    bits -= Math.log2(counts[from + shade]! / all);
  });
  return bits / heldOut.labels.length / PLACES;
}
