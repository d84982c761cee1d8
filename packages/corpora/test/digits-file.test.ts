// Files of drawings: round trips, and faults that are named.

import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitSigns, drawSigns, readDrawings, writeDrawings } from '@kk/corpora/digits';

const training = drawSigns(digitSigns, { seed: 1, count: 30, noise: 0.2 });
const heldOut = drawSigns(digitSigns, { seed: 2, count: 20 });

describe('readDrawings', () => {
  it.each([1, 2, 4, 8] as const)('reads what writeDrawings wrote with %d bits', async (bits) => {
    const read = await readDrawings(await writeDrawings({ training, heldOut }, { bits }));
    const most = 2 ** bits - 1;
    for (const [part, source] of [[read.training, training], [read.heldOut, heldOut]] as const) {
      expect(part.labels).toEqual(source.labels);
      expect(part.signs).toEqual(digitSigns);
      expect(part.pixels).toEqual(source.pixels.map((grey) => (Math.round((grey * most) / 255) * 255) / most));
    }
  });

  it('takes an ArrayBuffer and parts without drawings', async () => {
    const none = drawSigns(digitSigns, { seed: 1, count: 0 });
    const bytes = await writeDrawings({ training: none, heldOut: none });
    const read = await readDrawings(bytes.slice().buffer);
    expect([read.training.labels.length, read.heldOut.pixels.length]).toEqual([0, 0]);
  });

  it('refuses what is cut off or damaged anywhere', async () => {
    const bytes = await writeDrawings({ training, heldOut });
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
      await expect(readDrawings(bytes.slice(0, length))).rejects.toThrow('the file of drawings cannot be unpacked');
    }), { numRuns: 50 });
    await fc.assert(fc.asyncProperty(fc.integer({ min: 10, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const damaged = bytes.slice();
      damaged[at] ^= 1 << bit;
      await expect(readDrawings(damaged)).rejects.toThrow('the file of drawings cannot be unpacked');
    }), { numRuns: 50 });
  });

  it('names what contradicts itself', async () => {
    const contents = gunzipSync(await writeDrawings({ training, heldOut }));
    const changed = (at: number, ...values: number[]): Promise<unknown> => {
      const bytes = Uint8Array.from(contents);
      bytes.set(values, at);
      return readDrawings(gzipSync(bytes));
    };
    await expect(changed(0, 1)).rejects.toThrow('this is no file of drawings: expected one that writeDrawings made');
    await expect(changed(7, 2)).rejects.toThrow('this is no file of drawings');
    await expect(readDrawings(gzipSync('KKSIGNS'))).rejects.toThrow('this is no file of drawings');
    await expect(changed(8, 51)).rejects.toThrow(`the file of drawings has ${contents.length} bytes: expected ${contents.length + 393} for 51 drawings`);
    await expect(changed(11, 255)).rejects.toThrow('expected at most 131072');
    await expect(changed(12, 51)).rejects.toThrow('50 drawings, 51 of them held out');
    await expect(changed(16, 3)).rejects.toThrow('3 bits per pixel: expected 1, 2, 4 or 8');
    await expect(changed(19 + 19, 10)).rejects.toThrow('drawing 0 has the label 10: expected at most 9');
    await expect(changed(19, 0xff)).rejects.toThrow('the signs of the file of drawings are no UTF-8');
    await expect(readDrawings(gzipSync(new Uint8Array(2e8)))).rejects.toThrow('it unpacks to more than');
  });
});

describe('writeDrawings', () => {
  it('refuses parts that do not belong together', async () => {
    await expect(writeDrawings({ training, heldOut: drawSigns(['A'], { seed: 1, count: 1 }) })).rejects.toThrow('training and held-out drawings have different signs');
    await expect(writeDrawings({ training, heldOut: { ...heldOut, labels: heldOut.labels.slice(1) } })).rejects.toThrow('19 drawings have 15680 pixels: expected 14896');
    await expect(writeDrawings({ training, heldOut: { ...heldOut, labels: heldOut.labels.map(() => 10) } })).rejects.toThrow('a label is larger than 9');
    await expect(writeDrawings({ training, heldOut }, { bits: 3 as 4 })).rejects.toThrow('bits is 3: expected 1, 2, 4 or 8');
    const spaced = { ...training, signs: ['a b', ...digitSigns.slice(1)] };
    await expect(writeDrawings({ training: spaced, heldOut: { ...heldOut, signs: spaced.signs } })).rejects.toThrow('no sign that is empty or has a space');
  });
});
