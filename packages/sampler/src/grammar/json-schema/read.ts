// Translates a JSON Schema into a grammar: every schema becomes a rule, so that $ref and recursion are calls. Where several schemas apply to
// one value, they become one rule together: anyOf and the like are first written out as alternatives of keywords that all apply.
import { characters, choice, EMPTY, type Expression, type Grammar, literal, NOTHING, optional, repeat, rule } from '../expression.js';
import { arrayExpression, type ContainerContext, objectExpression } from './containers.js';
import { areDisjoint } from './disjoint.js';
import { exactly } from './exactly.js';
import { areEqual, isValid, listedValues, partsOf } from './is-valid.js';
import { assertions, checkKeywords, COMBINING, type Combining, field, has, JSON_TYPES, type JsonType, namedTypes, type PlacedSchema, requireSchemaObject, schemaError, type SchemaObject, typesOf, type Unsupported, type UnsupportedKeyword, standsForItself } from './keywords.js';
import type { Names } from './names.js';
import { noValue } from './no-value.js';
import { numberExpression } from './numbers.js';
import { numberOf } from './number-range.js';
import { follow } from './references.js';
import { anyString, stringExpression, stringTexts } from './strings.js';

/** Where white space may occur: nowhere; at most one space after each comma and colon; or up to 20 characters between any two parts. */
export type JsonWhitespace = 'none' | 'single' | 'free';

const ANY_VALUE = 'any value';
const FREE_SPACE = repeat(characters([0x09, 0x0a], [0x0d, 0x0d], [0x20, 0x20]), 0, 20);
const GAPS: Readonly<Record<JsonWhitespace, readonly [gap: Expression, padding: Expression]>> = {
  none: [EMPTY, EMPTY],
  single: [optional(literal(' ')), EMPTY],
  free: [FREE_SPACE, FREE_SPACE],
};

/**
 * @param onUnsupported is told keywords that are not supported, which are then ignored; without it, they are an error
 * @throws SyntaxError naming the path in the schema of what is invalid or not supported
 */
export function readJsonSchema(schema: unknown, whitespace: JsonWhitespace, onUnsupported?: (unsupported: UnsupportedKeyword) => void): Grammar {
  if (!Object.hasOwn(GAPS, whitespace)) throw new RangeError(`whitespace must be one of ${Object.keys(GAPS).join(', ')}, got ${String(whitespace)}`);
  const reader = new SchemaReader(schema, GAPS[whitespace], onUnsupported);
  reader.ruleFor([{ value: schema, path: '#' }], '#');
  return { rules: reader.rules, root: '#', errors: { noText: () => noValue(reader.rules, reader.schemas, '#'), leftRecursion: (circle) => standsForItself(circle) } };
}

/** The maximum nesting of schemas, and of the values of enum and const. */
const MAX_DEPTH = 200;

/** The maximum number of alternatives that schemas which apply together may have. */
const MAX_ALTERNATIVES = 500;

class SchemaReader implements ContainerContext {
  readonly rules = new Map<string, Expression>();
  /** The schemas that a rule stands for. */
  readonly schemas = new Map<string, readonly PlacedSchema[]>();
  readonly gap: Expression;
  readonly padding: Expression;
  readonly unsupported: Unsupported;
  readonly #document: unknown;
  /** The schemas whose alternatives are being read, each a part of the one before. */
  readonly #open: string[] = [];
  #depth = 0;

  constructor(document: unknown, [gap, padding]: readonly [Expression, Expression], onUnsupported?: (unsupported: UnsupportedKeyword) => void) {
    this.#document = document;
    this.gap = gap;
    this.padding = padding;
    const told = new Set<string>();
    this.unsupported = (schema, keyword, message) => {
      if (onUnsupported === undefined) throw schemaError(schema, message);
      const pointer = `${schema.path}/${keyword}`;
      if (!told.has(pointer)) onUnsupported({ keyword, pointer, message });
      told.add(pointer);
    };
  }

