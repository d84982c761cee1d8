// Finds all tokens that start at one place of a text in one walk, with a trie over UTF-16 units.
// It is one hash table in typed arrays, because an object per node would cost too much for hundreds of thousands of tokens.

export const ROOT = 0;
/** Means "no such node" or "no token ends here". */
export const NONE = -1;

export class Trie {
  /** Slots of three numbers: parent, unit, child. In a free slot the parent is NONE. */
  #slots = new Int32Array(3 * 1024).fill(NONE);
  #mask = 1023;
  /** Node -> the value of the token that ends there, or NONE. */
  #values = new Int32Array(1024).fill(NONE);
  #nodes = 1;

  set(token: string, value: number): void {
    let node = ROOT;
    for (let i = 0; i < token.length; i++) {
      const unit = token.charCodeAt(i);
      const next = this.child(node, unit);
      node = next === NONE ? this.#add(node, unit) : next;
    }
    this.#values[node] = value;
  }

  /** The child of a node for a UTF-16 unit, or NONE. */
  child(node: number, unit: number): number {
    const slots = this.#slots;
    for (let index = hash(node, unit) & this.#mask; ; index = (index + 1) & this.#mask) {
      const slot = 3 * index;
      if (slots[slot] === NONE) return NONE;
      if (slots[slot] === node && slots[slot + 1] === unit) return slots[slot + 2];
    }
  }

  /** The value of the token that ends at a node, or NONE. */
  value(node: number): number {
    return this.#values[node];
  }

  #add(parent: number, unit: number): number {
    if (2 * this.#nodes > this.#mask) this.#grow();
    const node = this.#nodes++;
    this.#place(parent, unit, node);
    return node;
  }

  #place(parent: number, unit: number, node: number): void {
    let index = hash(parent, unit) & this.#mask;
    while (this.#slots[3 * index] !== NONE) index = (index + 1) & this.#mask;
    this.#slots.set([parent, unit, node], 3 * index);
  }

  #grow(): void {
    const old = this.#slots;
    const capacity = 2 * (this.#mask + 1);
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(3 * capacity).fill(NONE);
    for (let slot = 0; slot < old.length; slot += 3) if (old[slot] !== NONE) this.#place(old[slot], old[slot + 1], old[slot + 2]);
    const values = new Int32Array(capacity).fill(NONE);
    values.set(this.#values);
    this.#values = values;
  }
}

function hash(node: number, unit: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
