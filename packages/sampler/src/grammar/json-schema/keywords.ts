// Lists the JSON Schema keywords that are supported and those that do not restrict values; all others are an error. Ignoring an unknown
// keyword would allow invalid values.

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

export const JSON_TYPES: readonly JsonType[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

/** Keywords that only describe and do not restrict. */
const ANNOTATIONS = new Set([
  '$schema', '$id', '$comment', '$defs', 'definitions', 'title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly',
]);

/** Keywords that restrict values of one type only. */
const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems'],
  object: ['properties', 'required', 'additionalProperties'],
};

/** Keywords that define the whole schema: only annotations may be next to them (and `type` next to enum and const). */
export const WHOLE = ['$ref', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'] as const;

/** A schema that is an object, with its path. */
export interface SchemaObject {
  readonly fields: Readonly<Record<string, unknown>>;
  /** As in "#/properties/name". */
  readonly path: string;
}

/** @returns an error that names the path in the schema */
export function schemaError({ path }: { path: string }, message: string): SyntaxError {
  return new SyntaxError(`JSON Schema at ${path}: ${message}`);
}

/** @throws SyntaxError unless the value is an object with string keys */
export function requireSchemaObject(value: unknown, path: string): SchemaObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw schemaError({ path }, `expected a schema, an object or true or false, got ${Array.isArray(value) ? 'an array' : String(value)}`);
  }
  return { fields: value as Record<string, unknown>, path };
}

/** A keyword's value; undefined if missing or inherited. */
export const field = ({ fields }: SchemaObject, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

/** The keywords that restrict which values are valid. */
export const assertions = ({ fields }: SchemaObject): string[] => Object.keys(fields).filter((name) => !ANNOTATIONS.has(name));

/** @throws SyntaxError naming a keyword that is not supported */
export function checkKeywords(schema: SchemaObject): void {
  const known = new Set<string>(['type', ...WHOLE, ...Object.values(OF_TYPE).flat()]);
  const unknown = assertions(schema).find((name) => !known.has(name));
  if (unknown !== undefined) throw schemaError(schema, `the keyword "${unknown}" is not supported; leave it out and check the finished value with a validator`);
}

/** The types that a schema applies to: those it names, otherwise those whose keywords it uses, otherwise all. */
export function typesOf(schema: SchemaObject): readonly JsonType[] {
  const type = field(schema, 'type');
  if (type !== undefined) {
    const types = Array.isArray(type) ? (type as unknown[]) : [type];
    const bad = types.find((one) => !JSON_TYPES.includes(one as JsonType));
    if (bad !== undefined || types.length === 0) throw schemaError(schema, `"type" must be one of ${JSON_TYPES.join(', ')}, or a list of these, got ${JSON.stringify(type)}`);
    return types.includes('number') ? (types as JsonType[]).filter((one) => one !== 'integer') : (types as JsonType[]);
  }
  const implied = Object.keys(OF_TYPE).filter((name) => OF_TYPE[name].some((keyword) => field(schema, keyword) !== undefined));
  return implied.length > 0 ? (implied as JsonType[]) : JSON_TYPES.filter((name) => name !== 'integer');
}

/** Reads a keyword that is an integer from 0. */
export function countField(schema: SchemaObject, name: string, otherwise: number): number {
  const value = field(schema, name) ?? otherwise;
  if (value !== Infinity && !(Number.isSafeInteger(value) && (value as number) >= 0)) throw schemaError(schema, `"${name}" must be an integer from 0, got ${JSON.stringify(value)}`);
  return value as number;
}

/** Reads a minimum and a maximum count and checks their order. */
export function countRange(schema: SchemaObject, minName: string, maxName: string): readonly [min: number, max: number] {
  const min = countField(schema, minName, 0);
  const max = countField(schema, maxName, Infinity);
  if (min > max) throw schemaError(schema, `"${minName}" ${min} is above "${maxName}" ${max}`);
  return [min, max];
}
