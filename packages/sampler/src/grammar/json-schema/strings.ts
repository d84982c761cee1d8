// Expressions for JSON strings.
import { characters, choice, type CodePointRange, type Expression, invertRanges, joinRanges, literal, repeat, sequence } from '../expression.js';
import { parseSearchRegex } from '../regex/parse.js';
import { FORMATS } from './formats.js';
import { countRange, field, schemaError, type SchemaObject } from './keywords.js';
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
 * The strings that minLength, maxLength, pattern and format of a schema allow.
 *
 * @param rules the map that needed rules are added to
 */
export function stringExpression(schema: SchemaObject, rules: Map<string, Expression>): Expression {
  const [min, max] = countRange(schema, 'minLength', 'maxLength');
  const pattern = patternOf(schema);
  if (pattern === undefined) return sequence(QUOTE, repeat(CHARACTER, min, max), QUOTE);
  return sequence(QUOTE, min === 0 && max === Infinity ? escapeCharacters(pattern) : limitLength(pattern, { min, max, rules, escape: escapeRanges, schema }), QUOTE);
}

function patternOf(schema: SchemaObject): Expression | undefined {
  const pattern = field(schema, 'pattern');
  const format = field(schema, 'format');
  if (pattern !== undefined && format !== undefined) throw schemaError(schema, '"pattern" and "format" together are not supported; put the format into the pattern');
  if (format !== undefined) {
    if (typeof format !== 'string' || !Object.hasOwn(FORMATS, format)) {
      throw schemaError(schema, `the format ${JSON.stringify(format)} is not supported; there are ${Object.keys(FORMATS).join(', ')}, and "pattern" for others`);
    }
    return parseSearchRegex(FORMATS[format]);
  }
  if (pattern === undefined) return undefined;
  if (typeof pattern !== 'string') throw schemaError(schema, `"pattern" must be a string, got ${JSON.stringify(pattern)}`);
  try {
    return parseSearchRegex(pattern);
  } catch (cause) {
    throw schemaError(schema, `"pattern": ${cause instanceof Error ? cause.message : String(cause)}`);
  }
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

const known = new Map<string, Expression>();

/** Characters as JSON writes them: plain or escaped. Cached, because patterns of limited length repeat few classes. */
function escapeRanges(ranges: readonly CodePointRange[]): Expression {
  const key = ranges.join(';');
  let escaped = known.get(key);
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
    if (known.size < 10_000) known.set(key, escaped);
  }
  return escaped;
}

/** Any string except these. It allows no escapes, so that an excluded string cannot be written in an escaped form. */
export function stringsExcept(excluded: readonly string[]): Expression {
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
