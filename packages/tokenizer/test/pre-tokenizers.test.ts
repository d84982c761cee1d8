import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GPT2_PATTERN, WORD_PATTERN } from '@kk/tokenizer';
import { cl100kPreTokenizer } from '../src/pre-tokenizers/cl100k.js';
import { gpt2PreTokenizer } from '../src/pre-tokenizers/gpt2.js';
import { o200kPreTokenizer } from '../src/pre-tokenizers/o200k.js';
import { PatternPreTokenizer } from '../src/pre-tokenizers/pattern.js';
import type { PreTokenizer } from '../src/pre-tokenizers/pre-tokenizer.js';
import { referencePieces, withoutNewCharacters } from './support/reference.js';
import { anyText, texts } from './support/texts.js';

function pieces(preTokenizer: PreTokenizer, text: string): string[] {
  const found: string[] = [];
  preTokenizer.forEachPiece(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

/** What the scanners tell apart, and what comes next to it in their patterns. */
const signs = ["'", "'s", "'LL", "'\u017F", "'\u212A", ' ', '  ', '\n', '\r\n', '\t', '\u0085', '\u00A0', '\u3000', '\uFEFF', 'a', 'bc', 'A', 'BC', '\u01C5', '\u02B0', '\u3042', '\u4E2D', '\u0301', '\u0903', '1', '23', '\u00BD', '\u2167', '.', '//', '\u20AC', '\u{1F600}', '\u{1D4D0}', '\u{20000}', '\u{1D7D9}', '\uD800', '\uDC00'];
const signsText = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => parts.join(''));

describe.each([
  ['GPT-2', gpt2PreTokenizer],
  ['cl100k_base', cl100kPreTokenizer],
  ['o200k_base', o200kPreTokenizer],
])('the scanner of %s', (_name, scanner) => {
  const expression = new PatternPreTokenizer(scanner.pattern);

  it('cuts like the regular expression that it stands for', () => {
    for (const text of texts) expect(pieces(scanner, text)).toEqual(pieces(expression, text));
    fc.assert(fc.property(anyText, (text) => void expect(pieces(scanner, text)).toEqual(pieces(expression, text))), { numRuns: 1000 });
    fc.assert(fc.property(signsText, (text) => void expect(pieces(scanner, text)).toEqual(pieces(expression, text))), { numRuns: 5000 });
  });

  it('cuts like the reference', () => {
    for (const text of texts.map(withoutNewCharacters)) expect(pieces(scanner, text)).toEqual(referencePieces(scanner.pattern, text));
    fc.assert(
      fc.property(fc.oneof(anyText, signsText), (text) => {
        const wellFormed = withoutNewCharacters(text).replace(/\p{Surrogate}/gu, '\uFFFD');
        expect(pieces(scanner, wellFormed)).toEqual(referencePieces(scanner.pattern, wellFormed));
      }),
      { numRuns: 300 },
    );
  });

  it('cuts a long text as its parts', () => {
    // Longer than a chunk, with and without places where a chunk can end.
    for (const part of ['The quick brown fox. ', "it's\n\n  12345 ", 'Ein König; \u{1F600} ', '\u4E2D\u6587', 'ab', ' ']) {
      const text = part.repeat(Math.ceil(50_000 / part.length));
      expect(pieces(scanner, text)).toEqual(pieces(expression, text));
    }
  });

  it('looks at every character that there is', () => {
    let text = '';
    for (let code = 0; code < 0x30000; code += 1) text += code >= 0xd800 && code < 0xe000 ? '' : `${String.fromCodePoint(code)}a `;
    expect(pieces(scanner, text)).toEqual(pieces(expression, text));
  });
});

describe('published examples', () => {
  it('of GPT-2', () => {
    expect(pieces(gpt2PreTokenizer, "Hello've world123 how's  are   you!?\n\n x ")).toEqual(['Hello', "'ve", ' world', '123', ' how', "'s", ' ', ' are', '  ', ' you', '!?', '\n\n', ' x', ' ']);
    expect(pieces(gpt2PreTokenizer, 'a\u0085b')).toEqual(['a', '\u0085', 'b']);
    expect(pieces(gpt2PreTokenizer, 'a \uFEFFb')).toEqual(['a', ' \uFEFF', 'b']);
  });

  it('of cl100k_base', () => {
    expect(pieces(cl100kPreTokenizer, "We'LL see\n\n  1234 (x)\r\n")).toEqual(['We', "'LL", ' see', '\n\n', ' ', ' ', '123', '4', ' (', 'x', ')\r\n']);
    expect(pieces(cl100kPreTokenizer, "it'\u017F")).toEqual(['it', "'\u017F"]);
  });

  it('of o200k_base', () => {
    expect(pieces(o200kPreTokenizer, "HTMLElement it's GPUs' //\n")).toEqual(['HTMLElement', " it's", ' GPUs', "'", ' //\n']);
    expect(pieces(o200kPreTokenizer, 'helloWorld\u3042B')).toEqual(['hello', 'World\u3042', 'B']);
  });
});

describe('a pattern', () => {
  const patterns = [GPT2_PATTERN, WORD_PATTERN, '[\\s\\S]', '[^\\S\\n]+|[\\Sx]', '\\d+', '\\D', '[\\d\\s]+|\\S', '.', 'a|b(?!c)', '(?<=a)b|[^\\n\\p{Lu}]{2,3}?', "\\p{L}+(?:['\u2019]\\p{L}+)?", '\\u00e9|[\\[\\]\\-x]', '\\r\\n|\\t', "(?i:'s|'re|k)|[^s]"];

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
    ['\\p{L', 'holds "\\\\p", a property without a name'],
    ['\\p{Nonsense}', 'holds "\\\\p{Nonsense}", a property that JavaScript does not know'],
    ['\\p{__proto__}', 'holds "\\\\p{__proto__}", a property that JavaScript does not know'],
    ['\\p{constructor}', 'holds "\\\\p{constructor}", a property that JavaScript does not know'],
    ['a\\', 'holds "\\\\", which cannot be translated from Oniguruma'],
    ['\\X', 'holds "\\\\X", which cannot be translated from Oniguruma, the engine of Hugging Face\'s tokenizers; spell the characters out'],
    ['a\\Kb', 'holds "\\\\K", which cannot be translated'],
    ['\\x{110000}', 'holds "\\\\x{110000}", which is no character'],
    ['\\uD800', 'holds "\\\\uD800", which is no character'],
    ['a|b\\G', 'holds "\\\\G", which cannot be translated there'],
    ['(?~a)', 'holds "(?~", a group that cannot be translated'],
    ['(?s:a)', 'with the flag s, which cannot be translated from Oniguruma'],
    ['\\1(a)', 'holds "\\\\1", but no group before it has that number'],
    ['(?:(a)|b)\\1', 'holds "\\\\1", a back-reference to a group that may not have matched'],
    ['(a)?\\1', 'holds "\\\\1", a back-reference to a group that may not have matched'],
    ['(a)(?i:\\1)', 'holds "\\\\1", a back-reference that ignores case'],
    ['(?<n>a)(?<n>b)', 'holds "n", the name of two groups'],
    ['(?<=(?>a))b', 'holds "(?<", a look-behind with a back-reference, an atomic group'],
    ['(?:|a)+b', 'holds "(?:|a)+", a repeated group that can match nothing before it matches something'],
    ['(?i:ss)', 'holds "ss", which also matches a single character such as ß'],
    ['(?i:ß)', 'holds "ß", which also matches several letters'],
    ['(?i:[Þ-à])', 'holds "[Þ-à]", whose ß also matches ss'],
    ['[b-a]', 'holds "b-a", a range that ends before it begins'],
    ['[\\w-z]', 'holds "-z", a range from or to a class'],
    ['[[:letters:]]', 'holds "[:letters:]", a class without that name'],
    ['[a', 'holds "[a", a class that does not end; expected ]'],
    ['a{3,2}', 'holds "{3,2}", a quantifier whose maximum is below its minimum'],
    ['(?=a)+b', 'holds "+", which repeats a place between characters'],
    ['*a', 'holds "*", with nothing to repeat before it'],
    ['a)', 'holds ")", which closes no group'],
    ['(a', 'holds "(a", a group that does not end; expected )'],
    ['a*', 'matches the empty text'],
    ['', 'matches the empty text'],
  ])('%s is refused', (pattern, reason) => {
    const make = (): unknown => new PatternPreTokenizer(pattern);
    expect(make).toThrow(RangeError);
    expect(make).toThrow(`The pattern ${JSON.stringify(pattern)} `);
    expect(make).toThrow(reason);
  });
});
