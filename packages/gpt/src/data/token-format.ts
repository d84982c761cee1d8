// The file format of tokens, `.bin`: that of llm.c (Karpathy 2024, dev/data/data_common.py), which its trainers and their descendants read.
// nanoGPT's `.bin` is the ids alone: nothing in it tells a file that was cut short, or one of another vocabulary. llm.c's begins with a
// header of 1,024 bytes, 256 little-endian int32:
//
//   0  magic       20240520: ids are uint16; 20240801: uint32
//   1  version     1 for uint16, 7 for uint32
//   2  tokens      how many follow, below 2^31
//   3  vocabSize   \ ours: llm.c writes 0 here and reads past it
//   4  checksum    / CRC-32 of the ids' bytes, valid where vocabSize is not 0
//
// and is exactly as long as the header says.

export const HEADER_BYTES = 1024;
/** The most tokens of a file; longer corpora have several. */
export const MOST_TOKENS = 2 ** 31 - 1;

interface Kind {
  readonly magic: number;
  readonly version: number;
  readonly bytesPerToken: 2 | 4;
}

const KINDS: readonly Kind[] = [
  { magic: 20240520, version: 1, bytesPerToken: 2 },
  { magic: 20240801, version: 7, bytesPerToken: 4 },
];

export interface TokenHeader {
  readonly bytesPerToken: 2 | 4;
  readonly tokens: number;
  /** undefined in files of llm.c, which do not say. */
  readonly vocabSize: number | undefined;
  /** CRC-32 of the ids' bytes, from 0 to 2^32 - 1; undefined in files of llm.c. */
  readonly checksum: number | undefined;
}

/** Two bytes for each id where all of a vocabulary fit, otherwise four. */
export const bytesPerToken = (vocabSize: number): 2 | 4 => (vocabSize <= 2 ** 16 ? 2 : 4);

/** The header's 1,024 bytes. */
export function encodeHeader({ tokens, vocabSize, checksum }: { tokens: number; vocabSize: number; checksum: number }): Uint8Array {
  const kind = KINDS.find((known) => known.bytesPerToken === bytesPerToken(vocabSize))!;
  const bytes = new Uint8Array(HEADER_BYTES);
  const words = new DataView(bytes.buffer);
  [kind.magic, kind.version, tokens, vocabSize, checksum].forEach((word, at) => words.setUint32(4 * at, word, true));
  return bytes;
}

/**
 * @param bytes the file's first bytes, up to 1,024
 * @param size of the whole file in bytes
 * @throws Error that says what is wrong, without the name of the file
 */
export function decodeHeader(bytes: Uint8Array, size: number): TokenHeader {
  if (size < HEADER_BYTES) throw new Error(`it has ${size} bytes; a file of tokens has a header of ${HEADER_BYTES}. Write it with writeTokenFile(), or with llm.c's scripts.`);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [magic, version, tokens, vocabSize, checksum] = [0, 1, 2, 3, 4].map((at) => words.getUint32(4 * at, true)) as [number, number, number, number, number];
  const kind = KINDS.find((known) => known.magic === magic);
  if (!kind) throw new Error(`it begins with ${magic}; a file of tokens begins with ${KINDS.map((known) => known.magic).join(' or ')}. nanoGPT's files have no header: read the ids into a Uint16Array and write them with writeTokenFile().`);
  if (version !== kind.version) throw new Error(`its version is ${version}; expected ${kind.version}.`);
  const expected = HEADER_BYTES + tokens * kind.bytesPerToken;
  if (tokens > MOST_TOKENS || size !== expected) throw new Error(`its header speaks of ${tokens} tokens, which are ${expected} bytes, but it has ${size}: it was cut short or is damaged. Write it again.`);
  if (vocabSize > 2 ** (8 * kind.bytesPerToken) || vocabSize > 2 ** 31) throw new Error(`its header speaks of a vocabulary of ${vocabSize}, for which ids of ${kind.bytesPerToken} bytes are too short: it is damaged.`);
  return { bytesPerToken: kind.bytesPerToken, tokens, ...(vocabSize === 0 ? { vocabSize: undefined, checksum: undefined } : { vocabSize, checksum }) };
}

/** The ids as the bytes of a file. */
export function encodeTokens(ids: ArrayLike<number>, width: 2 | 4): Uint8Array {
  const bytes = new Uint8Array(ids.length * width);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < ids.length; at++) {
    if (width === 2) view.setUint16(2 * at, ids[at]!, true);
    else view.setUint32(4 * at, ids[at]!, true);
  }
  return bytes;
}
