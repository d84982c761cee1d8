// Regular expressions as constraints, judged by the engine's own RegExp.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regexConstraint, TokenVocabulary } from '../../src/grammar/index.js';
import { utf8Sequences } from '../../src/grammar/utf8-ranges.js';
import { accepts, byteVocabulary, bytesOf, randomPieces, textVocabulary, writeAtRandom } from './helpers.js';

const judge = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');

const sample = 'Die Prinzessin aß 12 Äpfel für 3,50 € — „süß!“ rief sie. 2024-05-17 T12:30 abcabc 😀😁🙈 foo_bar-9 日本語 \n\t end.';
const vocabulary = byteVocabulary(...randomPieces(sample, 400, 7));
const bytesOnly = byteVocabulary();

const patterns = [
  '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
  '(yes|no|maybe)',
  'a*b+c?',
  '(a|b)*abb',
  '(?:foo|bar){2,3}',
  '[^a-z]{3}',
  '.{1,5}',
  '[äöüß]+|[А-я]{2,}',
  '[\\u{1F600}-\\u{1F64F}]{1,3}',
  '\\w+@\\w+\\.(com|de)',
  '-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?',
  '"(?:[^"\\\\]|\\\\["\\\\nt])*"',
  '\\s*\\S+\\s*',
  '((a{2}){2}){2}',
  '(|a)(b|)',
  '[\\d\\-x]{2}[.\\]]',
  'a{0}b{2}',
  '\\x41\\u0042\\u{43}\\cJ\\0',
  '(?<year>\\d{2})?x',
  '\\p{Lu}\\p{Ll}{1,4}',
  '[\\p{Script=Greek}\\d]{2}\\P{L}',
  '[^]{2}',
  '\\uD83D\\uDE00?',
  'a+?b*?c??d{1,2}?',
  '\\W\\D',
  '^abc$|^[0-9]+$',
];

