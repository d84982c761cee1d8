import { describe, expect, it } from 'vitest';
import { brownText, untag, worstCases } from '../lib/tokenizer-texts.mjs';

describe('untag', () => {
  it('leaves words and puts punctuation where print has it', () => {
    expect(untag("\n\n\tThe/at jury/nn said/vbd ``/`` yes/rb ''/'' ,/, (/( and/or/cc left/vbd )/) ./.\n\n")).toBe('The jury said "yes", (and/or left).');
  });
});

describe('the Brown corpus', () => {
  const text = brownText();

  it('is there, without tags', () => {
    expect(text.length).toBeGreaterThan(5_500_000);
    expect(text.slice(0, 60)).toBe('The Fulton County Grand Jury said Friday an investigation of');
    expect(text).not.toMatch(/\/nn|\/at\b/);
  });
});

describe('worst cases', () => {
  it.each(Object.entries(worstCases))('%s has the length that was asked for, the same text each time', (_name, make) => {
    expect(make(1000)).toHaveLength(1000);
    expect(make(1000)).toBe(make(1000));
  });
});
