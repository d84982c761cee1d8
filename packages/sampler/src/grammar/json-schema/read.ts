// Translates a JSON Schema into a grammar: every schema becomes a rule, so that $ref and recursion are calls.
import { choice, EMPTY, type Expression, type Grammar, literal, NOTHING, optional, characters, repeat, rule, sequence } from '../expression.js';
import { arrayExpression, type ContainerContext, objectExpression } from './containers.js';
import { areDisjoint } from './disjoint.js';
import { assertions, checkKeywords, field, type JsonType, requireSchemaObject, schemaError, type SchemaObject, typesOf, WHOLE } from './keywords.js';
import { type Limit, numberExpression } from './numbers.js';
import { anyString, stringExpression } from './strings.js';

/** Where white space may occur: nowhere; at most one space after each comma and colon; or up to 20 characters between any two parts. */
export type JsonWhitespace = 'none' | 'single' | 'free';

const ANY_VALUE = 'any value';
const FREE_SPACE = repeat(characters([0x09, 0x0a], [0x0d, 0x0d], [0x20, 0x20]), 0, 20);
const GAPS: Readonly<Record<JsonWhitespace, readonly [gap: Expression, padding: Expression]>> = {
  none: [EMPTY, EMPTY],
  single: [optional(literal(' ')), EMPTY],
  free: [FREE_SPACE, FREE_SPACE],
};

/** @throws SyntaxError naming the path in the schema of what is invalid or not supported */
export function readJsonSchema(schema: unknown, whitespace: JsonWhitespace): Grammar {
  if (!Object.hasOwn(GAPS, whitespace)) throw new RangeError(`whitespace must be one of ${Object.keys(GAPS).join(', ')}, got ${String(whitespace)}`);
  const reader = new SchemaReader(schema, ...GAPS[whitespace]);
  reader.ruleFor(schema, '#');
  return { rules: reader.rules, root: '#' };
}

/** The maximum nesting of schemas, and of the values of enum and const. */
const MAX_DEPTH = 200;

class SchemaReader implements ContainerContext {
  readonly rules = new Map<string, Expression>();
  readonly gap: Expression;
  readonly padding: Expression;
  readonly #document: unknown;
  #depth = 0;

  constructor(document: unknown, gap: Expression, padding: Expression) {
    this.#document = document;
    this.gap = gap;
    this.padding = padding;
  }

  /** Creates a rule, named after the path, for the schema at that path. */
  ruleFor(schema: unknown, path: string): Expression {
    if (!this.rules.has(path)) {
      this.rules.set(path, NOTHING); // a placeholder, for schemas that refer to themselves
      this.#deeper(path);
      this.rules.set(path, this.#read(schema, path));
      this.#depth--;
    }
    return rule(path);
  }

  valueOf(schema: unknown, path: string): Expression {
    if (schema === true) return this.#anyValue();
    return schema === false ? NOTHING : this.ruleFor(schema, path);
  }

  #read(value: unknown, path: string): Expression {
    if (value === true) return this.#anyValue();
    if (value === false) return NOTHING;
    const schema = requireSchemaObject(value, path);
    checkKeywords(schema);
    const present = assertions(schema);
    const whole = WHOLE.find((name) => present.includes(name));
    if (whole === undefined) {
      if (present.length === 0) return this.#anyValue();
      return choice(...typesOf(schema).map((type) => this.#ofType(type, schema)));
    }
    const mayHaveType = whole === 'enum' || whole === 'const';
    const other = present.find((name) => name !== whole && !(mayHaveType && name === 'type'));
    if (other !== undefined) throw schemaError(schema, `"${whole}" and "${other}" together are not supported; write one schema that says both`);
    return this.#readWhole(whole, schema);
  }

  #readWhole(keyword: (typeof WHOLE)[number], schema: SchemaObject): Expression {
    const value = field(schema, keyword);
    switch (keyword) {
      case '$ref': {
        const [target, path] = this.#follow(value, schema);
        return this.valueOf(target, path);
      }
      case 'const':
        return this.#oneOfValues([value], schema);
      case 'enum':
        if (!Array.isArray(value) || value.length === 0) throw schemaError(schema, '"enum" must be a list of at least one value');
        return this.#oneOfValues(value, schema);
      default: {
        if (!Array.isArray(value) || value.length === 0) throw schemaError(schema, `"${keyword}" must be a list of at least one schema`);
        if (keyword === 'allOf' && value.length > 1) throw schemaError(schema, '"allOf" of several schemas is not supported; write one schema that says all');
        if (keyword === 'oneOf') this.#requireDisjoint(value, schema);
        return choice(...value.map((part, i) => this.valueOf(part, `${schema.path}/${keyword}/${i}`)));
      }
    }
  }

  #requireDisjoint(schemas: readonly unknown[], { path }: SchemaObject): void {
    const parts = schemas.map((part, i) => requireSchemaObject(part === true ? {} : part, `${path}/oneOf/${i}`));
    const resolve = (schema: SchemaObject): SchemaObject => {
      let at = schema;
      for (const seen = new Set<string>(); typeof field(at, '$ref') === 'string' && !seen.has(at.path); ) {
        seen.add(at.path);
        const [target, targetPath] = this.#follow(field(at, '$ref'), at);
        if (typeof target !== 'object' || target === null) break;
        at = requireSchemaObject(target, targetPath);
      }
      return at;
    };
    for (let i = 0; i < parts.length; i++) {
      for (let j = 0; j < i; j++) {
        if (areDisjoint(parts[j], parts[i], resolve)) continue;
        throw schemaError({ path }, `schemas ${j} and ${i} of "oneOf" may match the same value; write "anyOf", or give both a required property with different "const"`);
      }
    }
  }

