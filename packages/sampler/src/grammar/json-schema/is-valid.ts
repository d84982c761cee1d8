// Checks a value by schemas: for the values of enum and const beside other keywords, and for names of properties.
import { characterStates, type CharacterStates, matches } from '../character-states.js';
import type { Expression } from '../expression.js';
import { COMBINING, countRange, field, type JsonType, namedTypes, type PlacedSchema, requireSchemaObject, schemaError, type SchemaObject, standsForItself, type Unsupported } from './keywords.js';
import { isMultiple } from './multiples.js';
import { limitsOf, stepOf } from './number-range.js';
import { itemSchemas, propertySchemas, requiredNames, schemasFor } from './places.js';
import { patternsOf } from './strings.js';

export interface ValidityContext {
  readonly unsupported: Unsupported;
  /** The target of a $ref. */
  follow(schema: SchemaObject): PlacedSchema;
}

/**
 * Whether a value matches a schema.
 *
 * @param entered the schemas that led here with the same value
 * @throws RangeError if they lead back to this one, so that the question has no answer
 */
export function isValid(value: unknown, { value: schema, path }: PlacedSchema, context: ValidityContext, entered: readonly string[] = []): boolean {
  if (typeof schema === 'boolean') return schema;
  if (entered.includes(path)) throw standsForItself([...entered.slice(entered.indexOf(path)), path]);
  const placed = requireSchemaObject(schema, path);
  const types = namedTypes(placed);
  if (types !== undefined && !types.some((type) => isOfType(value, type))) return false;
  const listed = listedValues(placed);
  if (listed !== undefined && !listed.some((one) => areEqual(one, value))) return false;
  const inner = [...entered, path];
  const applies = (keyword: (typeof COMBINING)[number]): boolean => {
    if (field(placed, keyword) === undefined) return true;
    if (keyword === '$ref') return isValid(value, context.follow(placed), context, inner);
    if (keyword === 'not') return !isValid(value, { value: field(placed, 'not'), path: `${path}/not` }, context, inner);
    const parts = partsOf(placed, keyword).filter((part) => isValid(value, part, context, inner)).length;
    return keyword === 'oneOf' ? parts === 1 : keyword === 'anyOf' ? parts > 0 : parts === partsOf(placed, keyword).length;
  };
  return COMBINING.every(applies) && isValidOfItsType(value, placed, context);
}

function isValidOfItsType(value: unknown, schema: SchemaObject, context: ValidityContext): boolean {
  const within = (count: number, minName: string, maxName: string): boolean => {
    const [min, max] = countRange([schema], minName, maxName);
    return min <= count && count <= max;
  };
  if (typeof value === 'number') {
    const { low, high } = limitsOf([schema]);
    const step = stepOf(schema);
    if (low !== undefined && !(low.exclusive ? value > low.value : value >= low.value)) return false;
    if (high !== undefined && !(high.exclusive ? value < high.value : value <= high.value)) return false;
    return step === undefined || isMultiple(value, step);
  }
  if (typeof value === 'string') {
    return within([...value].length, 'minLength', 'maxLength') && patternsOf([schema], context.unsupported).every((pattern) => matches(networkOf(pattern), value));
  }
  if (Array.isArray(value)) {
    const { first, others } = itemSchemas(schema);
    if (field(schema, 'uniqueItems') === true && value.some((one, at) => value.slice(0, at).some((before) => areEqual(before, one)))) return false;
    return within(value.length, 'minItems', 'maxItems') && value.every((item, at) => isValid(item, first[at] ?? others, context));
  }
  if (typeof value !== 'object' || value === null) return true;
  const names = Object.keys(value);
  if (!within(names.length, 'minProperties', 'maxProperties') || !requiredNames(schema).every((name) => Object.hasOwn(value, name))) return false;
  const properties = propertySchemas(schema, context.unsupported);
  const nameSchema = { value: field(schema, 'propertyNames') ?? true, path: `${schema.path}/propertyNames` };
  return names.every((name) => isValid(name, nameSchema, context) && schemasFor(name, properties).every((one) => isValid((value as Record<string, unknown>)[name], one, context)));
}

const networkOf = (expression: Expression): CharacterStates => characterStates(expression, () => new RangeError('a pattern is too large'));

/** The values of enum or const; undefined if the schema has neither. @throws SyntaxError if enum is no list of values */
export function listedValues(schema: SchemaObject): readonly unknown[] | undefined {
  const list = field(schema, 'enum');
  if (list !== undefined && (!Array.isArray(list) || list.length === 0)) throw schemaError(schema, '"enum" must be a list of at least one value');
  if (!Object.hasOwn(schema.fields, 'const')) return list as unknown[] | undefined;
  const value = field(schema, 'const');
  return list === undefined || (list as unknown[]).some((one) => areEqual(one, value)) ? [value] : [];
}

/** The schemas in anyOf, oneOf or allOf. @throws SyntaxError if there are none */
export function partsOf(schema: SchemaObject, keyword: string): PlacedSchema[] {
  const value = field(schema, keyword);
  if (!Array.isArray(value) || value.length === 0) throw schemaError(schema, `"${keyword}" must be a list of at least one schema`);
  return value.map((part: unknown, i) => ({ value: part, path: `${schema.path}/${keyword}/${i}` }));
}

function isOfType(value: unknown, type: JsonType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  return typeof value === type && !(type === 'object' && (value === null || Array.isArray(value)));
}

/** Whether two values of JSON are equal; the order of properties does not matter. */
export function areEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && areEqual((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]));
}
