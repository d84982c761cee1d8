// Holds a value of a JSON document together with its path, so that every error names the field.
// Only own properties are read: a file cannot plant values through `__proto__`.

import { quote } from '../text/well-formed.js';

export class JsonField {
  readonly value: unknown;
  /** The name of the document, or the field that contains this one. Paths are built only for errors. */
  readonly #parent: string | JsonField;
  /** How the parent names this field, for example `.merges` or `[3]`. */
  readonly #step: string | number;

  /** @param document  the name of the document in errors */
  constructor(value: unknown, document: string | JsonField, step: string | number = '') {
    this.value = value;
    this.#parent = document;
    this.#step = step;
  }

  /** @throws {RangeError} for example "tokenizer.json: model.merges[3] is 7; expected a list." */
  fail(expected: string): never {
    const given = this.value === undefined ? 'missing' : quote(this.value);
    throw new RangeError(`${this.#document()}: ${this.#path() || 'the document'} is ${given}; expected ${expected}.`);
  }

  /** Runs `make` and adds this field's path to its errors. */
  within<T>(make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`${this.#document()}: ${this.#path()}: ${error.message}`, { cause: error });
    }
  }

  /** A field of an object; its value may be undefined. */
  get(name: string): JsonField {
    const object = this.object();
    return new JsonField(Object.hasOwn(object, name) ? object[name] : undefined, this, `.${name}`);
  }

  object(): Record<string, unknown> {
    if (this.value === null || typeof this.value !== 'object' || Array.isArray(this.value)) this.fail('an object');
    return this.value as Record<string, unknown>;
  }

  /** The entry of a key, for an object that is a dictionary with arbitrary keys. */
  entry(key: string): JsonField {
    return new JsonField(this.object()[key], this, `[${quote(key)}]`);
  }

  array(): JsonField[] {
    if (!Array.isArray(this.value)) this.fail('a list');
    return Array.from(this.value as unknown[], (value, index) => new JsonField(value, this, index));
  }

  /** The element at an index of a list. */
  at(index: number): JsonField {
    return new JsonField((this.value as unknown[])[index], this, index);
  }

  string(): string {
    return typeof this.value === 'string' ? this.value : this.fail('a string');
  }

  /** A string of exactly one character (code point). */
  character(): string {
    const text = this.string();
    return [...text].length === 1 ? text : this.fail('a single character');
  }

  /** A finite number. */
  number(): number {
    return typeof this.value === 'number' && Number.isFinite(this.value) ? this.value : this.fail('a number');
  }

  integer(minimum: number, maximum: number): number {
    const { value } = this;
    if (!Number.isInteger(value) || (value as number) < minimum || (value as number) > maximum) this.fail(`an integer from ${minimum} to ${maximum}`);
    return value as number;
  }

  /** One of these strings. */
  choice<T extends string>(choices: readonly T[], whenMissing?: T): T {
    if (this.value === undefined && whenMissing !== undefined) return whenMissing;
    return choices.includes(this.value as T) ? (this.value as T) : this.fail(choices.map((choice) => `"${choice}"`).join(' or '));
  }

  /** Whether the value is missing or null. */
  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  boolean(whenMissing: boolean): boolean {
    if (this.value === undefined) return whenMissing;
    return typeof this.value === 'boolean' ? this.value : this.fail('true or false');
  }

  /** Throws for every value other than these; `undefined` in the list allows a missing field. */
  only(allowed: readonly unknown[], expected: string): void {
    if (!allowed.includes(this.value)) this.fail(expected);
  }

  #path(): string {
    const step = typeof this.#step === 'number' ? `[${this.#step}]` : this.#step;
    return typeof this.#parent === 'string' ? '' : (this.#parent.#path() + step).replace(/^\./, '');
  }

  #document(): string {
    return typeof this.#parent === 'string' ? this.#parent : this.#parent.#document();
  }
}
