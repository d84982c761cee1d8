// A table of tokens is a Map, whatever the tokens; units that scan a text give what they give when they split it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TokenTable } from '../src/text/token-table.js';
import { unitNamed } from '../src/text/units.js';

it('knows what was added, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 6 }), (tokens, other) => {
      const table = new TokenTable();
      const map = new Map<string, number>();
      for (const token of tokens) {
        if (!map.has(token)) map.set(token, map.size);
        expect(table.add(token)).toBe(map.get(token));
      }
      expect(table.tokens).toEqual([...map.keys()]);
      for (const token of [...tokens, other]) expect(table.find(`<${token}>`, 1, 1 + token.length)).toBe(map.get(token) ?? -1);
    }),
    { numRuns: 300 },
  );
});

it.each(['character', 'whitespace'] as const)('%s: scanning is splitting', (name) => {
  const unit = unitNamed(name);
  const text = fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '\n', '\r\n', '\t', '\0', '\v', '\f', '\u00a0', '\u2003', '\u3000', '\ufeff', 'é', '😀', '\ud800', '\udc00'), maxLength: 40 });
  fc.assert(
    fc.property(text, fc.boolean(), (string, withSentences) => {
      const scanned = { tokens: [] as string[], starts: [] as number[], ends: [] as number[], sentences: [] as number[] };
      unit.scan?.(
        string,
        (from, to) => {
          scanned.tokens.push(string.slice(from, to));
          scanned.starts.push(from);
          scanned.ends.push(to);
        },
        withSentences ? () => scanned.sentences.push(scanned.tokens.length) : undefined,
      );
      const split = { starts: [] as number[], ends: [] as number[], sentences: [] as number[] };
      const tokens = unit.split(string, withSentences ? split : { starts: split.starts, ends: split.ends });
      expect(scanned).toEqual({ tokens, ...split });
      expect(unit.split(string, withSentences ? { sentences: [] } : undefined)).toEqual(tokens);
    }),
    { numRuns: 500 },
  );
});

it('whitespace separates at NUL, tab, line ends and space, as KenLM reads texts, and at nothing else', () => {
  const unit = unitNamed('whitespace');
  const others = ['\v', '\f', '\u001f', '\u0085', '\u00a0', '\u1680', '\u2003', '\u2028', '\u3000', '\ufeff'];
  for (const space of ['\0', '\t', '\n', '\r', ' ']) expect(unit.split(`${space}a${space}${space}b${space}`)).toEqual(['a', 'b']);
  for (const space of others) expect(unit.split(`${space}a${space}b ${space}`)).toEqual([`${space}a${space}b`, space]);
  const notes = { sentences: [] as number[] };
  expect(unit.split('a\rb\r\n\u2028c\0\n \nd', notes)).toEqual(['a', 'b', '\u2028c', 'd']);
  expect(notes.sentences).toEqual([0, 2, 3]);
});
