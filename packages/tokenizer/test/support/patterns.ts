// Random patterns of both dialects, and texts that they can match.
import fc from 'fast-check';
import type { DialectName } from '../../src/patterns/dialect.js';

const sets = ['a', 'b', 'A', ' ', '1', '\\w', '\\W', '\\d', '\\s', '\\S', '\\p{L}', '\\P{L}', '\\p{Lu}', '.', '[ab]', '[^a]', '[a-c&&[^b]]', '[[:alpha:]]', '[^\\s\\p{L}]', '\\h', '\\n', 's', 'k', "'", 'é', '\\x41', '\\"', '[\\w\\-]', '[[:^digit:]]'];
const places = ['\\b', '\\B', '^', '$', '\\A', '\\z', '(?=a)', '(?!b)', '(?<=a)', '(?<!\\s)'];
const quantifiers = ['', '', '', '', '?', '*', '+', '{2}', '{1,3}', '{2,}', '++', '?+', '*+', '+?', '*?', '??', '{,2}', '{1,2}+', '{2}?', '+?+'];
const own: Readonly<Record<DialectName, { sets: string[]; places: string[]; quantifiers: string[] }>> = {
  oniguruma: { sets: ['\\R', '\\N'], places: ['\\Z', '(?i)'], quantifiers: ['**', '{2}{2}'] },
  'fancy-regex': { sets: ['[a-c--b]', '[ab~~bc]', '\\p{sc=Latin}'], places: [], quantifiers: [] },
};

/** Patterns of sets, places, groups, alternatives, quantifiers and back-references. Some are refused. */
export function patternArbitrary(dialect: DialectName): fc.Arbitrary<string> {
  const extra = own[dialect];
  const quantifier = fc.constantFrom(...quantifiers, ...extra.quantifiers);
  const set = fc.constantFrom(...sets, ...extra.sets);
  const place = fc.constantFrom(...places, ...extra.places);
  const opening = fc.constantFrom('(', '(?:', '(?>', '(?i:', '(?=', '(?!');
  const { choice } = fc.letrec<{ choice: string; part: string }>((tie) => ({
    choice: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'pattern' },
      { weight: 3, arbitrary: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')) },
      { weight: 1, arbitrary: fc.array(fc.array(tie('part'), { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 3 }).map((options) => options.map((parts) => parts.join('')).join('|')) },
    ),
    part: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'pattern' },
      { weight: 8, arbitrary: fc.tuple(set, quantifier).map(([text, sign]) => text + sign) },
      { weight: 1, arbitrary: place },
      { weight: 3, arbitrary: fc.tuple(opening, tie('choice'), quantifier).map(([open, inside, sign]) => `${open}${inside})${open.startsWith('(?=') || open.startsWith('(?!') ? '' : sign}`) },
      { weight: 1, arbitrary: tie('choice').map((inside) => `(${inside})\\1`) },
    ),
  }));
  return choice;
}

const parts = ['a', 'b', 'A', 'B', 'c', ' ', '  ', '\n', '\r\n', '1', '23', 's', 'S', '\u017F', 'k', '\u212A', 'é', 'É', '中', "'", '"', '_', '-', '\u0301', '\t', '.', '😀'];

export const patternText = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 10 }).map((found) => found.join(''));
