// Finds where in a schema it is that no value is valid. Asked only when nothing matches the grammar of a schema, so that building others takes
// no longer.
import type { Expression } from '../expression.js';
import { assertions, type PlacedSchema, requireSchemaObject } from './keywords.js';

/**
 * @param rules of which nothing matches the root
 * @param schemas those that a rule stands for, by its name; rules without them are parts of the rule that calls them
 * @returns an error that names the innermost place that is to blame
 */
export function noValue(rules: ReadonlyMap<string, Expression>, schemas: ReadonlyMap<string, readonly PlacedSchema[]>, root: string): RangeError {
  const empty = emptyRules(rules);
  const seen = new Set<string>();
  let place = root;
  while (!seen.has(place)) {
    seen.add(place);
    const inner = innerSchemas(place, rules, schemas, empty);
    if (inner.length !== 1) return new RangeError(`JSON Schema at ${place}: no value is valid${reason(schemas.get(place)!, inner)}`);
    place = inner[0];
  }
  return new RangeError(`JSON Schema at ${place}: no value is valid, for the way to each leads back to this schema, without end; allow one that ends, such as by "anyOf" with {"type": "null"}, or take the property out of "required"`);
}

function reason(schemas: readonly PlacedSchema[], inner: readonly string[]): string {
  const never = schemas.find(({ value }) => value === false);
  if (never !== undefined) return ', for this schema is false; allow some, or do not require any';
  const objects = schemas.filter(({ value }) => value !== true).map(({ value, path }) => requireSchemaObject(value, path));
  const keywords = [...new Set(objects.flatMap(assertions))].map((name) => `"${name}"`);
  const named = keywords.length > 1 ? `${keywords.slice(0, -1).join(', ')} and ${keywords.at(-1)!} together; change one of them` : `${keywords[0]}; change it`;
  return ` for ${named}${inner.length === 0 ? '' : ` (none at ${inner.join(' and none at ')})`}`;
}

/** The schemas that leave a rule without a text: those of the first empty part of every alternative. */
function innerSchemas(place: string, rules: ReadonlyMap<string, Expression>, schemas: ReadonlyMap<string, unknown>, empty: ReadonlySet<string>): string[] {
  const inner = new Set<string>();
  const parts = new Set([place]); // grows while it is read
  for (const part of parts) {
    for (const called of emptyCalls(rules.get(part)!, empty)) (schemas.has(called) ? inner : parts).add(called);
  }
  return [...inner];
}

function emptyCalls(expression: Expression, empty: ReadonlySet<string>): string[] {
  switch (expression.kind) {
    case 'rule': return [expression.name];
    case 'repeat': return emptyCalls(expression.part, empty);
    case 'choice': return expression.parts.flatMap((part) => emptyCalls(part, empty));
    case 'sequence': return emptyCalls(expression.parts.find((part) => isEmpty(part, empty))!, empty);
    default: return [];
  }
}

/** The rules that no text matches. */
function emptyRules(rules: ReadonlyMap<string, Expression>): ReadonlySet<string> {
  const empty = new Set(rules.keys());
  // Most rules call later ones, so going backwards needs few rounds.
  const backwards = [...rules].reverse();
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, expression] of backwards) {
      if (empty.has(name) && !isEmpty(expression, empty)) changed = empty.delete(name);
    }
  }
  return empty;
}

/** Whether no text matches, if none matches these rules. */
function isEmpty(expression: Expression, empty: ReadonlySet<string>): boolean {
  switch (expression.kind) {
    case 'characters': return expression.ranges.every(([first, last]) => first >= 0xd800 && last <= 0xdfff); // UTF-8 writes no half of a pair
    case 'sequence': return expression.parts.some((part) => isEmpty(part, empty));
    case 'choice': return expression.parts.every((part) => isEmpty(part, empty));
    case 'repeat': return expression.min > 0 && isEmpty(expression.part, empty);
    case 'rule': return empty.has(expression.name);
    case 'automaton': return !expression.states.some(({ accepts }) => accepts);
  }
}
