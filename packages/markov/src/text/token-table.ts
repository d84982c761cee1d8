// Tokens and their ids. Like a Map from strings, but it finds a token where it stands in a text, without a string for it: reading a text
// costs a hash of its characters and one comparison for each token.

// Texts that were made to collide must guess it. Ids do not depend on it.
/** The hash of nothing; that of a text is made of it with `hashWith`, code unit by code unit. */
export const HASH_OF_NOTHING = Math.floor(Math.random() * 2 ** 32) | 0;
/** The hash of a text with one more UTF-16 code unit. */
export const hashWith = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

// Tokens of one code unit below this are found without a hash: letters of the Latin, Greek, Cyrillic, Hebrew and Arabic scripts.
const DIRECT = 0x700;

export class TokenTable {
  readonly #tokens: string[] = [];
  #hashes = new Int32Array(64);
  // Open addressing, always at most half full: pairs of one more than the id, or 0, and the hash.
  #slots = new Int32Array(256);
  // One more than the id of each token of one code unit, or 0.
  readonly #direct = new Int32Array(DIRECT);

  get tokens(): readonly string[] {
    return this.#tokens;
  }

  get size(): number {
    return this.#tokens.length;
  }

  /** The id of a token, or of the part of a text from `from` to `to`; -1 if there is none. `hash`: its hash, for those who have it. */
  find(text: string, from = 0, to = text.length, hash = hashOf(text, from, to)): number {
    if (to - from === 1) {
      const code = text.charCodeAt(from);
      if (code < DIRECT) return this.#direct[code] - 1;
    }
    const mixed = mix(hash);
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = (mixed << 1) & mask; slots[slot] !== 0; slot = (slot + 2) & mask) {
      if (slots[slot + 1] === mixed && equals(this.#tokens[slots[slot] - 1], text, from, to)) return slots[slot] - 1;
    }
    return -1;
  }

  /** The id of a token, which is a new one if it has none yet. */
  add(token: string): number {
    const known = this.find(token);
    if (known >= 0) return known;
    const id = this.#tokens.push(token) - 1;
    if (id === this.#hashes.length) this.#grow();
    this.#hashes[id] = mix(hashOf(token, 0, token.length));
    this.#place(id);
    if (token.length === 1 && token.charCodeAt(0) < DIRECT) this.#direct[token.charCodeAt(0)] = id + 1;
    return id;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(hashes.length * 4);
    // The newest has no hash yet; add() places it.
    for (let id = 0; id < this.#tokens.length - 1; id++) this.#place(id);
  }

  #place(id: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[id] << 1) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 2) & mask;
    this.#slots[slot] = id + 1;
    this.#slots[slot + 1] = this.#hashes[id];
  }
}

function hashOf(text: string, from: number, to: number): number {
  let hash = HASH_OF_NOTHING;
  for (let i = from; i < to; i++) hash = hashWith(hash, text.charCodeAt(i));
  return hash;
}

/** Lets all bits of a hash reach the lower ones, which choose the slot. */
function mix(hash: number): number {
  const folded = hash ^ (hash >>> 15);
  return Math.imul(folded, 0x2c1b3c6d) ^ (folded >>> 13);
}

function equals(token: string, text: string, from: number, to: number): boolean {
  if (token.length !== to - from) return false;
  for (let i = 0; i < token.length; i++) if (token.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}
