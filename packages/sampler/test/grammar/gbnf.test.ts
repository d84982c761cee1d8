// GBNF grammars as constraints, judged by recognisers written by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Constraint, gbnfConstraint } from '../../src/grammar/index.js';
import { accepts, byteVocabulary, bytesOf, randomPieces, writeAtRandom } from './helpers.js';

const bytesOnly = byteVocabulary();
const vocabulary = byteVocabulary(...randomPieces('(1+2)*(3-44)/5 ((a b) c) (x (y z)) äöü €uro [ ] \n "quoted" ', 300, 11), '))', '((', ')+(');

const arithmetic = `
# Sums and products
root   ::= sum "\\n"?
sum    ::= product ([-+] product)*   # left to right
product ::= factor (("*" | "/")
                    factor)*
factor ::= [0-9]+ | "(" sum ")"
`;

/** Whether a text is an arithmetic expression: recursive descent. */
function isArithmetic(text: string): boolean {
  let at = 0;
  const eat = (pattern: RegExp): boolean => {
    const found = pattern.exec(text.slice(at));
    if (found === null) return false;
    at += found[0].length;
    return true;
  };
  const factor = (): boolean => eat(/^[0-9]+/) || (eat(/^\(/) && sum() && eat(/^\)/));
  const product = (): boolean => {
    if (!factor()) return false;
    while (eat(/^[*/]/)) if (!factor()) return false;
    return true;
  };
  const sum = (): boolean => {
    if (!product()) return false;
    while (eat(/^[-+]/)) if (!product()) return false;
    return true;
  };
  return sum() && (eat(/^\n/), at === text.length);
}

