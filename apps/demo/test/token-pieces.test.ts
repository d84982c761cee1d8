// Tokens as readers see them: whole characters as text, split ones as slices.
import { expect, it } from 'vitest';
import { looseByte, pieceAfter, pieceText, tokenPieces } from '../src/figures/token-pieces.js';

/** Ids of single bytes, or of the bytes of a text. */
const bytesOf = (parts: readonly (string | number[])[]): ((id: number) => Uint8Array) => (id) => {
  const part = parts[id]!;
  return typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part);
};

it('shows characters as text and split ones as slices', () => {
  const parts = ['B', [0xc3], [0xa4], 'ren'];
  expect(tokenPieces([0, 1, 2, 3], bytesOf(parts))).toEqual([
    { id: 0, text: 'B' },
    { id: 1, text: '', tail: { character: 'ä', from: 0, to: 1, of: 2 } },
    { id: 2, text: '', head: { character: 'ä', from: 1, to: 2, of: 2 } },
    { id: 3, text: 'ren' },
  ]);
});

it('cuts a character into as many slices as there are tokens', () => {
  const [first, , third] = tokenPieces([0, 1, 2], bytesOf([[0x61, 0xf0], [0x9f, 0xa6], [0x8a, 0x62]]));
  expect(first).toEqual({ id: 0, text: 'a', tail: { character: '🦊', from: 0, to: 1, of: 4 } });
  expect(third).toEqual({ id: 2, text: 'b', head: { character: '🦊', from: 3, to: 4, of: 4 } });
  expect(tokenPieces([0, 1, 2], bytesOf([[0x61, 0xf0], [0x9f, 0xa6], [0x8a, 0x62]])).map(pieceText)).toEqual(['a + 🦊 (1/4)', '🦊 (2–3/4)', '🦊 (4/4) + b']);
});

it('shows bytes that are no text by their numbers, and what follows as it is', () => {
  expect(tokenPieces([0, 1], bytesOf([[0xc3], 'x'])).map(({ text }) => text)).toEqual(['‹C3›', 'x']);
  expect(tokenPieces([0], bytesOf([[0xff, 0x80]])).map(({ text }) => text)).toEqual(['‹FF›‹80›']);
  expect(tokenPieces([0, 1], bytesOf(['', 'é']))).toEqual([{ id: 0, text: '' }, { id: 1, text: 'é' }]);
});

it('completes a character with the tokens before', () => {
  const parts = ['B', [0xc3], [0xa4], ' x'];
  expect(pieceAfter([0, 1], 2, bytesOf(parts))).toEqual({ id: 2, text: '', head: { character: 'ä', from: 1, to: 2, of: 2 } });
  const alone = pieceAfter([0], 2, bytesOf(parts));
  expect([alone, looseByte(alone)]).toEqual([{ id: 2, text: '‹A4›' }, '‹A4›']);
  expect(looseByte(pieceAfter([], 0, bytesOf(parts)))).toBeUndefined();
  expect(pieceText(pieceAfter([0], 3, bytesOf(parts)))).toBe('·x');
});
