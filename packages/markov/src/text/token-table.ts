// Tokens and their ids. Like a Map from strings, but it finds a token where it stands in a text, without a string for it: reading a text
// costs a hash of its characters and one comparison for each token.

export class TokenTable {
  readonly #tokens: string[] = [];
  #hashes = new Int32Array(64);
  // Open addressing: one more than the id, or 0; always at most half full.
  #slots = new Int32Array(128);
  // Texts that were made to collide must guess it. Ids do not depend on it.
  readonly #seed = Math.floor(Math.random() * 2 ** 32);

  get tokens(): readonly string[] {
    return this.#tokens;
  }

  get size(): number {
    return this.#tokens.length;
  }

  /** The id of a token, or of the part of a text from `from` to `to`; -1 if there is none. */
  find(text: string, from = 0, to = text.length): number {
    const hash = this.#hash(text, from, to);
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const id = slots[slot] - 1;
      if (this.#hashes[id] === hash && this.#equals(this.#tokens[id], text, from, to)) return id;
    }
    return -1;
  }

  /** The id of a token, which is a new one if it has none yet. */
  add(token: string): number {
    const known = this.find(token);
    if (known >= 0) return known;
    const id = this.#tokens.push(token) - 1;
    if (id === this.#hashes.length) this.#grow();
    this.#hashes[id] = this.#hash(token, 0, token.length);
    this.#place(id);
    return id;
  }

  #hash(text: string, from: number, to: number): number {
    let hash = this.#seed;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
  }

  #equals(token: string, text: string, from: number, to: number): boolean {
    if (token.length !== to - from) return false;
    for (let i = 0; i < token.length; i++) if (token.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
    return true;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(hashes.length * 2);
    // The newest has no hash yet; add() places it.
    for (let id = 0; id < this.#tokens.length - 1; id++) this.#place(id);
  }

  #place(id: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[id] & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = id + 1;
  }
}
