// Arrays and objects as JSON writes them. Properties come in the order in which the schema declares them.
import { choice, EMPTY, type Expression, literal, NOTHING, optional, repeat, rule, sequence } from '../expression.js';
import { countRange, field, requireSchemaObject, schemaError, type SchemaObject } from './keywords.js';
import { stringsExcept } from './strings.js';

/** What containers need of the reader of schemas. */
export interface ContainerContext {
  readonly rules: Map<string, Expression>;
  /** Space that may stand behind a comma or a colon. */
  readonly gap: Expression;
  /** Space that may stand behind an opening bracket and before everything that is no value. */
  readonly padding: Expression;
  /** A rule for a schema inside of this one. */
  valueOf(schema: unknown, path: string): Expression;
}

/** Items one after another with commas between: `min` to `max` of them. */
function list(item: Expression, min: number, max: number, { gap, padding }: ContainerContext): Expression {
  if (max === 0) return EMPTY;
  const more = repeat(sequence(padding, literal(','), gap, item), Math.max(0, min - 1), max - 1);
  const some = sequence(item, more);
  return min === 0 ? optional(some) : some;
}

const between = (open: string, inside: Expression, close: string, { padding }: ContainerContext): Expression =>
  sequence(literal(open), padding, inside, padding, literal(close));

/** @throws SyntaxError if a keyword's value is not what it must be */
export function arrayExpression(schema: SchemaObject, context: ContainerContext): Expression {
  const [min, max] = countRange(schema, 'minItems', 'maxItems');
  const prefix = field(schema, 'prefixItems') ?? [];
  if (!Array.isArray(prefix)) throw schemaError(schema, '"prefixItems" must be a list of schemas');
  const itemSchema = field(schema, 'items') ?? true;
  if (Array.isArray(itemSchema)) throw schemaError(schema, '"items" as a list is of an older version of JSON Schema; write "prefixItems"');
  const item = context.valueOf(itemSchema, `${schema.path}/items`);
  if (prefix.length === 0) return between('[', list(item, min, itemSchema === false ? 0 : max, context), ']', context);

  // From the last position to the first: what may follow the items before it.
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

/** @throws SyntaxError if a keyword's value is not what it must be */
export function objectExpression(schema: SchemaObject, context: ContainerContext): Expression {
  const path = `${schema.path}/properties`;
  const declared = field(schema, 'properties');
  const properties = new Map<string, unknown>(declared === undefined ? [] : Object.entries(requireSchemaObject(declared, path).fields));
  const required = field(schema, 'required') ?? [];
  if (!Array.isArray(required) || !required.every((name) => typeof name === 'string')) throw schemaError(schema, '"required" must be a list of names');
  // Where no property is named, any object will do; where some are, others have to be asked for.
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

  // Two rules per member: what may follow if nothing has been written before it, and if something has.
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

/** A name as a part of a JSON pointer. */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
