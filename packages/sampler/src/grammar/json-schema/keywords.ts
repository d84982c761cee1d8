// Lists the JSON Schema keywords that are supported and those that do not restrict values; all others are an error, or are reported and then
// ignored. Ignoring an unknown keyword in silence would allow invalid values.

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

export const JSON_TYPES: readonly JsonType[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

/** Keywords that only describe and do not restrict. So do all whose name begins with "x-". */
const ANNOTATIONS = new Set([
  '$schema', '$id', 'id', '$anchor', '$vocabulary', '$comment', '$defs', 'definitions', 'title', 'description', 'default', 'example', 'examples',
  'deprecated', 'readOnly', 'writeOnly', 'contentEncoding', 'contentMediaType', 'contentSchema',
]);

/** Keywords that restrict values of one type only. */
const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['items', 'prefixItems', 'additionalItems', 'minItems', 'maxItems', 'uniqueItems'],
  object: ['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames', 'minProperties', 'maxProperties'],
};

/** Keywords that stand for other schemas, all of which apply together with the keywords beside them. */
export const COMBINING = ['$ref', 'anyOf', 'oneOf', 'allOf', 'not'] as const;
export type Combining = (typeof COMBINING)[number];

const KNOWN = new Set<string>(['type', 'nullable', 'enum', 'const', ...COMBINING, ...Object.values(OF_TYPE).flat()]);

/** A schema that is an object, with its path. */
export interface SchemaObject {
  readonly fields: Readonly<Record<string, unknown>>;
  /** As in "#/properties/name": a JSON pointer behind a "#". */
  readonly path: string;
}

/** Any schema, with its path. */
export interface PlacedSchema {
  readonly value: unknown;
  readonly path: string;
}

/** A keyword that restricts values in a way that cannot be written as a grammar. */
export interface UnsupportedKeyword {
  readonly keyword: string;
  /** The JSON pointer of the keyword, as a URI fragment: "#/properties/name/format". */
  readonly pointer: string;
  /** Why it is not supported, and what to do. */
  readonly message: string;
}

/** Takes note of a keyword that is not supported: throws, or returns so that it is ignored. */
export type Unsupported = (schema: SchemaObject, keyword: string, message: string) => void;

/** Escapes a name for use in a JSON pointer. */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** @returns an error that names the path in the schema */
export function schemaError({ path }: { path: string }, message: string): SyntaxError {
  return new SyntaxError(`JSON Schema at ${path}: ${message}`);
}

