// Unpacks token ranks: the two tokens that each was merged from, which is far less than its bytes.

import { decodeBase64 } from '../text/base64.js';
import type { TokenRanks } from '../core/token-ranks.js';

/** The left part of a token of one byte; its right part is the byte. */
const SINGLE_BYTE = 0xffffff;
/** Bytes of each token in the unpacked stream: three planes for each part, the highest byte first. */
const PLANES = 6;

/**
 * @param packed  Base64 of a deflated stream, as `scripts/pack-ranks.mjs` writes it: the planes of all left parts, then those of all right ones
 * @throws {Error} when the engine has no DecompressionStream, or the text is damaged
 */
export async function unpackRanks(packed: string): Promise<TokenRanks> {
  const planes = await inflate(packed);
  const count = planes.length / PLANES;
  const plane = (i: number): Uint8Array => planes.subarray(i * count, (i + 1) * count);
  const [leftHigh, leftMiddle, leftLow, rightHigh, rightMiddle, rightLow] = Array.from({ length: PLANES }, (_, i) => plane(i));
  const starts = new Int32Array(count + 1);
  const lefts = new Int32Array(count);
  const rights = new Int32Array(count);
  const sizeOf = (id: number): number => starts[id + 1] - starts[id];
  for (let id = 0; id < count; id++) {
    lefts[id] = (leftHigh[id] << 16) | (leftMiddle[id] << 8) | leftLow[id];
    rights[id] = (rightHigh[id] << 16) | (rightMiddle[id] << 8) | rightLow[id];
    if (lefts[id] !== SINGLE_BYTE && (lefts[id] >= id || rights[id] >= id)) throw new Error(`token ${id} is made of tokens that come later`);
    starts[id + 1] = starts[id] + (lefts[id] === SINGLE_BYTE ? 1 : sizeOf(lefts[id]) + sizeOf(rights[id]));
  }
  const bytes = new Uint8Array(starts[count]);
  for (let id = 0; id < count; id++) {
    const start = starts[id];
    if (lefts[id] === SINGLE_BYTE) {
      bytes[start] = rights[id];
      continue;
    }
    bytes.copyWithin(start, starts[lefts[id]], starts[lefts[id] + 1]);
    bytes.copyWithin(start + sizeOf(lefts[id]), starts[rights[id]], starts[rights[id] + 1]);
  }
  return { bytes, starts };
}

/** @throws {Error} also when bytes are left over, or too few */
async function inflate(packed: string): Promise<Uint8Array> {
  if (typeof DecompressionStream === 'undefined') throw new Error('this engine has no DecompressionStream; expected Node 20 or a browser of 2023 or later');
  const deflated = new Uint8Array((packed.length / 4) * 3);
  const length = decodeBase64(packed, 0, packed.length, deflated, 0);
  if (length < 0) throw new Error('its data is not Base64');
  const planes = await read(deflated.subarray(0, length), new DecompressionStream('deflate-raw'));
  if (planes.length === 0 || planes.length % PLANES > 0) throw new Error(`its data has ${planes.length} bytes, expected a multiple of ${PLANES}`);
  return planes;
}

/**
 * What a stream makes of these bytes. They are written and read one by one, and not by Blob and Response, because those detach buffers: from
 * then on the engine checks every typed array at every access, which makes encoding a tenth slower.
 */
async function read(bytes: Uint8Array<ArrayBuffer>, { writable, readable }: DecompressionStream): Promise<Uint8Array> {
  const writer = writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const parts: Uint8Array[] = [];
  const reader = readable.getReader();
  const readAll = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  };
  await Promise.all([written, readAll()]);
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let length = 0;
  for (const part of parts) {
    all.set(part, length);
    length += part.length;
  }
  return all;
}

/** The same ranks, a hole, and after it tokens of two spaces and more: what p50k_base has beyond r50k_base. */
export function withSpaces({ bytes, starts }: TokenRanks, mostSpaces: number): TokenRanks {
  const sizes = Array.from({ length: mostSpaces - 1 }, (_, i) => i + 2);
  const all = new Uint8Array(bytes.length + sizes.reduce((sum, size) => sum + size, 0)).fill(0x20);
  all.set(bytes);
  const longer = new Int32Array(starts.length + 1 + sizes.length);
  longer.set(starts);
  longer[starts.length] = bytes.length;
  sizes.forEach((size, i) => (longer[starts.length + 1 + i] = longer[starts.length + i] + size));
  return { bytes: all, starts: longer };
}