  #ofType(type: JsonType, schema: SchemaObject): Expression {
    switch (type) {
      case 'null': return literal('null');
      case 'boolean': return choice(literal('true'), literal('false'));
      case 'string': return stringExpression(schema, this.rules);
      case 'array': return arrayExpression(schema, this);
      case 'object': return objectExpression(schema, this);
      default: return numberOf(schema, type === 'integer');
    }
  }

  #anyValue(): Expression {
    if (!this.rules.has(ANY_VALUE)) {
      this.rules.set(ANY_VALUE, NOTHING);
      const free = { fields: {}, path: ANY_VALUE };
      const containers = [arrayExpression(free, this), objectExpression(free, this)];
      this.rules.set(ANY_VALUE, choice(literal('null'), literal('true'), literal('false'), numberExpression({ integer: false }), anyString, ...containers));
    }
    return rule(ANY_VALUE);
  }

  /** The values as JSON text, without those that do not match the schema's type. */
  #oneOfValues(values: readonly unknown[], schema: SchemaObject): Expression {
    const types = typesOf(schema);
    const ofType = values.filter((value) => field(schema, 'type') === undefined || types.some((type) => isOfType(value, type)));
    return choice(...ofType.map((value) => this.#exactly(value, schema)));
  }

  #exactly(value: unknown, schema: SchemaObject): Expression {
    this.#deeper(schema.path);
    const expression = this.#exactlyThis(value, schema);
    this.#depth--;
    return expression;
  }

  #deeper(path: string): void {
    if (++this.#depth > MAX_DEPTH) throw schemaError({ path }, `more than ${MAX_DEPTH} schemas or values within each other`);
  }

  #exactlyThis(value: unknown, schema: SchemaObject): Expression {
    const { gap, padding } = this;
    const joined = (parts: Expression[]): Expression[] => parts.flatMap((part, i) => (i === 0 ? [part] : [padding, literal(','), gap, part]));
    if (Array.isArray(value)) return sequence(literal('['), padding, ...joined(value.map((item) => this.#exactly(item, schema))), padding, literal(']'));
    if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value).map(([name, item]) => sequence(literal(JSON.stringify(name)), padding, literal(':'), gap, this.#exactly(item, schema)));
      return sequence(literal('{'), padding, ...joined(members), padding, literal('}'));
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return literal(JSON.stringify(value));
    throw schemaError(schema, `${String(value)} is no value of JSON`);
  }

  /** The target of a $ref, and its path. */
  #follow(reference: unknown, schema: SchemaObject): [target: unknown, path: string] {
    if (typeof reference !== 'string' || !(reference === '#' || reference.startsWith('#/'))) {
      throw schemaError(schema, `"$ref" ${JSON.stringify(reference)} is not supported; only places in the same schema are, such as "#/$defs/name"`);
    }
    let target = this.#document;
    for (const part of reference.split('/').slice(1)) {
      const name = decodePointer(part);
      if (typeof target !== 'object' || target === null || !Object.hasOwn(target, name)) throw schemaError(schema, `"$ref" ${JSON.stringify(reference)} leads nowhere: there is no ${JSON.stringify(name)}`);
      target = (target as Record<string, unknown>)[name];
    }
    return [target, reference];
  }
}

function decodePointer(part: string): string {
  // Percent-encoding as in a URL; text that is not validly encoded is used as it is.
  const plain = /%(?![0-9A-Fa-f]{2})/.test(part) ? part : decodeURIComponent(part);
  return plain.replaceAll('~1', '/').replaceAll('~0', '~');
}

function isOfType(value: unknown, type: JsonType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  return typeof value === type && !(type === 'object' && (value === null || Array.isArray(value)));
}

function numberOf(schema: SchemaObject, integer: boolean): Expression {
  const low = stricter(limitOf(schema, 'minimum', false), limitOf(schema, 'exclusiveMinimum', true), (a, b) => a > b);
  const high = stricter(limitOf(schema, 'maximum', false), limitOf(schema, 'exclusiveMaximum', true), (a, b) => a < b);
  if (low !== undefined && high !== undefined && low.value > high.value) throw schemaError(schema, `the lower limit ${low.value} is above the upper limit ${high.value}`);
  return numberExpression({ integer, low, high });
}

function limitOf(schema: SchemaObject, name: string, exclusive: boolean): Limit | undefined {
  const value = field(schema, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw schemaError(schema, `"${name}" must be a number, got ${JSON.stringify(value)}`);
  return { value, exclusive };
}

/** The stricter of two limits; of equal values the exclusive one. */
function stricter(inclusive: Limit | undefined, exclusive: Limit | undefined, leavesLess: (a: number, b: number) => boolean): Limit | undefined {
  if (inclusive === undefined || exclusive === undefined) return inclusive ?? exclusive;
  return leavesLess(inclusive.value, exclusive.value) ? inclusive : exclusive;
}