/** @throws SyntaxError unless the value is an object with string keys, and not one of a library that only can write a JSON Schema */
export function requireSchemaObject(value: unknown, path: string): SchemaObject {
  const library = libraryOf(value);
  if (library !== undefined) throw schemaError({ path }, `this is a schema of ${library}, not a JSON Schema; ${library === 'zod' ? 'use z.toJSONSchema(schema)' : `convert it to one with what ${library} has for this`}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const advice = typeof value === 'string' ? '; if it is the JSON text of a schema, JSON.parse it' : '';
    throw schemaError({ path }, `expected a schema, an object or true or false, got ${Array.isArray(value) ? 'an array' : typeof value === 'string' ? 'a string' : typeof value === 'function' ? 'a function' : String(value)}${advice}`);
  }
  return { fields: value as Record<string, unknown>, path };
}

/** The library whose schema object this is: zod by its own mark, others by that of the Standard Schema specification (standardschema.dev). */
function libraryOf(value: unknown): string | undefined {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  if ('_zod' in value) return 'zod';
  // A JSON Schema that zod wrote has the mark as well, but hidden.
  if (!('~standard' in value) || Object.getOwnPropertyDescriptor(value, '~standard')?.enumerable === false) return undefined;
  const { vendor } = Object(value['~standard']) as { vendor?: unknown };
  return typeof vendor === 'string' ? vendor : undefined;
}

/** A keyword's value; undefined if missing or inherited. */
export const field = ({ fields }: SchemaObject, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

/** Whether a schema has a keyword of its own. */
export const has = ({ fields }: SchemaObject, name: string): boolean => Object.hasOwn(fields, name);

/** The keywords that restrict which values are valid. */
export const assertions = ({ fields }: SchemaObject): string[] => Object.keys(fields).filter(isAssertion);

const isAssertion = (name: string): boolean => !ANNOTATIONS.has(name) && !name.startsWith('x-');

/** Reports keywords that are not supported. `if` without `then` and `else` says nothing, and neither do they without `if`. */
export function checkKeywords(schema: SchemaObject, unsupported: Unsupported): void {
  for (const name of Object.keys(schema.fields)) {
    if (KNOWN.has(name) || !isAssertion(name)) continue;
    if (name === 'if' ? !has(schema, 'then') && !has(schema, 'else') : (name === 'then' || name === 'else') && !has(schema, 'if')) continue;
    unsupported(schema, name, `the keyword "${name}" is not supported; leave it out and check the finished value with a validator`);
  }
}

/** The types that a schema names; undefined if it names none. */
export function namedTypes(schema: SchemaObject): readonly JsonType[] | undefined {
  const type = field(schema, 'type');
  if (type === undefined) return undefined;
  const types = Array.isArray(type) ? (type as unknown[]) : [type];
  const bad = types.find((one) => !JSON_TYPES.includes(one as JsonType));
  if (bad !== undefined || types.length === 0) throw schemaError(schema, `"type" must be one of ${JSON_TYPES.join(', ')}, or a list of these, got ${JSON.stringify(type)}`);
  const named = types.includes('number') ? (types as JsonType[]).filter((one) => one !== 'integer') : (types as JsonType[]);
  // The word of OpenAPI 3.0.
  return field(schema, 'nullable') === true && !named.includes('null') ? [...named, 'null'] : named;
}

/** The types that schemas apply to together: those that all of them name; if none names any, those whose keywords they use; otherwise all. */
export function typesOf(schemas: readonly SchemaObject[]): readonly JsonType[] {
  const named = schemas.map(namedTypes).filter((types) => types !== undefined);
  if (named.length > 0) {
    return named.reduce((before, types) => {
      const both = before.filter((type) => types.includes(type));
      const integers = (before.includes('integer') && types.includes('number')) || (before.includes('number') && types.includes('integer'));
      return integers ? [...both, 'integer'] : both;
    });
  }
  const implied = Object.keys(OF_TYPE).filter((name) => OF_TYPE[name].some((keyword) => schemas.some((schema) => has(schema, keyword))));
  return implied.length > 0 ? (implied as JsonType[]) : JSON_TYPES.filter((name) => name !== 'integer');
}

/** Reads a keyword that is an integer from 0. */
function countField(schema: SchemaObject, name: string, otherwise: number): number {
  const value = field(schema, name) ?? otherwise;
  if (value !== Infinity && !(Number.isSafeInteger(value) && (value as number) >= 0)) throw schemaError(schema, `"${name}" must be an integer from 0, got ${JSON.stringify(value)}`);
  return value as number;
}

/** Reads a minimum and a maximum count that all schemas allow. The minimum is above the maximum only if two schemas exclude each other. */
export function countRange(schemas: readonly SchemaObject[], minName: string, maxName: string): readonly [min: number, max: number] {
  let [lowest, highest] = [0, Infinity];
  for (const schema of schemas) {
    const min = countField(schema, minName, 0);
    const max = countField(schema, maxName, Infinity);
    if (min > max) throw schemaError(schema, `"${minName}" ${min} is above "${maxName}" ${max}`);
    lowest = Math.max(lowest, min);
    highest = Math.min(highest, max);
  }
  return [lowest, highest];
}

/** The error for schemas that lead to each other by "$ref" (or anyOf, oneOf, allOf) while the value stays the same. */
export const standsForItself = (circle: readonly string[]): RangeError =>
  new RangeError(`JSON Schema at ${circle[0]}: it stands for itself, with no array or object around it (${circle.join(' is ')}); leave out the "$ref" that leads back`);
