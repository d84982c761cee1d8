// A value of enum or const as an expression: its JSON text, with the white space that is allowed.
import { type Expression, literal, sequence } from '../expression.js';
import { schemaError, type SchemaObject } from './keywords.js';

/** The maximum nesting of a value. */
const MAX_DEPTH = 200;

/** @throws SyntaxError if it is no value of JSON, or nested too deeply */
export function exactly(value: unknown, schema: SchemaObject, spaces: { gap: Expression; padding: Expression }, depth = 0): Expression {
  if (depth > MAX_DEPTH) throw schemaError(schema, `more than ${MAX_DEPTH} schemas or values within each other`);
  const { gap, padding } = spaces;
  const joined = (parts: Expression[]): Expression[] => parts.flatMap((part, i) => (i === 0 ? [part] : [padding, literal(','), gap, part]));
  if (Array.isArray(value)) return sequence(literal('['), padding, ...joined(value.map((item) => exactly(item, schema, spaces, depth + 1))), padding, literal(']'));
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, item]) => sequence(literal(JSON.stringify(name)), padding, literal(':'), gap, exactly(item, schema, spaces, depth + 1)));
    return sequence(literal('{'), padding, ...joined(members), padding, literal('}'));
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return literal(JSON.stringify(value));
  throw schemaError(schema, `${String(value)} is no value of JSON`);
}