describe('regexConstraint', () => {
  it.each(patterns)('%s: whatever is written matches', (pattern) => {
    const expression = judge(pattern);
    const constraint = regexConstraint(pattern, vocabulary.vocabulary);
    let finished = 0;
    for (let seed = 0; seed < 40; seed++) {
      const text = writeAtRandom(constraint.fork(), vocabulary, seed);
      if (text === undefined) continue;
      finished++;
      expect(text).toMatch(expression);
    }
    expect(finished).toBeGreaterThan(4);
  });

  it.each([
    '(?=a)[ab]+', '(?!ab)[abc]*', '(?=.{1,3}$)a*b*', 'a(?!b)(?:b|c)*', '(?:a(?=b)|b){0,4}', 'a|(?:b$|c)c*', '(?=[^]*\\p{L})[\\p{L}\\d]+', '(?!(?=aa)..b).*', 'a(?=b|$)b?',
    'P(?:(\\d+W)|(?!.*W)(?=\\d|T\\d)(\\d+H)?(T(?=\\d)(\\d+H)?)?)',
  ])('%s: looks ahead as RegExp does', (pattern) => {
    const constraint = regexConstraint(pattern, bytesOnly.vocabulary);
    const texts = ['', ...[...'abc1PTW'].flatMap((a) => [a, ...[...'abc1T'].flatMap((b) => [a + b, ...[...'abc1TWH'].map((c) => a + b + c)])]), 'P1W', 'P1HT1H', 'PT1H', 'P1H1W', 'PT', 'P1HT', 'abab', 'aabb', 'aaab'];
    for (const text of texts) expect([text, accepts(constraint, text)]).toEqual([text, judge(pattern).test(text)]);
  });

  it('refuses conditions that need too many states', () => {
    expect(() => regexConstraint('(?=.*a.{20}$).*b.{19}', bytesOnly.vocabulary)).toThrow('the conditions on one text need more than 100000 states');
  });

  it('accepts exactly what RegExp accepts, for random patterns and texts', () => {
    const atom = fc.constantFrom('a', 'b', 'ä', '.', '[ab]', '[^a]', '\\w', '\\d', '1', '[ä-ü]', '');
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 4 },
        atom,
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(${a}|${b})`),
        fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,1}', '{2,}')).map(([a, quantifier]) => `(?:${a})${quantifier}`),
      ),
    }));
    const text = fc.array(fc.constantFrom('a', 'b', 'ä', '1', 'z', '\n'), { maxLength: 6 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 5, maxLength: 12 }), (source, texts) => {
        const constraint = regexConstraint(source, bytesOnly.vocabulary);
        for (const one of texts) expect([source, one, accepts(constraint, one)]).toEqual([source, one, judge(source).test(one)]);
      }),
      { numRuns: 300 },
    );
  });

  it('follows RegExp on every character at the edges of UTF-8 and of the classes', () => {
    const edges = [0, 0x08, 0x09, 0x0a, 0x0d, 0x20, 0x2f, 0x30, 0x39, 0x5f, 0x7f, 0x80, 0xa0, 0x7ff, 0x800, 0xfff, 0x1000, 0x2028, 0x202f, 0xd7ff, 0xe000, 0xfeff, 0xffff, 0x10000, 0x3ffff, 0x40000, 0xfffff, 0x100000, 0x10ffff];
    for (const pattern of ['.', '\\s', '\\S', '\\w', '\\W', '\\d', '[^]', '[^\\u{800}-\\u{FFFF}]', '[\\u{7F}-\\u{10000}]', '\\p{L}', '[^\\p{L}\\s]']) {
      const constraint = regexConstraint(pattern, bytesOnly.vocabulary);
      for (const edge of edges) {
        const text = String.fromCodePoint(edge);
        expect([pattern, edge, accepts(constraint, text)]).toEqual([pattern, edge, judge(pattern).test(text)]);
      }
    }
  });

  it('never lets bytes through that are no UTF-8', () => {
    const constraint = regexConstraint('[^]', bytesOnly.vocabulary);
    expect(constraint.allowed().ids()).toEqual([...Array(0x80).keys(), ...Array.from({ length: 0xf4 - 0xc2 + 1 }, (_, i) => 0xc2 + i)]);
    constraint.accept(0xed);
    expect(constraint.allowed().ids()).toEqual(Array.from({ length: 0x20 }, (_, i) => 0x80 + i)); // no surrogates
  });

  it('allows exactly the tokens that some text of the language goes on with (brute force over all texts and tokens)', () => {
    // A finite language, with tokens that span the borders between its parts and cut through characters.
    const language: string[] = [];
    for (const a of ['', 'ä', 'äö', 'x']) for (const b of ['foo', 'fo', '€']) for (const c of ['', '1', '12']) language.push(a + b + c);
    const { vocabulary: tokens, tokens: bytes, end } = byteVocabulary(...randomPieces(language.join(''), 300, 3), 'oo1', 'xf', 'äfo', bytesOf('ä€').slice(1, 4));
    const texts = language.map((text) => [...bytesOf(text)].join(' '));
    const visited = new Set<string>();
    const visit = (constraint: ReturnType<typeof regexConstraint>, written: number[]): void => {
      const key = written.join(' ');
      if (visited.has(key)) return;
      visited.add(key);
      const expected = bytes.flatMap((token, id) => {
        if (id === end) return texts.includes(key) ? [id] : [];
        const longer = [...written, ...(token ?? [])].join(' ');
        return token !== undefined && texts.some((text) => text === longer || text.startsWith(`${longer} `)) ? [id] : [];
      });
      const allowed = constraint.allowed().ids();
      expect(allowed).toEqual(expected);
      for (const id of allowed) {
        const fork = constraint.fork();
        fork.accept(id);
        if (id !== end) visit(fork, [...written, ...bytes[id]!]);
      }
    };
    visit(regexConstraint('(ä|äö|x|)(foo?|€)(12?)?', tokens), []);
    for (const text of texts) expect(visited).toContain(text); // every text of the language is reached
  });

  it('ends: end tokens are allowed when the text may end, and only they after one', () => {
    const { vocabulary: tokens, end } = textVocabulary('a', 'b', 'ab');
    const constraint = regexConstraint('(ab)+', tokens);
    expect(constraint.allowed().ids()).toEqual([0, 2]);
    expect(constraint.complete).toBe(false);
    expect(() => constraint.accept(end)).toThrow('token 3 (has no text) is not allowed here');
    constraint.accept(2);
    expect(constraint.complete).toBe(true);
    expect(constraint.allowed().ids()).toEqual([0, 2, end]);
    constraint.accept(end);
    expect(constraint.allowed().ids()).toEqual([end]);
    expect(() => constraint.accept(0)).toThrow('token 0 ("a") is not allowed here');
  });

  it('stands where it stood after a token that is not allowed', () => {
    const { vocabulary: tokens } = textVocabulary('a', 'b', 'ax');
    const constraint = regexConstraint('aab', tokens);
    constraint.accept(0);
    expect(() => constraint.accept(2)).toThrow(RangeError);
    constraint.accept(0);
    constraint.accept(1);
    expect(constraint.complete).toBe(true);
  });

  it('leaves out ways that the vocabulary cannot write to their end', () => {
    const { vocabulary: letters } = textVocabulary('c', 'a', 't', 'o');
    const constraint = regexConstraint('cat|cow|dot', letters);
    expect(constraint.allowed().ids()).toEqual([0]);
    constraint.accept(0);
    expect(constraint.allowed().ids()).toEqual([1]); // "cow" needs a w
    expect(() => regexConstraint('dog', letters)).toThrow('the grammar allows no text that tokens of this vocabulary can write');
  });

  it.each([
    ['a(?<!b)', 'position 1: look-behind is not supported'],
    ['(?=a)*', 'position 5: a quantifier cannot follow a look-ahead'],
    ['(?:(?=a)a)*', 'a look-ahead or "$" in something that repeats more than 20 times'],
    ['(a)\\1', 'position 3: back references are not supported'],
    ['(?<x>a)\\k<x>', 'position 7: back references are not supported'],
    ['a\\b', 'position 1: \\b looks at its neighbours'],
    ['(a', 'position 0: there is no ")" for this "("'],
    ['a)', 'position 1: there is no "(" for this ")"'],
    ['[a', 'position 0: there is no "]" for this "["'],
    ['*a', 'position 0: "*" has nothing to repeat'],
    ['a**', 'position 2: a quantifier cannot follow another one'],
    ['a{2', 'position 1: expected {m}, {m,} or {m,n}'],
    ['a{3,2}', 'position 1: the counts are in the wrong order: 3 is above 2'],
    ['a{1000000}', 'position 1: counts may go up to 100000'],
    ['[z-a]', 'position 1: the range is in the wrong order'],
    ['[\\d-z]', 'position 1: a range needs a character on both sides'],
    ['a^b', 'position 1: "^" is supported only at the start'],
    ['\\q', 'position 0: the escape \\q is not known'],
    ['\\p{Nonsense}', 'position 0: there is no Unicode property {Nonsense}'],
    ['\\u12', 'position 0: \\u needs four hexadecimal digits'],
    ['ab\\', 'position 3: expected a character behind "\\", found the end'],
    ['(?i)a', 'position 0: this kind of group is not supported'],
    ['a]', 'position 1: "]" closes nothing'],
    ['x\n(', 'line 2, column 1: there is no ")"'],
    ['('.repeat(300), 'position 200: more than 200 groups within each other'],
  ])('%s: the error names the place', (pattern, message) => {
    expect(() => regexConstraint(pattern, bytesOnly.vocabulary)).toThrow(SyntaxError);
    expect(() => regexConstraint(pattern, bytesOnly.vocabulary)).toThrow(message);
  });

  it('refuses what nothing matches, and what grows too large', () => {
    expect(() => regexConstraint('[]', bytesOnly.vocabulary)).toThrow('the grammar allows no text');
    expect(() => regexConstraint('\\uD800', bytesOnly.vocabulary)).toThrow('the grammar allows no text'); // half a character has no bytes
    expect(() => regexConstraint('[^a]{99999}', bytesOnly.vocabulary)).toThrow('lower the counts of its repetitions');
    expect(() => regexConstraint(5 as unknown as string, bytesOnly.vocabulary)).toThrow(new TypeError('a regular expression must be a string, got 5'));
  });

  it('repeats long parts without copying them', () => {
    const constraint = regexConstraint('(?:[a-z]{1,20}@[a-z]{1,20}\\.(?:com|org|net),){1000}', bytesOnly.vocabulary);
    const walker = constraint.fork();
    for (const byte of bytesOf('me@here.com,'.repeat(1000))) walker.accept(byte);
    expect(walker.complete).toBe(true);
    expect(walker.allowed().ids()).toEqual([bytesOnly.end]);
  });
});

describe('TokenVocabulary', () => {
  it('names what is wrong', () => {
    expect(() => new TokenVocabulary([])).toThrow('tokenBytes is empty');
    expect(() => new TokenVocabulary(['a' as unknown as Uint8Array])).toThrow(new TypeError('tokenBytes[0] must be a Uint8Array, or undefined for a special token, got string'));
    expect(() => new TokenVocabulary([bytesOf('a')], { endTokens: [1] })).toThrow('endTokens holds 1: expected token ids from 0 to 0');
  });

  it('gives all tokens of the same bytes, and never those without bytes', () => {
    const vocabulary = new TokenVocabulary([bytesOf('a'), bytesOf('b'), bytesOf('a'), new Uint8Array(0), undefined]);
    expect(regexConstraint('a*', vocabulary).allowed().ids()).toEqual([0, 2]);
  });
});

describe('ranges of characters as ranges of bytes', () => {
  it('are one where every character is one byte', () => {
    expect(utf8Sequences([0x20, 0x7e])).toEqual([[[0x20, 0x7e]]]);
  });

  it('have the bytes of every character once', () => {
    const codePoint = fc.oneof(fc.nat(0x900), fc.nat(0x10ffff));
    fc.assert(
      fc.property(codePoint, fc.nat(300), (first, more) => {
        const last = Math.min(0x10ffff, first + more);
        const sequences = utf8Sequences([first, last]);
        for (let one = Math.max(0, first - 70); one <= Math.min(0x10ffff, last + 70); one++) {
          if (one >= 0xd800 && one <= 0xdfff) continue;
          const bytes = bytesOf(String.fromCodePoint(one));
          const holding = sequences.filter((ranges) => ranges.length === bytes.length && ranges.every(([low, high], at) => low <= bytes[at] && bytes[at] <= high));
          expect(holding).toHaveLength(one >= first && one <= last ? 1 : 0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
