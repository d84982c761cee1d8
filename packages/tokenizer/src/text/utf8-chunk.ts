// Converts a text to UTF-8 chunk by chunk. Chunks end where every scanner of pre-tokenizers/ cuts anyway, so each can be scanned
// separately.

/** The byte after the end of a chunk; it never occurs in UTF-8. */
const END = 0xff;
/** UTF-16 units per chunk. Small enough for the processor's first caches, large enough that the cost per chunk does not matter. */
const UNITS = 0x4000;
const MAX_BYTES_PER_UNIT = 3;
/** Spare bytes after END, for code that reads whole words. */
const PADDING = 8;

const encoder = /* @__PURE__ */ new TextEncoder();

export class Utf8Chunk {
  /** The UTF-8 bytes, then END. */
  bytes = new Uint8Array(0);
  /** The same memory, for reading several bytes at once. */
  view = new DataView(this.bytes.buffer);
  /** The number of bytes. */
  length = 0;
  /** Where the chunk ends in the text, in UTF-16 units. */
  to = 0;
  #isAscii = true;

  /** Loads the chunk that starts at the unit `from`, which is 0 or the end of the last chunk. Lone surrogates become U+FFFD. */
  load(text: string, from: number): void {
    this.to = endOfChunk(text, from);
    const units = this.to - from;
    const room = units * MAX_BYTES_PER_UNIT + PADDING;
    if (this.bytes.length < room) {
      this.bytes = new Uint8Array(Math.max(room, Math.min(text.length, UNITS) * MAX_BYTES_PER_UNIT + PADDING));
      this.view = new DataView(this.bytes.buffer);
    }
    this.length = encoder.encodeInto(from === 0 && this.to === text.length ? text : text.slice(from, this.to), this.bytes).written;
    this.bytes[this.length] = END;
    this.#isAscii = this.length === units;
  }

  /** The number of UTF-16 units of the bytes from `start` to `end`. */
  countUnits(start: number, end: number): number {
    if (this.#isAscii) return end - start;
    let units = 0;
    for (let i = start; i < end; i++) {
      const byte = this.bytes[i];
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
  }
}

/**
 * The end of the chunk that starts at `from`: about UNITS further, between a visible character and a blank before a letter. Every pattern
 * cuts there in any context, and no cut on one side depends on the other.
 */
function endOfChunk(text: string, from: number): number {
  for (let size = UNITS, least = from + 1; from + size < text.length; least = from + size, size *= 2) {
    for (let i = from + size; i > least; i--) {
      if (text.charCodeAt(i) === 0x20 && isLetter(text.charCodeAt(i + 1)) && isSolid(text.charCodeAt(i - 1))) return i;
    }
  }
  return text.length;
}

function isLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Whether the unit is a visible ASCII character. */
function isSolid(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}
