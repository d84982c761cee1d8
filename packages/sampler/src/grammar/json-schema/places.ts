// Which schemas apply to an item of an array and to a property of an object.
import { characterStates, type CharacterStates, matches } from '../character-states.js';
import { parseSearchRegex } from '../regex/parse.js';
import type { Expression } from '../expression.js';
import { escapePointer, field, has, type PlacedSchema, requireSchemaObject, schemaError, type SchemaObject, type Unsupported } from './keywords.js';

/** The schemas of the first items, and the one of all others: prefixItems and items, or items and additionalItems as before 2020. */
export function itemSchemas(schema: SchemaObject): { first: PlacedSchema[]; others: PlacedSchema } {
  const items = field(schema, 'items') ?? true;
  const older = Array.isArray(items);
  const prefix = older ? items : (field(schema, 'prefixItems') ?? []);
  if (!Array.isArray(prefix)) throw schemaError(schema, '"prefixItems" must be a list of schemas');
  if (older && has(schema, 'prefixItems')) throw schemaError(schema, '"items" as a list and "prefixItems" say the same; write one of them');
  const [listName, othersName] = older ? ['items', 'additionalItems'] : ['prefixItems', 'items'];
  const first = (prefix as unknown[]).map((value, at) => ({ value, path: `${schema.path}/${listName}/${at}` }));
  return { first, others: { value: older ? (field(schema, 'additionalItems') ?? true) : items, path: `${schema.path}/${othersName}` } };
}

/** A pattern of patternProperties. */
export interface NamePattern {
  readonly text: string;
  readonly expression: Expression;
  readonly network: CharacterStates;
  readonly schema: PlacedSchema;
}

/** What an object's schema says about the values of properties. */
export interface PropertySchemas {
  readonly declared: ReadonlyMap<string, PlacedSchema>;
  readonly patterns: readonly NamePattern[];
  /** Of the names that are neither declared nor match a pattern; undefined if the schema says nothing about them. */
  readonly additional: PlacedSchema | undefined;
}

export function propertySchemas(schema: SchemaObject, unsupported: Unsupported): PropertySchemas {
  const members = (keyword: string): [string, PlacedSchema][] => {
    const path = `${schema.path}/${keyword}`;
    const value = field(schema, keyword);
    return value === undefined ? [] : Object.entries(requireSchemaObject(value, path).fields).map(([name, member]) => [name, { value: member, path: `${path}/${escapePointer(name)}` }]);
  };
  const patterns: NamePattern[] = [];
  for (const [text, placed] of members('patternProperties')) {
    try {
      const expression = parseSearchRegex(text);
      patterns.push({ text, expression, network: characterStates(expression, () => new RangeError('the pattern is too large')), schema: placed });
    } catch (cause) {
      unsupported(schema, 'patternProperties', `"patternProperties" ${JSON.stringify(text)}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  const additional = field(schema, 'additionalProperties');
  return { declared: new Map(members('properties')), patterns, additional: additional === undefined ? undefined : { value: additional, path: `${schema.path}/additionalProperties` } };
}

/** The schemas that the value of a property must match. */
export function schemasFor(name: string, { declared, patterns, additional }: PropertySchemas): PlacedSchema[] {
  const named = declared.get(name);
  const found = [...(named === undefined ? [] : [named]), ...patterns.filter(({ network }) => matches(network, name)).map(({ schema }) => schema)];
  return found.length > 0 || additional === undefined ? found : [additional];
}

/** The names in `required`. */
export function requiredNames(schema: SchemaObject): readonly string[] {
  const required = field(schema, 'required') ?? [];
  if (!Array.isArray(required) || !required.every((name) => typeof name === 'string')) throw schemaError(schema, '"required" must be a list of names');
  return required as string[];
}
