// The short way through plain text gives the tokens that the rules in one regular expression give.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { words } from '../src/text/words.js';

const LETTER = '[\\p{L}\\p{M}\\p{N}\\u00ad\\u200c\\u200d]';
const RULES = new RegExp(`(\\s+)|((?:\\p{N}+(?:[.,:]\\p{N}+)+${LETTER}*|${LETTER}+)(?:['’ʼ‐‑-]${LETTER}+)*)|([^\\s])\\3*`, 'gu');

/** Tokens with the places where they begin. */
function byRules(text: string): [string, number][] {
  const offset = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const tokens: [string, number][] = [];
  for (const { 0: piece, 1: space, 2: word, index } of trimmed.matchAll(RULES)) {
    const breaks = space?.match(/\r\n?|\n/g)?.length ?? 0;
    if (space !== undefined && breaks === 0) continue;
    const before = index === 0 || /\s/.test(trimmed[index - 1]) ? ' ' : '';
    const after = index + piece.length === trimmed.length || /\s/.test(trimmed[index + piece.length]) ? ' ' : '';
    tokens.push([space !== undefined ? (breaks > 1 ? '\n\n' : '\n') : word !== undefined ? piece : before + piece + after, index + offset]);
  }
  return tokens;
}

function bySplit(text: string): [string, number][] {
  const starts: number[] = [];
  return words.split(text, { starts }).map((token, i) => [token, starts[i]]);
}

it('in any text', () => {
  const sign = fc.oneof(fc.constantFrom(...Array.from('aZäſß09 \n\r\t.,:;!?-\'’"()„“»…ªµ×÷_|\u00a0\u00ad\u0301\u200d\u2003中😀\ud800\udc00\u017f\u0180')), fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom('Haus', ' und ', '...', '3,5', "'s"));
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), (signs) => {
      const text = signs.join('');
      expect(bySplit(text)).toEqual(byRules(text));
    }),
    { numRuns: 5000 },
  );
});

it('in every pair of signs of Latin-1 and beyond, between letters', () => {
  const signs = Array.from({ length: 0x190 }, (_, code) => String.fromCharCode(code));
  for (const one of signs) {
    const text = signs.map((other) => `ab${one}${other}cd ${one}${other}`).join(' x ');
    expect(bySplit(text)).toEqual(byRules(text));
  }
});

it('in prose', () => {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(bySplit(text)).toEqual(byRules(text));
});
