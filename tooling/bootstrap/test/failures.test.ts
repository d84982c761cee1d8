import { describe, expect, it } from 'vitest';
import { commandFailureText } from '../src/failures.mjs';
import { Tail } from '../src/tail.mjs';

describe('commandFailureText', () => {
  it('shows the last lines, what happened and how to repeat it', () => {
    expect(commandFailureText({ display: 'pnpm lint', outcome: 'ended with exit code 1', tail: ['a.ts', '  3:1  error'] })).toBe(
      [
        '  a.ts',
        '    3:1  error',
        '',
        'pnpm lint ended with exit code 1.',
        'To repeat this step alone, with .bootstrap/pnpm/node_modules/.bin first on the PATH:',
        '  pnpm lint',
        'To see the whole output of every step, add -- --verbose to the npm command.',
      ].join('\n'),
    );
  });

  it('does not offer --verbose where everything has been shown', () => {
    const text = commandFailureText({ display: 'pnpm lint', outcome: 'ended with exit code 1', tail: [] });
    expect(text).not.toContain('--verbose');
    expect(text.startsWith('pnpm lint ended')).toBe(true);
  });
});

describe('Tail', () => {
  it('keeps the last lines, however the text is cut', () => {
    const text = Array.from({ length: 100 }, (_, i) => `line ${i}\n`).join('');
    for (const size of [1, 7, 1000]) {
      const tail = new Tail(3);
      for (let i = 0; i < text.length; i += size) tail.add(text.slice(i, i + size));
      expect(tail.lines()).toEqual(['line 97', 'line 98', 'line 99']);
    }
  });

  it('keeps a last line without an end, and no empty lines at the end', () => {
    const tail = new Tail(2);
    tail.add('one\ntwo\nthree');
    expect(tail.lines()).toEqual(['two', 'three']);
    tail.add('\n\n \n');
    expect(new Tail(2).lines()).toEqual([]);
    const padded = new Tail(5);
    padded.add('one\n\n \n');
    expect(padded.lines()).toEqual(['one']);
  });

  it('takes a line that overwrites itself for its last state', () => {
    const tail = new Tail(2);
    tail.add('10 %\r50 %\r100 %\nwindows\r\n');
    expect(tail.lines()).toEqual(['100 %', 'windows']);
  });
});
