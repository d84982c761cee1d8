// Files of drawings: thousands of them in a few hundred kilobytes, for pages to load. Each pixel has few bits of grey, and gzip packs them.
//
// A file is gzip of: the letters KKSIGNS and the version 1 (8 bytes); the number of drawings and how many of them are held out (4 bytes
// each, the lowest first); bits per pixel (1 byte: 1, 2, 4 or 8); the length in bytes of the signs (2 bytes, the lower first); the signs in UTF-8,
// separated by spaces; a label a drawing (1 byte each); the pixels in order, the first of a byte in its highest bits.
// The drawings that are held out are the last ones. The checksum of gzip detects damage.

import { checkOptions } from '@kk/options';
import { drawingPixels, type Drawings } from './drawings.js';
import { gunzip, gzip } from './gzip.js';

const magic = Uint8Array.of(0x4b, 0x4b, 0x53, 0x49, 0x47, 0x4e, 0x53, 1);
const headLength = 19;
/** Inflated, 8 bits: 103 MB. */
const maxCount = 2 ** 17;
const maxSignBytes = 4096;
const allowedBits = [1, 2, 4, 8] as const;

/** Drawings to learn from, and drawings to test with, which no training may see. */
export interface SplitDrawings {
  readonly training: Drawings;
  readonly heldOut: Drawings;
}

export interface WriteDrawingsOptions {
  /** Bits of grey per pixel: 1, 2, 4 or 8. Default 4, which is 16 greys. */
  readonly bits?: 1 | 2 | 4 | 8;
}

/**
 * The bytes of a file of drawings. Both parts have the same signs.
 *
 * @throws RangeError if the parts contradict each other or are too large
 */
export async function writeDrawings({ training, heldOut }: SplitDrawings, options: WriteDrawingsOptions = {}): Promise<Uint8Array> {
  checkOptions<WriteDrawingsOptions>('writeDrawings', options, { bits: true });
  const { bits = 4 } = options;
  if (!allowedBits.includes(bits)) throw new RangeError(`bits is ${String(bits)}: expected 1, 2, 4 or 8`);
  const { signs } = training;
  const written = new TextEncoder().encode(signs.join(' '));
  if (signs.length !== heldOut.signs.length || signs.some((sign, i) => sign !== heldOut.signs[i])) throw new RangeError('training and held-out drawings have different signs: give both the same');
  if (signs.some((sign) => sign === '' || /\s/.test(sign)) || written.length > maxSignBytes) throw new RangeError(`the signs are ${written.length} bytes: expected at most ${maxSignBytes}, and no sign that is empty or has a space`);
  const count = training.labels.length + heldOut.labels.length;
  if (count > maxCount) throw new RangeError(`there are ${count} drawings: expected at most ${maxCount} in a file`);
  const bytes = new Uint8Array(headLength + written.length + count + packedLength(count, bits));
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, count, true);
  view.setUint32(12, heldOut.labels.length, true);
  view.setUint8(16, bits);
  view.setUint16(17, written.length, true);
  bytes.set(written, headLength);
  const labelsAt = headLength + written.length;
  const packed = bytes.subarray(labelsAt + count);
  let drawing = 0;
  for (const part of [training, heldOut]) {
    if (part.pixels.length !== part.labels.length * drawingPixels) throw new RangeError(`${part.labels.length} drawings have ${part.pixels.length} pixels: expected ${part.labels.length * drawingPixels}`);
    if (part.labels.some((label) => label >= signs.length)) throw new RangeError(`a label is larger than ${signs.length - 1}: expected the place of a sign`);
    bytes.set(part.labels, labelsAt + drawing);
    pack(part.pixels, bits, packed, drawing * drawingPixels);
    drawing += part.labels.length;
  }
  return gzip(bytes);
}

/**
 * Reads a file of drawings, in Node, pages and workers.
 *
 * @param file its bytes, for example of `await (await fetch(url)).arrayBuffer()`
 * @throws Error that names the fault if the file is damaged, cut off, or something else
 */
export async function readDrawings(file: ArrayBuffer | Uint8Array): Promise<SplitDrawings> {
  const bytes = await gunzip(file instanceof Uint8Array ? file : new Uint8Array(file), headLength + maxSignBytes + maxCount * (1 + drawingPixels));
  if (bytes.length < headLength || magic.some((byte, i) => bytes[i] !== byte)) throw new Error('this is no file of drawings: expected one that writeDrawings made');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(8, true);
  const heldOut = view.getUint32(12, true);
  const bits = view.getUint8(16);
  const signBytes = view.getUint16(17, true);
  const labelsAt = headLength + signBytes;
  if (!(allowedBits as readonly number[]).includes(bits)) throw new Error(`the file of drawings says ${bits} bits per pixel: expected 1, 2, 4 or 8`);
  if (count > maxCount || heldOut > count) throw new Error(`the file of drawings says ${count} drawings, ${heldOut} of them held out: expected at most ${maxCount}, and no more held out than there are`);
  const expected = labelsAt + count + packedLength(count, bits);
  if (signBytes > maxSignBytes || bytes.length !== expected) throw new Error(`the file of drawings has ${bytes.length} bytes: expected ${expected} for ${count} drawings`);
  const signs = decodeSigns(bytes.subarray(headLength, labelsAt));
  const labels = bytes.slice(labelsAt, labelsAt + count);
  const wrong = labels.findIndex((label) => label >= signs.length);
  if (wrong >= 0) throw new Error(`drawing ${wrong} has the label ${labels[wrong]}: expected at most ${signs.length - 1}`);
  const pixels = unpack(bytes.subarray(labelsAt + count), bits, count * drawingPixels);
  const part = (from: number, to: number): Drawings => ({ pixels: pixels.slice(from * drawingPixels, to * drawingPixels), labels: labels.slice(from, to), signs });
  return { training: part(0, count - heldOut), heldOut: part(count - heldOut, count) };
}

function decodeSigns(bytes: Uint8Array): string[] {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).split(' ');
  } catch (error) {
    throw new Error('the signs of the file of drawings are no UTF-8: expected a file that writeDrawings made', { cause: error });
  }
}

function packedLength(drawings: number, bits: number): number {
  return (drawings * drawingPixels * bits) / 8;
}

/** Rounds greys of 0 to 255 to `bits` bits and puts them into `packed`, the first one at the place `from`, counted in pixels. */
function pack(pixels: Uint8Array, bits: number, packed: Uint8Array, from: number): void {
  const most = 2 ** bits - 1;
  const perByte = 8 / bits;
  for (let i = 0; i < pixels.length; i++) {
    const at = from + i;
    packed[Math.floor(at / perByte)] |= Math.round((pixels[i] * most) / 255) << (8 - bits * ((at % perByte) + 1));
  }
}

function unpack(packed: Uint8Array, bits: number, count: number): Uint8Array {
  const most = 2 ** bits - 1;
  const perByte = 8 / bits;
  const pixels = new Uint8Array(count);
  for (let i = 0; i < count; i++) pixels[i] = (((packed[Math.floor(i / perByte)] >> (8 - bits * ((i % perByte) + 1))) & most) * 255) / most;
  return pixels;
}
