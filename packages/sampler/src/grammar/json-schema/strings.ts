// Expressions for JSON strings.
import { ANY_CHARACTER, characters, choice, type CodePointRange, type Expression, invertRanges, joinRanges, literal, NOTHING, repeat, sequence } from '../expression.js';
import { intersect } from '../intersect.js';
import { parseSearchRegex } from '../regex/parse.js';
import { FORMATS, IMPLIED, OTHER_FORMATS } from './formats.js';
import { countRange, field, has, schemaError, type SchemaObject, type Unsupported } from './keywords.js';
import { limitLength } from './limit-length.js';

const QUOTE = literal('"');
/** Control characters, the quote and the backslash must be escaped; all others may be written as they are. */
const ESCAPED: readonly CodePointRange[] = [[0, 0x1f], [0x22, 0x22], [0x5c, 0x5c]];
const RAW = invertRanges(ESCAPED);
const HEX = characters([48, 57], [65, 70], [97, 102]);

/** One character in any JSON spelling, except halves of surrogate pairs, which would count as two. */
const CHARACTER = choice(
  characters(...RAW),
  sequence(literal('\\'), characters(...[...'"\\/bfnrt'].map((letter) => [letter.charCodeAt(0), letter.charCodeAt(0)] as const))),
  sequence(literal('\\u'), choice(sequence(characters([48, 57], [65, 67], [69, 70], [97, 99], [101, 102]), HEX, HEX, HEX), sequence(characters([68, 68], [100, 100]), characters([48, 55]), HEX, HEX))),
);

/** Any string. */
export const anyString: Expression = sequence(QUOTE, repeat(CHARACTER, 0, Infinity), QUOTE);

/**
 * The strings that minLength, maxLength, pattern and format of all schemas allow, as JSON writes them.
 *
 * @param rules the map that needed rules are added to
 */
export function stringExpression(schemas: readonly SchemaObject[], rules: Map<string, Expression>, unsupported: Unsupported): Expression {
  const [min, max] = countRange(schemas, 'minLength', 'maxLength');
  if (min > max) return NOTHING;
  const patterns = patternsOf(schemas, unsupported);
  if (patterns.length === 0) return sequence(QUOTE, repeat(CHARACTER, min, max), QUOTE);
  const pattern = allOf(patterns, schemas);
  if (min === 0 && max === Infinity) return quoted(pattern);
  const path = schemas.map((schema) => schema.path).join(' and ');
  return sequence(QUOTE, limitLength(pattern, { min, max, rules, escape: escapeRanges, schema: { path } }), QUOTE);
}

/** The same strings, without quotes and escapes; undefined if the schemas allow all. */
export function stringTexts(schemas: readonly SchemaObject[], unsupported: Unsupported): Expression | undefined {
  const [min, max] = countRange(schemas, 'minLength', 'maxLength');
  const lengths = min === 0 && max === Infinity ? [] : [min > max ? NOTHING : repeat(ANY_CHARACTER, min, max)];
  const conditions = [...patternsOf(schemas, unsupported), ...lengths];
  return conditions.length === 0 ? undefined : allOf(conditions, schemas);
}

/** Texts as JSON strings: in quotes, with the escapes of JSON.stringify. */
export function quoted(texts: Expression): Expression {
  // The expression of a format is the same in every schema.
  let written = known.get(texts);
  if (written === undefined) known.set(texts, (written = sequence(QUOTE, escapeCharacters(texts), QUOTE)));
  return written;
}

const known = new WeakMap<Expression, Expression>();

