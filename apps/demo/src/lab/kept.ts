// Keeps what was expensive to make, such as a trained chain, for the next jobs. The least recently used goes first.

export class Kept {
  readonly #limit: number;
  readonly #values = new Map<string, Promise<unknown>>();

  /** @param limit  how many values are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * The value of the key; `make` makes it when it is not kept. One that could not be made is not kept.
   * @param makeAgain  whether to make the value here when the one that another run was making failed for this reason
   */
  async get<Value>(key: string, make: () => Value | Promise<Value>, makeAgain: (error: unknown) => boolean = () => false): Promise<Value> {
    const shared = this.#values.get(key) as Promise<Value> | undefined;
    if (shared) this.#values.delete(key); // and to the end, as the most recent
    const value = shared ?? Promise.resolve().then(make);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#limit) break;
      this.#values.delete(oldest);
    }
    try {
      return await value;
    } catch (error) {
      if (this.#values.get(key) === value) this.#values.delete(key);
      if (shared && makeAgain(error)) return this.get(key, make, makeAgain);
      throw error;
    }
  }
}
