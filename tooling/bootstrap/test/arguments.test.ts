import { describe, expect, it } from 'vitest';
import { splitArguments } from '../src/arguments.mjs';

describe('splitArguments', () => {
  it('passes everything on, in order', () => {
    expect(splitArguments(['--lang', 'de', '--seconds', '20'])).toEqual({ verbose: false, passed: ['--lang', 'de', '--seconds', '20'] });
    expect(splitArguments([])).toEqual({ verbose: false, passed: [] });
  });

  it('keeps --verbose for itself', () => {
    expect(splitArguments(['packages/sampler', '--verbose'])).toEqual({ verbose: true, passed: ['packages/sampler'] });
  });

  it('reads nothing after a further --', () => {
    expect(splitArguments(['a', '--', '--verbose', '--', 'b'])).toEqual({ verbose: false, passed: ['a', '--verbose', '--', 'b'] });
  });
});