function allOf(expressions: readonly Expression[], schemas: readonly SchemaObject[]): Expression {
  if (expressions.length === 1) return expressions[0];
  try {
    return intersect(expressions.map((expression) => ({ expression, holds: true })));
  } catch (cause) {
    throw schemaError(schemas[0], `"pattern" and "format": ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The expressions of pattern and format, each once. */
export function patternsOf(schemas: readonly SchemaObject[], unsupported: Unsupported): Expression[] {
  const patterns = new Map<string, Expression>();
  const beside = schemas.some((schema) => has(schema, 'pattern'));
  for (const schema of schemas) {
    const pattern = field(schema, 'pattern');
    const format = field(schema, 'format');
    if (pattern !== undefined && !(typeof format === 'string' && Object.hasOwn(IMPLIED, format) && IMPLIED[format] === pattern)) {
      if (typeof pattern !== 'string') throw schemaError(schema, `"pattern" must be a string, got ${JSON.stringify(pattern)}`);
      try {
        if (!patterns.has(pattern)) patterns.set(pattern, parseSearchRegex(pattern));
      } catch (cause) {
        unsupported(schema, 'pattern', `"pattern": ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
    if (typeof format === 'string' && Object.hasOwn(FORMATS, format)) {
      patterns.set(FORMATS[format], formatOf(FORMATS[format]));
    } else if (format !== undefined && (!beside || typeof format !== 'string' || OTHER_FORMATS.includes(format))) {
      // Beside a pattern, a name that JSON Schema does not define is only a name for what the pattern says.
      unsupported(schema, 'format', `the format ${JSON.stringify(format)} is not supported; there are ${Object.keys(FORMATS).join(', ')}, and "pattern" for others`);
    }
  }
  return [...patterns.values()];
}

const formats = new Map<string, Expression>();

/** The expression of a format's pattern, read once. */
function formatOf(pattern: string): Expression {
  let expression = formats.get(pattern);
  if (expression === undefined) formats.set(pattern, (expression = parseSearchRegex(pattern)));
  return expression;
}

/** Converts an expression for texts to one for their JSON.stringify form, without the surrounding quotes. */
function escapeCharacters(expression: Expression): Expression {
  switch (expression.kind) {
    case 'characters': return escapeRanges(expression.ranges);
    case 'repeat': return { ...expression, part: escapeCharacters(expression.part) };
    case 'rule': return expression;
    case 'automaton': return { ...expression, states: expression.states.map(({ accepts, edges }) => ({ accepts, edges: edges.map(({ reads, target }) => ({ reads: escapeCharacters(reads), target })) })) };
    default: return { ...expression, parts: expression.parts.map(escapeCharacters) };
  }
}

const knownRanges = new Map<string, Expression>();

/** Characters as JSON writes them: plain or escaped. Cached, because patterns of limited length repeat few classes. */
function escapeRanges(ranges: readonly CodePointRange[]): Expression {
  const key = ranges.join(';');
  let escaped = knownRanges.get(key);
  if (escaped === undefined) {
    const inverse = invertRanges(ranges);
    const raw = invertRanges([...inverse, ...ESCAPED]);
    const special: Expression[] = [];
    for (const [first, last] of joinRanges(ESCAPED)) {
      for (let codePoint = first; codePoint <= last; codePoint++) {
        if (ranges.some(([from, to]) => from <= codePoint && codePoint <= to)) special.push(literal(JSON.stringify(String.fromCodePoint(codePoint)).slice(1, -1)));
      }
    }
    escaped = special.length === 0 ? characters(...raw) : choice(characters(...raw), ...special);
    if (knownRanges.size < 10_000) knownRanges.set(key, escaped);
  }
  return escaped;
}

/** Any string except these. If there are any, it allows no escapes, so that an excluded string cannot be written in an escaped form. */
export function stringsExcept(excluded: readonly string[]): Expression {
  if (excluded.length === 0) return anyString;
  return sequence(QUOTE, except(excluded.map((text) => Array.from(text, (character) => character.codePointAt(0)!)), 0), QUOTE);
}

/** What may follow so that the text differs from all excluded strings that share its first `depth` characters. */
function except(excluded: readonly (readonly number[])[], depth: number): Expression {
  const raw = repeat(characters(...RAW), 0, Infinity);
  if (excluded.length === 0) return raw;
  const next = new Map<number, (readonly number[])[]>();
  for (const text of excluded) {
    if (text.length === depth) continue;
    const sharing = next.get(text[depth]);
    if (sharing === undefined) next.set(text[depth], [text]);
    else sharing.push(text);
  }
  const others = invertRanges([...ESCAPED, ...[...next.keys()].map((codePoint) => [codePoint, codePoint] as const)]);
  const parts: Expression[] = [sequence(characters(...others), raw)];
  if (!excluded.some((text) => text.length === depth)) parts.push(sequence());
  for (const [codePoint, sharing] of next) {
    const itself = invertRanges([...ESCAPED, ...invertRanges([[codePoint, codePoint]])]);
    parts.push(sequence(characters(...itself), except(sharing, depth + 1)));
  }
  return choice(...parts);
}
