// Remembers the ids of pieces that were met before, since most words of a text are old ones. A hash table of integers that leads to
// entries in one array: no objects, no strings, nothing to collect. When it is full it starts anew.

/** Slots of the hash table, a power of two, and how many of them may be taken. English reaches about 30,000 distinct pieces in 2 MB. */
const SLOTS = 0x20000;
const MAX_ENTRIES = 0x10000;
/** Integers in all entries together; a power of two. */
const MAX_INTEGERS = 0x100000;
const PLACE_MASK = MAX_INTEGERS - 1;
const FIRST_CAPACITY = 0x2000;

/** Longer pieces are rare and seldom come back. */
const MAX_BYTES = 64;
const MAX_IDS = 32;
const LARGEST_ENTRY = 1 + MAX_BYTES / 4 + MAX_IDS;

/** Pieces up to so many bytes come again in any text; of longer ones it depends on the text. */
const SHORT = 3;
/** In a text that hardly holds a long piece twice, so many are not looked for after each one that is. */
const PASSED = 16;
/** Such a text shows by 512 long pieces that were not found, a found one outweighing two of them. */
const MUCH_NOVELTY = 512 * PASSED;
const NO_SLOT = -1;

/** What to keep of the last word of a piece, by the number of its bytes modulo 4. */
const lastWordMasks = /* @__PURE__ */ Int32Array.of(-1, 0xff, 0xffff, 0xffffff);

export const NOT_FOUND = -1;

export class PieceCache {
  /**
   * The entries, one after the other, the first one at 1. An entry is the number of its bytes and, in the higher bits, of its ids;
   * the bytes, four in an integer; the ids.
   */
  entries = new Int32Array(FIRST_CAPACITY);
  #end = 1;
  #count = 0;
  /** 0 when free, otherwise the place of an entry and, in the higher bits, those of the hash. */
  readonly #slots = new Int32Array(SLOTS);
  /** How new the long pieces were lately: PASSED for each that was not found; what is above MUCH_NOVELTY is how many more go by. */
  #novelty = 0;
  /** Where the piece would go that was looked for last, NO_SLOT if nowhere, and what its slot would hold besides the place. */
  #slot = NO_SLOT;
  #tag = 0;

  /**
   * The place of the entry of a piece, or NOT_FOUND.
   * @param view    the bytes of the text; there have to be three more behind the piece
   * @param start   where the piece starts
   * @param length  how many bytes it has, at least one
   */
  find(view: DataView, start: number, length: number): number {
    const isLong = length > SHORT;
    this.#slot = NO_SLOT;
    if (length > MAX_BYTES || (isLong && this.#novelty > MUCH_NOVELTY && this.#novelty--)) return NOT_FOUND;
    const last = (length - 1) >> 2;
    const lastWord = view.getInt32(start + 4 * last, true) & lastWordMasks[length & 3];
    let hash = length;
    for (let i = 0; i < last; i++) hash = mix(hash, view.getInt32(start + 4 * i, true));
    hash = mix(hash, lastWord);
    const entries = this.entries;
    const slots = this.#slots;
    let slot = hash & (SLOTS - 1);
    for (let held = slots[slot]; held !== 0; held = slots[slot]) {
      if (((held ^ hash) & ~PLACE_MASK) === 0) {
        const place = held & PLACE_MASK;
        if ((entries[place] & 0xff) === length && entries[place + 1 + last] === lastWord) {
          let i = 0;
          while (i < last && entries[place + 1 + i] === view.getInt32(start + 4 * i, true)) i++;
          if (i === last) {
            if (isLong && this.#novelty > 0) this.#novelty -= 2 * PASSED;
            return place;
          }
        }
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (isLong) this.#novelty += PASSED;
    this.#slot = slot;
    this.#tag = hash & ~PLACE_MASK;
    return NOT_FOUND;
  }

  /** The number of ids of an entry. */
  countAt(place: number): number {
    return this.entries[place] >> 8;
  }

  /** Where the ids of an entry stand in `entries`. */
  idsAt(place: number): number {
    return place + 1 + (((this.entries[place] & 0xff) + 3) >> 2);
  }

  /** Remembers the first `count` of `ids` for the piece that was just not found, unless there are too many of them or it was not looked for. */
  add(view: DataView, start: number, length: number, ids: Int32Array, count: number): void {
    if (this.#slot === NO_SLOT || count > MAX_IDS) return;
    if (this.#count === MAX_ENTRIES || this.#end + LARGEST_ENTRY > MAX_INTEGERS) {
      // The slot of this piece is free in any case.
      this.#slots.fill(0);
      this.#count = 0;
      this.#end = 1;
    }
    if (this.#end + LARGEST_ENTRY > this.entries.length) {
      const longer = new Int32Array(2 * this.entries.length);
      longer.set(this.entries);
      this.entries = longer;
    }
    const place = this.#end;
    this.#slots[this.#slot] = this.#tag | place;
    this.entries[this.#end++] = (count << 8) | length;
    const last = (length - 1) >> 2;
    for (let i = 0; i < last; i++) this.entries[this.#end++] = view.getInt32(start + 4 * i, true);
    this.entries[this.#end++] = view.getInt32(start + 4 * last, true) & lastWordMasks[length & 3];
    for (let i = 0; i < count; i++) this.entries[this.#end++] = ids[i];
    this.#count++;
  }
}

function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
