// The names of properties that no schema declares, in groups with the same schemas for their values.
import { ANY_CHARACTER, choice, type Expression, literal, repeat } from '../expression.js';
import { type Condition, intersect } from '../intersect.js';
import { type PlacedSchema, schemaError, type SchemaObject, type Unsupported } from './keywords.js';
import type { PropertySchemas } from './places.js';
import { quoted, stringsExcept } from './strings.js';

/** Which names may be given to properties: those in a list, those of an expression, or without both any. */
export interface Names {
  readonly finite?: readonly string[];
  readonly expression?: Expression;
}

export interface NameGroup {
  /** The names as JSON strings. */
  readonly name: Expression;
  /** The schemas of their values. */
  readonly schemas: readonly PlacedSchema[];
}

/** Each pattern of patternProperties doubles the number of groups. */
const MAX_PATTERNS = 5;

/**
 * If the schemas name no properties, any are allowed; otherwise others are allowed only if additionalProperties or a pattern says so.
 *
 * @param named the names that are declared and thus do not belong to the others
 */
export function otherNames(named: readonly string[], allowed: Names, properties: readonly PropertySchemas[], schemas: readonly SchemaObject[], { unsupported }: { unsupported: Unsupported }): NameGroup[] {
  if (allowed.finite !== undefined) return [];
  let patterns = [...new Map(properties.flatMap((one) => one.patterns).map((pattern) => [pattern.text, pattern.expression]))];
  if (patterns.length > MAX_PATTERNS) {
    const schema = schemas[properties.findIndex((one) => one.patterns.length > 0)];
    unsupported(schema, 'patternProperties', `"patternProperties" with more than ${MAX_PATTERNS} patterns is not supported; join some of them`);
    patterns = [];
  }
  const open = properties.some(({ additional }) => additional !== undefined) || (named.length === 0 && patterns.length === 0);
  const groups: NameGroup[] = [];
  for (let matched = 0; matched < 2 ** patterns.length; matched++) {
    if (matched === 0 && !open) continue;
    const texts = new Set(patterns.filter((_, i) => (matched >> i) % 2 === 1).map(([text]) => text));
    const applying = properties.flatMap(({ patterns: own, additional }) => {
      const found = own.filter(({ text }) => texts.has(text)).map(({ schema }) => schema);
      return found.length > 0 || additional === undefined ? found : [additional];
    });
    if (applying.some(({ value }) => value === false)) continue;
    groups.push({ name: nameExpression(named, allowed, patterns.map(([text, expression]) => ({ expression, holds: texts.has(text) })), schemas), schemas: applying });
  }
  return groups;
}

function nameExpression(named: readonly string[], { expression }: Names, patterns: readonly Condition[], schemas: readonly SchemaObject[]): Expression {
  if (expression === undefined && patterns.length === 0) return stringsExcept(named);
  const others: Condition[] = named.length === 0 ? [] : [{ expression: choice(...named.map(literal)), holds: false }];
  const allowed = expression ?? repeat(ANY_CHARACTER, 0, Infinity);
  try {
    return quoted(intersect([{ expression: allowed, holds: true }, ...patterns, ...others]));
  } catch (cause) {
    throw schemaError(schemas[0], `the names of properties: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
