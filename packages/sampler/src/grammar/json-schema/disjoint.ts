// Decides, conservatively, whether no value can match two schemas. `oneOf` needs this: only then does "at least one" mean "exactly one".
import { COMBINING, field, has, JSON_TYPES, type JsonType, namedTypes, requireSchemaObject, type SchemaObject } from './keywords.js';

/** The maximum depth at which properties are compared. */
const MAX_DEPTH = 8;

/**
 * True if no value matches both; false if one might.
 *
 * @param resolve follows $ref
 */
export function areDisjoint(a: SchemaObject, b: SchemaObject, resolve: (schema: SchemaObject) => SchemaObject, depth = 0): boolean {
  a = resolve(a);
  b = resolve(b);
  const [valuesA, valuesB] = [scalarsOf(a), scalarsOf(b)];
  if (valuesA !== undefined && valuesB !== undefined) return !valuesA.some((value) => valuesB.includes(value));
  const [typesA, typesB] = [possibleTypes(a), possibleTypes(b)];
  if (typesA === undefined || typesB === undefined) return false;
  const common = typesA.filter((type) => typesB.includes(type));
  if (common.length === 0) return true;
  if (common.some((type) => type !== 'object') || depth >= MAX_DEPTH) return false;
  if (requiresForbidden(a, b) || requiresForbidden(b, a)) return true;
  return requiredByBoth(a, b).some((name) => {
    const [propertyA, propertyB] = [propertyOf(a, name), propertyOf(b, name)];
    return propertyA !== undefined && propertyB !== undefined && areDisjoint(propertyA, propertyB, resolve, depth + 1);
  });
}

/** The values of enum or const, if all are scalars. */
function scalarsOf(schema: SchemaObject): unknown[] | undefined {
  const values = field(schema, 'enum') ?? (Object.hasOwn(schema.fields, 'const') ? [field(schema, 'const')] : undefined);
  return Array.isArray(values) && values.every((value) => value === null || typeof value !== 'object') ? values : undefined;
}

function possibleTypes(schema: SchemaObject): JsonType[] | undefined {
  const values = scalarsOf(schema);
  if (values !== undefined) return values.map((value) => (value === null ? 'null' : (typeof value as JsonType)));
  const types = namedTypes(schema);
  if (types === undefined && [...COMBINING, 'enum', 'const'].some((name) => has(schema, name))) return undefined;
  // Without "type", keywords for one type do not restrict values of other types.
  return (types ?? JSON_TYPES).map((type) => (type === 'integer' ? 'number' : type));
}

/** Whether the first requires a property that the second does not allow. */
function requiresForbidden(a: SchemaObject, b: SchemaObject): boolean {
  const required = field(a, 'required');
  if (!Array.isArray(required) || field(b, 'additionalProperties') !== false || has(b, 'patternProperties')) return false;
  const declared = has(b, 'properties') ? requireSchemaObject(field(b, 'properties'), `${b.path}/properties`).fields : {};
  return (required as unknown[]).some((name) => typeof name === 'string' && !Object.hasOwn(declared, name));
}

function requiredByBoth(a: SchemaObject, b: SchemaObject): string[] {
  const [requiredA, requiredB] = [field(a, 'required'), field(b, 'required')];
  if (!Array.isArray(requiredA) || !Array.isArray(requiredB)) return [];
  return (requiredA as unknown[]).filter((name): name is string => typeof name === 'string' && requiredB.includes(name));
}

function propertyOf(schema: SchemaObject, name: string): SchemaObject | undefined {
  const properties = field(schema, 'properties');
  if (properties === undefined) return undefined;
  const path = `${schema.path}/properties`;
  const property = field(requireSchemaObject(properties, path), name);
  return typeof property === 'object' && property !== null ? requireSchemaObject(property, `${path}/${name}`) : undefined;
}
