// Which drawings the GPT has learned from, and which others teach the network that reads what it draws: no drawing is in both.
import { drawingInput, type Drawings } from '@kk/corpora/digits';
import { enlarge, LARGE, shrink } from './shrink.js';

const PIXELS = LARGE * LARGE;

/** The GPT has learned from the first so many drawings, as its recipe says; the reader learns from the others. */
export const DRAWER_EXAMPLES = 6000;

/** The drawings from the place `from` to before `to`. */
export const someOf = ({ pixels, labels, signs }: Drawings, from: number, to = labels.length): Drawings => ({ pixels: pixels.slice(from * PIXELS, to * PIXELS), labels: labels.slice(from, to), signs });

/** So many drawings are made coarse before messages are let in. */
const AT_ONCE = 100;

/** The same drawings as coarse as the GPT draws, enlarged again, so that a network for 28 x 28 pixels reads them. */
export async function coarse(drawings: Drawings, breathe: () => Promise<void> = async () => {}): Promise<Drawings> {
  const pixels = new Uint8Array(drawings.pixels.length);
  const ink = new Float32Array(PIXELS);
  for (let i = 0; i < drawings.labels.length; i++) {
    const at = i * PIXELS;
    enlarge(shrink(drawingInput(drawings, i, ink)), ink).forEach((value, pixel) => (pixels[at + pixel] = Math.round(255 * value)));
    if (i % AT_ONCE === 0) await breathe();
  }
  return { ...drawings, pixels };
}
