// Collects ids while a text is being encoded. Growing a plain array id by id would take longer than finding many of the ids, so this list
// grows in an integer array and becomes a plain array of the right length at the end.

const FIRST_CAPACITY = 0x100;
/** Above this capacity, the memory is released after use. */
const KEPT_CAPACITY = 0x100000;
/** V8 makes arrays slow if they are created at once with a greater length. */
const LONGEST_AT_ONCE = 0x2000000;

export class IdList {
  #ids = new Int32Array(FIRST_CAPACITY);
  #length = 0;

  push(id: number): void {
    if (this.#length === this.#ids.length) this.#grow(1);
    this.#ids[this.#length++] = id;
  }

  /** Appends `count` elements of `ids`, from index `from` on. */
  append(ids: Int32Array, from: number, count: number): void {
    if (this.#length + count > this.#ids.length) this.#grow(count);
    const own = this.#ids;
    const at = this.#length;
    for (let i = 0; i < count; i++) own[at + i] = ids[from + i];
    this.#length = at + count;
  }

  /** Returns all ids as a new array and empties the list. */
  take(): number[] {
    const length = this.#length;
    const own = this.#ids;
    const ids: number[] = length > LONGEST_AT_ONCE ? [] : new Array<number>(length);
    for (let i = 0; i < length; i++) ids[i] = own[i];
    this.clear();
    return ids;
  }

  clear(): void {
    this.#length = 0;
    if (this.#ids.length > KEPT_CAPACITY) this.#ids = new Int32Array(FIRST_CAPACITY);
  }

  #grow(count: number): void {
    const longer = new Int32Array(2 * (this.#length + count));
    longer.set(this.#ids);
    this.#ids = longer;
  }
}
