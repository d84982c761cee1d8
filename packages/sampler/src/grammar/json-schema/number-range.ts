// The numbers that the limits and multipleOf of several schemas allow together.
import { type Expression, NOTHING } from '../expression.js';
import { intersect } from '../intersect.js';
import { field, schemaError, type SchemaObject, type Unsupported } from './keywords.js';
import { multiplesOf } from './multiples.js';
import { type Limit, numberExpression } from './numbers.js';

/** @throws SyntaxError if a limit is no number or the limits of one schema are in the wrong order */
export function numberOf(schemas: readonly SchemaObject[], integer: boolean, unsupported: Unsupported): Expression {
  const { low, high } = limitsOf(schemas);
  if (low !== undefined && high !== undefined && low.value > high.value) return NOTHING;
  const multiples = schemas.flatMap((schema) => {
    const step = stepOf(schema);
    if (step === undefined) return [];
    const expressions = multiplesOf(step, integer);
    if (expressions === undefined) unsupported(schema, 'multipleOf', `"multipleOf" ${step} is not supported: its digits are above 10000, or it has 15 or more places behind the point`);
    return expressions ?? [];
  });
  if (multiples.length === 0) return numberExpression({ integer, low, high });
  const limited = low === undefined && high === undefined ? [] : [numberExpression({ integer, low, high })];
  try {
    return intersect([...multiples, ...limited].map((expression) => ({ expression, holds: true })));
  } catch (cause) {
    throw schemaError(schemas[0], `"multipleOf": ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The strictest limits. */
export function limitsOf(schemas: readonly SchemaObject[]): { low?: Limit; high?: Limit } {
  let low: Limit | undefined;
  let high: Limit | undefined;
  for (const schema of schemas) {
    const ownLow = stricter(limitOf(schema, 'minimum', 'exclusiveMinimum'), (a, b) => a > b);
    const ownHigh = stricter(limitOf(schema, 'maximum', 'exclusiveMaximum'), (a, b) => a < b);
    if (ownLow !== undefined && ownHigh !== undefined && ownLow.value > ownHigh.value) throw schemaError(schema, `the lower limit ${ownLow.value} is above the upper limit ${ownHigh.value}`);
    low = stricter([low, ownLow], (a, b) => a > b);
    high = stricter([high, ownHigh], (a, b) => a < b);
  }
  return { low, high };
}

/** The value of multipleOf. */
export function stepOf(schema: SchemaObject): number | undefined {
  const step = field(schema, 'multipleOf');
  if (step !== undefined && !(typeof step === 'number' && step > 0 && Number.isFinite(step))) throw schemaError(schema, `"multipleOf" must be a number above 0, got ${JSON.stringify(step)}`);
  return step;
}

/** The inclusive and the exclusive limit. Until draft 4, a boolean said whether the first is exclusive. */
function limitOf(schema: SchemaObject, name: string, exclusiveName: string): (Limit | undefined)[] {
  const read = (keyword: string, exclusive: boolean): Limit | undefined => {
    const value = field(schema, keyword);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw schemaError(schema, `"${keyword}" must be a number, got ${JSON.stringify(value)}`);
    return { value, exclusive };
  };
  const exclusive = field(schema, exclusiveName);
  return typeof exclusive === 'boolean' ? [read(name, exclusive)] : [read(name, false), read(exclusiveName, true)];
}

/** The stricter of two limits; of equal values the exclusive one. */
function stricter([a, b]: readonly (Limit | undefined)[], leavesLess: (a: number, b: number) => boolean): Limit | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.value === b.value) return a.exclusive ? a : b;
  return leavesLess(a.value, b.value) ? a : b;
}
