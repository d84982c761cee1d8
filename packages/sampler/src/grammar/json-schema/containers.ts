// Expressions for JSON arrays and objects. Properties come in the order in which the schemas declare them.
import { choice, EMPTY, type Expression, literal, NOTHING, optional, repeat, rule, sequence } from '../expression.js';
import { countRange, field, type PlacedSchema, schemaError, type SchemaObject, type Unsupported } from './keywords.js';
import { type Names, otherNames } from './names.js';
import { itemSchemas, propertySchemas, type PropertySchemas, requiredNames, schemasFor } from './places.js';

/** What containers need from the schema reader. */
export interface ContainerContext {
  readonly rules: Map<string, Expression>;
  /** White space allowed after a comma or a colon. */
  readonly gap: Expression;
  /** White space allowed after an opening bracket and before every token that is not a value. */
  readonly padding: Expression;
  readonly unsupported: Unsupported;
  /** The values that match all of these schemas: a rule, or NOTHING if one of them is false. */
  valueOf(schemas: readonly PlacedSchema[]): Expression;
  /** The same, but always a rule, so that an error can name the schema that is false. */
  ruleOf(schemas: readonly PlacedSchema[]): Expression;
  /** The strings that match all of these schemas. */
  namesOf(schemas: readonly PlacedSchema[]): Names;
  /** Whether a string matches all of these schemas. */
  isName(name: string, schemas: readonly PlacedSchema[]): boolean;
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

/** The arrays that match all schemas. @throws SyntaxError if a keyword has an invalid value */
export function arrayExpression(schemas: readonly SchemaObject[], context: ContainerContext): Expression {
  const [min, max] = countRange(schemas, 'minItems', 'maxItems');
  const unique = schemas.find((schema) => field(schema, 'uniqueItems') === true);
  if (unique !== undefined && max > 1) context.unsupported(unique, 'uniqueItems', 'the keyword "uniqueItems" is not supported for more than one item: no automaton can compare values; leave it out and check the finished value');
  const positions = schemas.map(itemSchemas);
  const prefixed = Math.max(0, ...positions.map(({ first }) => first.length));
  const item = context.valueOf(positions.map(({ others }) => others));
  const most = item === NOTHING ? Math.min(max, prefixed) : max;
  if (min > most && schemas.length > 1) return NOTHING;
  if (min > most) throw schemaError(schemas[0], `"minItems" ${min} is more than "prefixItems" and "items" allow`);
  if (prefixed === 0) return between('[', list(item, min, most, context), ']', context);

  // Built from the last position to the first: each step adds what may follow the items before it.
  const { gap, padding } = context;
  const comma = sequence(padding, literal(','), gap);
  let rest: Expression = most > prefixed ? repeat(sequence(comma, item), Math.max(0, min - prefixed), most - prefixed) : EMPTY;
  for (let at = Math.min(prefixed, most) - 1; at >= 0; at--) {
    const applying = positions.map(({ first, others }) => first[at] ?? others);
    const here = min > at ? context.ruleOf(applying) : context.valueOf(applying);
    const some = sequence(at > 0 ? comma : EMPTY, here, rest);
    rest = min > at ? some : optional(some);
  }
  return between('[', rest, ']', context);
}

interface Member {
  readonly required: boolean;
  /** Name, colon and value. */
  readonly text: Expression;
}

/** The objects that match all schemas. @throws SyntaxError if a keyword has an invalid value */
export function objectExpression(schemas: readonly SchemaObject[], context: ContainerContext): Expression {
  const { gap, padding } = context;
  const colon = sequence(padding, literal(':'), gap);
  const properties = schemas.map((schema) => propertySchemas(schema, context.unsupported));
  const nameSchemas = schemas.flatMap((schema) => {
    const value = field(schema, 'propertyNames');
    return value === undefined ? [] : [{ value, path: `${schema.path}/propertyNames` }];
  });
  const allowedNames = context.namesOf(nameSchemas);
  const required = new Set(schemas.flatMap(requiredNames));
  const names = [...new Set([...properties.flatMap(({ declared }) => [...declared.keys()]), ...required, ...(allowedNames.finite ?? [])])];
  requireAllowed(required, schemas, properties);
  const members = names.map((name): Member => {
    const applying = properties.flatMap((one) => schemasFor(name, one));
    const value = nameSchemas.length > 0 && !context.isName(name, nameSchemas) ? NOTHING : required.has(name) ? context.ruleOf(applying) : context.valueOf(applying);
    return { required: required.has(name), text: value === NOTHING ? NOTHING : sequence(literal(JSON.stringify(name)), colon, value) };
  });
  const others = otherNames(names, allowedNames, properties, schemas, context).map(({ name, schemas: applying }) => sequence(name, colon, context.valueOf(applying)));
  return between('{', membersInOrder(members, choice(...others), schemas, context), '}', context);
}

/** @throws SyntaxError if a schema requires a name that it does not allow */
function requireAllowed(required: ReadonlySet<string>, schemas: readonly SchemaObject[], properties: readonly PropertySchemas[]): void {
  if (schemas.length > 1 || properties[0].additional?.value !== false) return;
  for (const name of required) {
    if (schemasFor(name, properties[0])[0] === properties[0].additional) throw schemaError(schemas[0], `"required" names ${JSON.stringify(name)}, which is neither in "properties" nor allowed by "additionalProperties"`);
  }
}

/** Members in their order, then any number of others; NOTHING as `other` for none. */
function membersInOrder(members: readonly Member[], other: Expression, schemas: readonly SchemaObject[], context: ContainerContext): Expression {
  const { gap, padding, rules } = context;
  const comma = sequence(padding, literal(','), gap);
  const free = other !== NOTHING;
  const [least, max] = countRange(schemas, 'minProperties', 'maxProperties');
  let min = least;
  // The same name may come twice among the others, so they count as one where there must be many.
  if (free && min > members.length + 1) {
    const schema = schemas.find((one) => field(one, 'minProperties') === min)!;
    context.unsupported(schema, 'minProperties', `"minProperties" ${min} is not supported with ${members.length} named properties: others count as one, for the same name may come twice; name more in "properties"`);
    min = 0;
  }
  if (min > max) return NOTHING;
  // One rule per place in the order and number of members written; without limits only "none yet" and "some" differ.
  const highest = min === 0 && max === Infinity ? 1 : Infinity;
  const path = schemas.map((schema) => schema.path).join(' and ');
  const names: string[][] = [];
  for (let at = 0; at <= members.length; at++) names.push(Array.from({ length: Math.min(highest, at) + 1 }, (_, count) => `${path}/properties from ${at} after ${count}`));
  for (let count = Math.min(highest, members.length); count >= 0; count--) {
    const more = free && count < max && count + 1 >= min ? sequence(count === 0 ? EMPTY : comma, other, repeat(sequence(comma, other), 0, max - count - 1)) : NOTHING;
    rules.set(names[members.length][count], count < min || count > max ? more : more === NOTHING ? EMPTY : optional(more));
  }
  members.forEach(({ required, text }, at) => {
    for (let count = Math.min(highest, at); count >= 0; count--) {
      const written = count < max ? sequence(count === 0 ? EMPTY : comma, text, rule(names[at + 1][Math.min(count + 1, highest)])) : NOTHING;
      rules.set(names[at][count], required ? written : choice(written, rule(names[at + 1][count])));
    }
  });
  return rule(names[0][0]);
}
