import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GPT2_PATTERN, WORD_PATTERN } from '@kk/tokenizer';
import { gpt2PreTokenizer } from '../src/pre-tokenizers/gpt2';
import { PatternPreTokenizer } from '../src/pre-tokenizers/pattern';
import { type PreTokenizer } from '../src/pre-tokenizers/pre-tokenizer';
import { referencePieces, withoutNewCharacters } from './support/reference';
import { anyText, texts, whiteSpace } from './support/texts';

function pieces(preTokenizer: PreTokenizer, text: string): string[] {
  const found: string[] = [];
  preTokenizer.forEachPiece(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

describe('the scanner of GPT-2', () => {
  const expression = new PatternPreTokenizer(GPT2_PATTERN);

  it('cuts where the published examples are cut', () => {
    expect(pieces(gpt2PreTokenizer, "Hello've world123 how's  are   you!?\n\n x ")).toEqual(['Hello', "'ve", ' world', '123', ' how', "'s", ' ', ' are', '  ', ' you', '!?', '\n\n', ' x', ' ']);
  });

  it('cuts like the regular expression that it stands for', () => {
    for (const text of texts) expect(pieces(gpt2PreTokenizer, text)).toEqual(pieces(expression, text));
    fc.assert(fc.property(anyText, (text) => void expect(pieces(gpt2PreTokenizer, text)).toEqual(pieces(expression, text))), { numRuns: 1000 });
  });

  it('takes U+0085 for white space and U+FEFF for none, as the reference does', () => {
    expect(pieces(gpt2PreTokenizer, 'a\u0085b')).toEqual(['a', '\u0085', 'b']);
    expect(pieces(gpt2PreTokenizer, 'a \uFEFFb')).toEqual(['a', ' \uFEFF', 'b']);
    expect(pieces(gpt2PreTokenizer, whiteSpace)).toEqual(referencePieces(GPT2_PATTERN, whiteSpace));
  });
});

describe('a pattern', () => {
  const patterns = [GPT2_PATTERN, WORD_PATTERN, '[\\s\\S]', '[^\\S\\n]+|[\\Sx]', '\\d+', '\\D', '[\\d\\s]+|\\S', '.', 'a|b(?!c)', '(?<=a)b|[^\\n\\p{Lu}]{2,3}?', "\\p{L}+(?:['\u2019]\\p{L}+)?", '\\u00e9|[\\[\\]\\-x]', '\\r\\n|\\t'];

  it.each(patterns)('%s cuts as in the reference', (pattern) => {
    const preTokenizer = new PatternPreTokenizer(pattern);
    const known = texts.map(withoutNewCharacters);
    for (const text of known) expect(pieces(preTokenizer, text)).toEqual(referencePieces(pattern, text));
    fc.assert(
      fc.property(anyText, (text) => {
        const wellFormed = withoutNewCharacters(text).replace(/\p{Surrogate}/gu, '\uFFFD');
        expect(pieces(preTokenizer, wellFormed)).toEqual(referencePieces(pattern, wellFormed));
      }),
      { numRuns: 50 },
    );
  });

  it('that a look-around lets match nothing in the middle of a text cuts nothing there', () => {
    expect(pieces(new PatternPreTokenizer('(?=b)|c'), 'a😀bcb')).toEqual(['a😀b', 'c', 'b']);
  });

  it('sees a lone surrogate as U+FFFD', () => {
    expect(pieces(new PatternPreTokenizer('\\uFFFD'), 'a\uD800b')).toEqual(['a', '\uD800', 'b']);
  });

  it.each([
    ['(a+)+b', 'holds ")+", a group that repeats'],
    ['(?:a|a)*', 'holds ")*", a group that repeats'],
    ['(a{1,30}){1,30}', 'holds "){", a group that repeats'],
    ['\\w+', 'holds "\\\\w", which differs'],
    ['\\bfoo', 'holds "\\\\b", which differs'],
    ['(a)\\1', 'holds "\\\\1", which differs'],
    ['\\x41', 'holds "\\\\x", which differs'],
    ['\\p{L', 'holds "\\\\p", which differs'],
    ['a\\', 'holds "\\\\", which differs'],
    ['^a', 'holds "^", which differs'],
    ['a$', 'holds "$", which differs'],
    ['[[a]b]', 'holds "[", which means different things inside of brackets'],
    ['[a&&b]', 'holds "&", which means different things inside of brackets'],
    ['a*', 'matches the empty text'],
    ['', 'matches the empty text'],
    ['(a', 'Unterminated group'],
    ['(?>a)', 'Invalid group'],
    ['a++', 'Nothing to repeat'],
    ['\\p{Nonsense}', 'Invalid property name'],
  ])('%s is refused', (pattern, reason) => {
    const make = (): unknown => new PatternPreTokenizer(pattern);
    expect(make).toThrow(RangeError);
    expect(make).toThrow(`The pattern ${JSON.stringify(pattern)} `);
    expect(make).toThrow(reason);
  });
});
