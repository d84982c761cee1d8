// A value inside a JSON document that knows where it stands, so that every complaint names the field.
// Only own properties are read: a file cannot plant values through `__proto__`.

import { quote } from '../text/well-formed';

export class JsonField {
  readonly value: unknown;
  /** For example `model.merges[3]`; empty for the document itself. */
  readonly path: string;
  readonly #document: string;

  /** @param document  what the complaints call the document */
  constructor(value: unknown, document: string, path = '') {
    this.value = value;
    this.path = path;
    this.#document = document;
  }

  /** @throws {RangeError} "tokenizer.json: model.merges[3] is 7; expected ..." */
  fail(expected: string): never {
    const given = this.value === undefined ? 'missing' : quote(this.value);
    throw new RangeError(`${this.#document}: ${this.path || 'the document'} is ${given}; expected ${expected}.`);
  }

  /** Runs `make` and lets its complaints name this field. */
  within<T>(make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`${this.#document}: ${this.path}: ${error.message}`, { cause: error });
    }
  }

  /** The field of an object, whose value may be undefined. */
  get(name: string): JsonField {
    const object = this.object();
    return new JsonField(Object.hasOwn(object, name) ? object[name] : undefined, this.#document, this.path ? `${this.path}.${name}` : name);
  }

  object(): Record<string, unknown> {
    if (this.value === null || typeof this.value !== 'object' || Array.isArray(this.value)) this.fail('an object');
    return this.value as Record<string, unknown>;
  }

  /** The entries of an object that is used as a dictionary, as keys and fields. */
  entries(): [string, JsonField][] {
    return Object.entries(this.object()).map(([key, value]) => [key, new JsonField(value, this.#document, `${this.path}[${quote(key)}]`)]);
  }

  array(): JsonField[] {
    if (!Array.isArray(this.value)) this.fail('a list');
    return Array.from(this.value as unknown[], (value, index) => new JsonField(value, this.#document, `${this.path}[${index}]`));
  }

  string(): string {
    return typeof this.value === 'string' ? this.value : this.fail('a string');
  }

  id(): number {
    return Number.isSafeInteger(this.value) && (this.value as number) >= 0 ? (this.value as number) : this.fail('a token id, an integer of at least 0');
  }

  boolean(whenMissing: boolean): boolean {
    if (this.value === undefined) return whenMissing;
    return typeof this.value === 'boolean' ? this.value : this.fail('true or false');
  }

  /** Refuses every value but these; `undefined` stands for a field that is missing. */
  only(allowed: readonly unknown[], expected: string): void {
    if (!allowed.includes(this.value)) this.fail(expected);
  }
}
