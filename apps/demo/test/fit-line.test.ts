// A pasted text becomes one line: what does not fit is cut, and it is said.
import { expect, it } from 'vitest';
import { fitLine } from '../src/figures/fit-line.js';

it.each([
  ['short', 5, { line: 'short', isCut: false }],
  ['longer', 5, { line: 'longe', isCut: true }],
  ['a \n\n b\nc', 5, { line: 'a b c', isCut: false }],
  ['abcd😀', 6, { line: 'abcd😀', isCut: false }],
  ['abcd😀', 5, { line: 'abcd', isCut: true }],
])('%j in %i', (text, most, fitted) => expect(fitLine(text, most)).toEqual(fitted));
