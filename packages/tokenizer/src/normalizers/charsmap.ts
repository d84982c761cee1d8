// Reads SentencePiece's compiled table of replacements: a double-array trie over UTF-8 bytes, then the replacements as one block of
// NUL-terminated strings. Layout: 32 bits (little-endian) with the trie's size in bytes, the trie's units of 32 bits, the block.
// Source: SentencePiece's `normalizer.cc`; the bits of a unit are those of darts-clone. Every value of the table is checked when it is
// read.

export interface Replacement {
  /** The number of bytes that are replaced. */
  length: number;
  text: string;
}

export class Charsmap {
  readonly #units: Uint32Array;
  readonly #block: Uint8Array;
  readonly #texts = new Map<number, string>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @throws {RangeError} when the sizes do not fit */
  constructor(readonly bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = bytes.length < 4 ? NaN : view.getUint32(0, true);
    if (!(size % 4 === 0 && size >= 4 && size <= bytes.length - 4)) throw new RangeError(`The table of ${bytes.length} bytes says that its trie has ${size}; expected a compiled table of SentencePiece.`);
    this.#units = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
    this.#block = bytes.subarray(4 + size);
  }

  /** The replacement of the shortest or the longest prefix of `text.subarray(start, end)` that has one. */
  find(text: Uint8Array, start: number, end: number, which: 'shortest' | 'longest'): Replacement | undefined {
    const units = this.#units;
    let found: Replacement | undefined;
    let node = offsetOf(units[0]);
    for (let i = start; i < end && text[i] !== 0; i++) {
      node ^= text[i];
      const unit = units[node];
      if (unit === undefined || labelOf(unit) !== text[i]) break;
      node ^= offsetOf(unit);
      if ((unit & HAS_LEAF) === 0) continue;
      found = { length: i + 1 - start, text: this.#textAt(units[node]) };
      if (which === 'shortest') break;
    }
    return found;
  }

  /** Whether an entry starts with or equals these bytes. */
  hasPrefix(text: Uint8Array): boolean {
    let node = offsetOf(this.#units[0]);
    for (const byte of text) {
      node ^= byte;
      const unit = this.#units[node];
      if (byte === 0 || unit === undefined || labelOf(unit) !== byte) return false;
      node ^= offsetOf(unit);
    }
    return true;
  }

  #textAt(leaf: number | undefined): string {
    const place = leaf === undefined ? -1 : leaf & 0x7fffffff;
    const known = this.#texts.get(place);
    if (known !== undefined) return known;
    const end = this.#block.indexOf(0, place);
    if (place < 0 || place >= this.#block.length || end < 0) throw new RangeError('The table of replacements points outside of itself; the file is damaged.');
    const text = this.#decoder.decode(this.#block.subarray(place, end));
    this.#texts.set(place, text);
    return text;
  }
}

const HAS_LEAF = 1 << 8;
/** The label of a unit. In a leaf, bit 31 is set, so that the label equals no byte. */
const labelOf = (unit: number): number => (unit & 0x800000ff) >>> 0;
const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