  /** Creates a rule with this name for the values that match all of the schemas. */
  ruleFor(schemas: readonly PlacedSchema[], name: string): Expression {
    if (!this.rules.has(name)) {
      this.schemas.set(name, schemas);
      this.rules.set(name, NOTHING); // a placeholder, for schemas that refer to themselves
      this.rules.set(name, this.#deeper(name, () => this.#read(schemas)));
    }
    return rule(name);
  }

  valueOf(schemas: readonly PlacedSchema[]): Expression {
    return schemas.some(({ value }) => value === false) ? NOTHING : this.ruleOf(schemas);
  }

  ruleOf(schemas: readonly PlacedSchema[]): Expression {
    const byPath = new Map<string, PlacedSchema>();
    for (const schema of schemas) if (schema.value !== true) byPath.set(schema.path, schema);
    return byPath.size === 0 ? this.#anyValue() : this.ruleFor([...byPath.values()], [...byPath.keys()].sort().join(' and '));
  }

  isName(name: string, schemas: readonly PlacedSchema[]): boolean {
    return schemas.every((schema) => isValid(name, schema, this));
  }

  namesOf(schemas: readonly PlacedSchema[]): Names {
    if (schemas.length === 0) return {};
    const finite: string[] = [];
    const expressions: Expression[] = [];
    let all = false;
    for (const alternative of this.#alternatives(schemas).filter((one) => typesOf(one).includes('string'))) {
      const listed = this.#listedBy(alternative);
      const texts = listed === undefined ? stringTexts(alternative, this.unsupported) : undefined;
      if (listed !== undefined) finite.push(...listed.filter((value) => typeof value === 'string'));
      else if (texts !== undefined) expressions.push(texts);
      else all = true;
    }
    if (all) return {};
    return expressions.length === 0 ? { finite } : { expression: choice(...expressions, ...finite.map(literal)) };
  }

  follow(schema: SchemaObject): PlacedSchema {
    return follow(this.#document, schema);
  }

  #read(schemas: readonly PlacedSchema[]): Expression {
    if (schemas.some(({ value }) => value === false)) return NOTHING;
    const objects = schemas.filter(({ value }) => value !== true).map(({ value, path }) => requireSchemaObject(value, path));
    for (const schema of objects) checkKeywords(schema, this.unsupported);
    const listed = this.#listedBy(objects);
    if (listed !== undefined) return choice(...listed.map((value) => exactly(value, objects[0], this)));
    // The usual schema needs no alternatives: either it has only keywords of its own, or only one that stands for others.
    const combining = COMBINING.find((name) => objects.some((schema) => has(schema, name)));
    if (combining === undefined) return this.#plain(objects);
    if (objects.length > 1 || assertions(objects[0]).length > 1 || combining === 'not' || (combining === 'allOf' && partsOf(objects[0], combining).length > 1)) {
      return choice(...this.#alternatives(schemas).map((alternative) => this.#plain(alternative)));
    }
    return choice(...this.#optionsOf(combining, objects[0]).map((option) => this.valueOf(option)));
  }

  /** Schemas as lists of objects whose own keywords all apply; a value matches if it matches one of the lists. */
  #alternatives(schemas: readonly PlacedSchema[]): SchemaObject[][] {
    let alternatives: SchemaObject[][] = [[]];
    const combine = (options: readonly SchemaObject[][]): void => {
      alternatives = alternatives.flatMap((before) => options.map((option) => [...new Map([...before, ...option].map((one) => [one.path, one])).values()]));
      if (alternatives.length > MAX_ALTERNATIVES) throw schemaError(schemas[0], `more than ${MAX_ALTERNATIVES} alternatives apply together; write fewer in "anyOf" and "oneOf", or fewer of these beside each other`);
    };
    for (const { value, path } of schemas) {
      if (value === false) return [];
      if (value === true) continue;
      const schema = requireSchemaObject(value, path);
      checkKeywords(schema, this.unsupported);
      if (this.#open.includes(path)) throw standsForItself([...this.#open.slice(this.#open.indexOf(path)), path]);
      this.#open.push(path);
      const present = assertions(schema);
      if (present.some((name) => !(COMBINING as readonly string[]).includes(name))) combine([[schema]]);
      for (const keyword of COMBINING) {
        if (present.includes(keyword)) combine(this.#optionsOf(keyword, schema).flatMap((option) => this.#deeper(path, () => this.#alternatives(option))));
      }
      this.#open.pop();
    }
    return alternatives;
  }

  /** What a combining keyword stands for: a value matches if it matches all schemas of one of the lists. */
  #optionsOf(keyword: Combining, schema: SchemaObject): PlacedSchema[][] {
    switch (keyword) {
      case '$ref': return [[this.follow(schema)]];
      case 'allOf': return [partsOf(schema, keyword)];
      case 'not': return this.#not(schema);
      case 'oneOf': this.#checkDisjoint(schema);
    }
    return partsOf(schema, keyword).map((part) => [part]);
  }

  /** Of "not", only what has a simple opposite: everything, nothing, and types. */
  #not(schema: SchemaObject): PlacedSchema[][] {
    const value = field(schema, 'not');
    const path = `${schema.path}/not`;
    if (value === false) return [[]];
    if (value === true) return [];
    const inner = requireSchemaObject(value, path);
    const present = assertions(inner);
    if (present.length === 0) return [];
    const types = namedTypes(inner);
    if (present.length === 1 && types !== undefined && !types.includes('integer')) {
      const others = JSON_TYPES.filter((type) => type !== 'integer' && !types.includes(type));
      return others.length === 0 ? [] : [[{ value: { type: others }, path }]];
    }
    this.unsupported(schema, 'not', 'the keyword "not" is not supported except for types; write what is allowed instead');
    return [[]];
  }

  #checkDisjoint(schema: SchemaObject): void {
    const parts = partsOf(schema, 'oneOf').filter(({ value }) => value !== false).map(({ value, path }) => requireSchemaObject(value === true ? {} : value, path));
    const resolve = (from: SchemaObject): SchemaObject => {
      let at = from;
      for (const seen = new Set<string>(); typeof field(at, '$ref') === 'string' && !seen.has(at.path); ) {
        seen.add(at.path);
        const { value, path } = this.follow(at);
        if (typeof value !== 'object' || value === null) break;
        at = requireSchemaObject(value, path);
      }
      return at;
    };
    for (let i = 0; i < parts.length; i++) {
      for (let j = 0; j < i; j++) {
        if (areDisjoint(parts[j], parts[i], resolve)) continue;
        this.unsupported(schema, 'oneOf', `schemas ${j} and ${i} of "oneOf" may match the same value; write "anyOf", or give both a required property with different "const"`);
      }
    }
  }

  /** The values that match schemas of which one lists its values; undefined if none does. */
  #listedBy(schemas: readonly SchemaObject[]): readonly unknown[] | undefined {
    const listing = schemas.find((schema) => has(schema, 'enum') || has(schema, 'const'));
    if (listing === undefined) return undefined;
    const different: unknown[] = [];
    for (const value of listedValues(listing)!) {
      if (!different.some((one) => areEqual(one, value)) && schemas.every((schema) => isValid(value, { value: schema.fields, path: schema.path }, this))) different.push(value);
    }
    return different;
  }

