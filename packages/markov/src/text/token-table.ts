// Tokens and their ids. Unlike a Map, it looks up a token inside a text without creating a string: reading a text costs a hash of its
// characters and one comparison for each token. The hash is seeded randomly, so that texts cannot be made to collide; ids do not depend on
// it.

/** The hash of the empty text; `hashWith` extends it code unit by code unit. */
export const HASH_OF_NOTHING = Math.floor(Math.random() * 2 ** 32) | 0;
/** The hash after appending a UTF-16 code unit. */
export const hashWith = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

// Tokens of one code unit below this are looked up without a hash: letters of the Latin, Greek, Cyrillic, Hebrew and Arabic scripts.
const DIRECT = 0x700;

export class TokenTable {
  readonly #tokens: string[] = [];
  #hashes = new Int32Array(64);
  // Open addressing, at most half full. A slot is a pair: the id plus one (0 if free), and the hash.
  #slots = new Int32Array(256);
  // For each one-unit token, its id plus one, or 0.
  readonly #direct = new Int32Array(DIRECT);

  get tokens(): readonly string[] {
    return this.#tokens;
  }

  get size(): number {
    return this.#tokens.length;
  }

  /** The id of a token, or of the part of a text from `from` to `to`; -1 if there is none. `hash`: its hash, if already known. */
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

  /** The id of a token; a new one if it has none. */
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
    // The newest token has no hash yet; add() places it.
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

/** Mixes all bits of a hash into the lower ones, which choose the slot. */
function mix(hash: number): number {
  const folded = hash ^ (hash >>> 15);
  return Math.imul(folded, 0x2c1b3c6d) ^ (folded >>> 13);
}

function equals(token: string, text: string, from: number, to: number): boolean {
  if (token.length !== to - from) return false;
  for (let i = 0; i < token.length; i++) if (token.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}
