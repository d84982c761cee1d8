// Expressions for JSON arrays and objects. Properties come in the order in which the schema declares them.
import { choice, EMPTY, type Expression, literal, NOTHING, optional, repeat, rule, sequence } from '../expression.js';
import { countRange, field, requireSchemaObject, schemaError, type SchemaObject } from './keywords.js';
import { stringsExcept } from './strings.js';

/** What containers need from the schema reader. */
export interface ContainerContext {
  readonly rules: Map<string, Expression>;
  /** White space allowed after a comma or a colon. */
  readonly gap: Expression;
  /** White space allowed after an opening bracket and before every token that is not a value. */
  readonly padding: Expression;
  /** A rule for a nested schema. */
  valueOf(schema: unknown, path: string): Expression;
}

/** `min` to `max` items, separated by commas. */
function list(item: Expression, min: number, max: number, { gap, padding }: ContainerContext): Expression {
  if (max === 0) return EMPTY;
  const more = repeat(sequence(padding, literal(','), gap, item), Math.max(0, min - 1), max - 1);
  const some = sequence(item, more);
  return min === 0 ? optional(some) : some;
}

const between = (open: string, inside: Expression, close: string, { padding }: ContainerContext): Expression =>
  sequence(literal(open), padding, inside, padding, literal(close));

/** @throws SyntaxError if a keyword has an invalid value */
export function arrayExpression(schema: SchemaObject, context: ContainerContext): Expression {
  const [min, max] = countRange(schema, 'minItems', 'maxItems');
  const prefix = field(schema, 'prefixItems') ?? [];
  if (!Array.isArray(prefix)) throw schemaError(schema, '"prefixItems" must be a list of schemas');
  const itemSchema = field(schema, 'items') ?? true;
  if (Array.isArray(itemSchema)) throw schemaError(schema, '"items" as a list is of an older version of JSON Schema; write "prefixItems"');
  const item = context.valueOf(itemSchema, `${schema.path}/items`);
  if (prefix.length === 0) return between('[', list(item, min, itemSchema === false ? 0 : max, context), ']', context);

  // Built from the last position to the first: each step adds what may follow the items before it.
  const most = itemSchema === false ? Math.min(max, prefix.length) : max;
  if (min > most) throw schemaError(schema, `"minItems" ${min} is more than "prefixItems" and "items" allow`);
  const { gap, padding } = context;
  const comma = sequence(padding, literal(','), gap);
  let rest: Expression = most > prefix.length ? repeat(sequence(comma, item), Math.max(0, min - prefix.length), most - prefix.length) : EMPTY;
  for (let at = Math.min(prefix.length, most) - 1; at >= 0; at--) {
    const some = sequence(at > 0 ? comma : EMPTY, context.valueOf((prefix as unknown[])[at], `${schema.path}/prefixItems/${at}`), rest);
    rest = min > at ? some : optional(some);
  }
  return between('[', rest, ']', context);
}

/** @throws SyntaxError if a keyword has an invalid value */
export function objectExpression(schema: SchemaObject, context: ContainerContext): Expression {
  const path = `${schema.path}/properties`;
  const declared = field(schema, 'properties');
  const properties = new Map<string, unknown>(declared === undefined ? [] : Object.entries(requireSchemaObject(declared, path).fields));
  const required = field(schema, 'required') ?? [];
  if (!Array.isArray(required) || !required.every((name) => typeof name === 'string')) throw schemaError(schema, '"required" must be a list of names');
  // If the schema names no properties, any object is allowed; otherwise others are allowed only on request.
  const additional = field(schema, 'additionalProperties') ?? properties.size + required.length === 0;
  const additionalValue = (name: string): Expression => {
    if (field(schema, 'additionalProperties') === false) throw schemaError(schema, `"required" names ${JSON.stringify(name)}, which is neither in "properties" nor allowed by "additionalProperties"`);
    return context.valueOf(field(schema, 'additionalProperties') ?? true, `${schema.path}/additionalProperties`);
  };
  const names = [...properties.keys(), ...(required as string[]).filter((name) => !properties.has(name))];
  const { gap, padding, rules } = context;
  const colon = sequence(padding, literal(':'), gap);
  const comma = sequence(padding, literal(','), gap);
  const members = [...new Set(names)].map((name) => ({
    required: (required as string[]).includes(name),
    text: sequence(literal(JSON.stringify(name)), colon, properties.has(name) ? context.valueOf(properties.get(name), `${path}/${escapePointer(name)}`) : additionalValue(name)),
  }));
  const other = additional === false ? NOTHING : sequence(stringsExcept(names), colon, context.valueOf(additional, `${schema.path}/additionalProperties`));

  // Two rules per member: what may follow if no member has been written yet, and if one has.
  const firstName = (at: number): string => `${path} from ${at}, first`;
  const laterName = (at: number): string => `${path} from ${at}, later`;
  const others = repeat(sequence(comma, other), 0, additional === false ? 0 : Infinity);
  rules.set(laterName(members.length), others);
  rules.set(firstName(members.length), additional === false ? EMPTY : optional(sequence(other, others)));
  members.forEach((member, at) => {
    const later = rule(laterName(at + 1));
    const written = sequence(member.text, later);
    rules.set(firstName(at), member.required ? written : choice(written, rule(firstName(at + 1))));
    rules.set(laterName(at), member.required ? sequence(comma, written) : choice(sequence(comma, written), later));
  });
  return between('{', rule(firstName(0)), '}', context);
}

/** Escapes a name for use in a JSON pointer. */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