  /** The values that match the own keywords of all schemas. */
  #plain(schemas: readonly SchemaObject[]): Expression {
    const listed = this.#listedBy(schemas);
    if (listed !== undefined) return choice(...listed.map((value) => exactly(value, schemas[0], this)));
    if (schemas.every((schema) => !has(schema, 'type') && assertions(schema).every((name) => name === 'nullable'))) return this.#anyValue();
    return choice(...typesOf(schemas).map((type) => this.#ofType(type, schemas)));
  }

  #ofType(type: JsonType, schemas: readonly SchemaObject[]): Expression {
    switch (type) {
      case 'null': return literal('null');
      case 'boolean': return choice(literal('true'), literal('false'));
      case 'string': return stringExpression(schemas, this.rules, this.unsupported);
      case 'array': return arrayExpression(schemas, this);
      case 'object': return objectExpression(schemas, this);
      default: return numberOf(schemas, type === 'integer', this.unsupported);
    }
  }

  #anyValue(): Expression {
    if (!this.rules.has(ANY_VALUE)) {
      this.rules.set(ANY_VALUE, NOTHING);
      const free = [{ fields: {}, path: ANY_VALUE }];
      const containers = [arrayExpression(free, this), objectExpression(free, this)];
      this.rules.set(ANY_VALUE, choice(literal('null'), literal('true'), literal('false'), numberExpression({ integer: false }), anyString, ...containers));
    }
    return rule(ANY_VALUE);
  }

  #deeper<T>(path: string, read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw schemaError({ path }, `more than ${MAX_DEPTH} schemas or values within each other`);
    const result = read();
    this.#depth--;
    return result;
  }
}