describe('gbnfConstraint', () => {
  it('writes only arithmetic, and accepts exactly it', () => {
    const written = gbnfConstraint(arithmetic, vocabulary.vocabulary);
    let finished = 0;
    for (let seed = 0; seed < 100; seed++) {
      const text = writeAtRandom(written.fork(), vocabulary, seed, 300, 0.6);
      if (text === undefined) continue;
      finished++;
      expect([text, isArithmetic(text)]).toEqual([text, true]);
    }
    expect(finished).toBeGreaterThan(30);
    const constraint = gbnfConstraint(arithmetic, bytesOnly.vocabulary);
    const letters = fc.array(fc.constantFrom('1', '20', '(', ')', '+', '*', '-', '/', '\n', '(1)', '2*3'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(letters, (text) => {
        expect([text, accepts(constraint, text)]).toEqual([text, isArithmetic(text)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('counts what no regular expression can: palindromes, and a^n b^n', () => {
    const palindrome = gbnfConstraint('root ::= "a" root "a" | "b" root "b" | "ä" root "ä" | [ab]?', bytesOnly.vocabulary);
    const counted = gbnfConstraint('root ::= "a" root "b" | ""', bytesOnly.vocabulary);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'ä'), { maxLength: 9 }), (letters) => {
        const text = letters.join('');
        const middle = letters.length % 2 === 1 ? letters[(letters.length - 1) / 2] : '';
        expect([text, accepts(palindrome, text)]).toEqual([text, text === [...letters].reverse().join('') && middle !== 'ä']);
        expect([text, accepts(counted, text)]).toEqual([text, /^a*b*$/.test(text) && letters.filter((x) => x === 'a').length * 2 === letters.length]);
      }),
      { numRuns: 1000 },
    );
    expect(accepts(counted, 'a'.repeat(2000) + 'b'.repeat(2000))).toBe(true);
    expect(accepts(counted, 'a'.repeat(2000) + 'b'.repeat(1999))).toBe(false);
  });

  it('allows exactly the tokens that go on with some text (brute force over a language of brackets up to a length)', () => {
    // Every text of up to 10 characters out of the language; a token is allowed if one of them goes on with it. Tokens are short enough.
    const grammar = 'root ::= ("(" root ")" | "x")*';
    const isNested = (text: string): boolean => {
      let depth = 0;
      for (const letter of text) if ((depth += letter === '(' ? 1 : letter === ')' ? -1 : 0) < 0) return false;
      return depth === 0;
    };
    const texts: string[] = [];
    for (let length = 0; length <= 10; length++) {
      for (let bits = 0; bits < 3 ** length; bits++) {
        let text = '';
        for (let i = 0, rest = bits; i < length; i++, rest = Math.floor(rest / 3)) text += '()x'[rest % 3];
        if (isNested(text)) texts.push(text);
      }
    }
    const pieces = ['(', ')', 'x', '()', '))', ')(', 'x)', '((', '(x', 'xx', '))('];
    const tested = byteVocabulary(...pieces);
    const visit = (constraint: Constraint, written: string): void => {
      const expected = pieces.filter((piece) => texts.some((text) => text.startsWith(written + piece)));
      const allowed = constraint.allowed();
      expect([written, pieces.filter((_, i) => allowed.has(256 + i))]).toEqual([written, expected]);
      expect(allowed.has(tested.end)).toBe(isNested(written));
      if (written.length >= 2) return;
      for (const piece of expected) {
        const fork = constraint.fork();
        fork.accept(256 + pieces.indexOf(piece));
        visit(fork, written + piece);
      }
    };
    visit(gbnfConstraint(grammar, tested.vocabulary), '');
  });

  it('does not pile up stacks in lists that recur at their end', () => {
    const constraint = gbnfConstraint('root ::= item ("," root)?\nitem ::= [a-z]+', bytesOnly.vocabulary);
    for (const byte of bytesOf('ab,'.repeat(5000))) constraint.accept(byte);
    expect(constraint.complete).toBe(false);
    constraint.accept(0x61);
    expect(constraint.complete).toBe(true);
  });

  it('goes on after its tables were full and have been thrown away', () => {
    const constraint = gbnfConstraint('root ::= "a" root "b" | "c"', bytesOnly.vocabulary);
    const other = constraint.fork();
    other.accept(0x61);
    for (let i = 0; i < 52_000; i++) constraint.accept(0x61);
    constraint.accept(0x63);
    for (let i = 0; i < 52_000; i++) constraint.accept(0x62);
    expect(constraint.complete).toBe(true);
    other.accept(0x63);
    expect(other.allowed().ids()).toEqual([0x62]);
    other.accept(0x62);
    expect(other.complete).toBe(true);
  });

  it('reads literals, classes, quantifiers and escapes', () => {
    const cases: [string, string[], string[]][] = [
      ['root ::= "a\\n\\t\\"\\\\\\x41\\u00e4\\U0001F600"', ['a\n\t"\\Aä😀'], ['a']],
      ['root ::= [a-cx\\]^-]{2}', ['a]', '^-', 'xc'], ['d]', 'a']],
      ['root ::= [^a-z\\n]+', ['Aä€', ' '], ['a', '\n', '']],
      ['root ::= .{1,2}', ['a', '\n😀'], ['', 'abc']],
      ['root ::= "a"{2} "b"{0,1} "c"{1,} "d"{,2}', ['aac', 'aabcccdd'], ['aab', 'aacddd']],
      ['root ::= ("x" | "y" "z" |)* "!"', ['!', 'xyzx!'], ['y!', 'zy!']],
      ['root ::= a-rule # comment with "quotes"\n\n# more\na-rule ::= "1" |\n  "2"\r\nb_2 ::= "z"', ['1', '2'], ['z', '']],
      ['root ::= ("a"?)* "b"', ['b', 'aaab'], ['a']],
      ['root::="a"+?"b"', ['b', 'aab'], ['a']],
    ];
    for (const [grammar, good, bad] of cases) {
      const constraint = gbnfConstraint(grammar, bytesOnly.vocabulary);
      for (const text of good) expect([grammar, text, accepts(constraint, text)]).toEqual([grammar, text, true]);
      for (const text of bad) expect([grammar, text, accepts(constraint, text)]).toEqual([grammar, text, false]);
    }
    expect(accepts(gbnfConstraint('a ::= "1"\nb ::= a a', bytesOnly.vocabulary, { root: 'b' }), '11')).toBe(true);
  });

  it.each([
    ['root ::= root "a" | "b"', 'left recursion: "root" begins with "root"'],
    ['root ::= a\na ::= b? c\nb ::= "x"\nc ::= a "y" | "z"', 'left recursion: "a" begins with "c" begins with "a"'],
    ['root ::= "a" root', 'the grammar allows no text: every way through "root"'],
    ['start ::= "a"', 'the grammar has no rule "root"; it has: start'],
  ])('%s: %s', (grammar, message) => {
    expect(() => gbnfConstraint(grammar, bytesOnly.vocabulary)).toThrow(RangeError);
    expect(() => gbnfConstraint(grammar, bytesOnly.vocabulary)).toThrow(message);
  });

  it.each([
    ['root ::= a', 'grammar, position 9: the rule "a" is not defined'],
    ['root ::= "a"\nroot ::= "b"', 'grammar, line 2, column 1: the rule "root" is defined twice'],
    ['root = "a"', 'position 5: expected "::=" behind the rule name "root", found "="'],
    ['root ::= "a', 'position 9: the literal that begins here is not closed'],
    ['root ::= "a\n"', 'line 1, column 10: the literal that begins here is not closed'],
    ['root ::= [a', 'position 9: the class that begins here is not closed'],
    ['root ::= ("a"', 'position 9: the group that begins here is not closed: expected ")", found the end'],
    ['root ::= "a")', 'position 12: expected the end of the rule "root" or more of it, found ")"'],
    ['root ::= *', 'position 9: "*" has nothing to repeat'],
    ['root ::= "a"{3,1}', 'position 12: the counts are in the wrong order'],
    ['root ::= "a"{x}', 'position 12: expected {m}, {m,}, {,n} or {m,n}'],
    ['root ::= "\\q"', 'position 10: the escape \\q is not known'],
    ['root ::= "\\UFFFFFFFF"', 'position 10: the escape \\U is not known'],
    ['root ::= [z-a]', 'position 10: the range is in the wrong order'],
    ['root ::= <[300]>', 'position 9: the vocabulary has no token 300; its ids run from 0 to 257'],
    ['root ::= "a" <[257]>', 'position 13: token 257 ends the text, which it may do wherever the text is complete; leave it out'],
    ['root ::= !<think>', 'position 9: no token of the vocabulary is named "<think>"; give the vocabulary its specialTokens, or write the number as <[id]>'],
    ['root ::= <[x]>', 'position 9: expected a token here: <[id]> with its number, or <name>'],
    ['root ::= ! <[1]>', 'position 9: expected a token behind "!": <[id]> with its number, or <name>'],
    ['?', 'position 0: expected the name of a rule, found "?"'],
  ])('%j: the error names the place', (grammar, message) => {
    expect(() => gbnfConstraint(grammar, bytesOnly.vocabulary)).toThrow(SyntaxError);
    expect(() => gbnfConstraint(grammar, bytesOnly.vocabulary)).toThrow(message);
  });
});
