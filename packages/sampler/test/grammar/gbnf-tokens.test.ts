// Tokens in GBNF, by number and by name, as llama.cpp documents them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constrain, gbnfConstraint, regexConstraint, TokenVocabulary } from '../../src/grammar/index.js';
import { tokenSequences, TOKENS } from '../../src/grammar/token-characters.js';
import { generate, Sampler } from '../../src/index.js';
import { bytesOf } from './helpers.js';

/** Two marks, some letters, a piece, half a character, an unused id, and the end. */
const texts = [undefined, undefined, 'a', 'b', 'ab', '<b>', undefined, undefined];
const [THINK, CLOSE, A, B, AB, TAG, UNUSED, END] = texts.keys();
const bytes = texts.map((text) => (text === undefined ? undefined : bytesOf(text)));
const vocabulary = new TokenVocabulary(bytes, { endTokens: [END], specialTokens: [['<think>', THINK], ['</think>', CLOSE], ['<end>', END]] });

/** All sequences of up to `length` tokens that a grammar allows and that are complete, and no others. */
function complete(grammar: string, length: number, of = vocabulary): string[] {
  const found: string[] = [];
  const walk = (constraint: ReturnType<typeof gbnfConstraint>, ids: number[]): void => {
    const allowed = constraint.allowed();
    expect(allowed.has(END)).toBe(constraint.complete);
    if (constraint.complete) found.push(ids.join(' '));
    for (let id = 0; id < of.size; id++) {
      const fork = constraint.fork();
      if (!allowed.has(id)) expect(() => fork.accept(id)).toThrow('is not allowed here');
      else if (id !== END && ids.length < length) {
        fork.accept(id);
        walk(fork, [...ids, id]);
      }
    }
  };
  walk(gbnfConstraint(grammar, of), []);
  return found.sort();
}

describe('tokens in GBNF', () => {
  // The two grammars of llama.cpp's guide, with the ids of this vocabulary.
  const named = 'root ::= <think> thinking </think> [a]*\nthinking ::= !</think>*';
  const numbered = `root ::= <[${THINK}]> thinking <[${CLOSE}]> [a]*\nthinking ::= !<[${CLOSE}]>*`;

  it('are the same by name and by number, and every other token is every one with a text or a name', () => {
    const others = [THINK, A, B, AB, TAG];
    const expected = [
      `${THINK} ${CLOSE}`, `${THINK} ${CLOSE} ${A}`, `${THINK} ${CLOSE} ${A} ${A}`,
      ...others.flatMap((id) => [`${THINK} ${id} ${CLOSE}`, `${THINK} ${id} ${CLOSE} ${A}`]),
      ...others.flatMap((first) => others.map((second) => `${THINK} ${first} ${second} ${CLOSE}`)),
    ].sort();
    expect(complete(named, 4)).toEqual(expected);
    expect(complete(numbered, 4)).toEqual(expected);
  });

  it('count as whole tokens, beside the text that says the same', () => {
    expect(complete('root ::= <[4]>', 3)).toEqual([`${AB}`]);
    expect(complete('root ::= <[4]> "b"', 3)).toEqual([`${AB} ${B}`]);
    expect(complete('root ::= "ab"', 3)).toEqual([`${A} ${B}`, `${AB}`].sort());
    // Both ways to read the token "ab" go on at once.
    expect(complete('root ::= <[4]> "a" | "ab" "b"', 3)).toEqual([`${A} ${B} ${B}`, `${AB} ${A}`, `${AB} ${B}`].sort());
    expect(complete('root ::= ("a" | <[4]>){2}', 2)).toEqual([`${A} ${A}`, `${A} ${AB}`, `${AB} ${A}`, `${AB} ${AB}`].sort());
  });

  it('by name may be ordinary ones, and those without a name go by number', () => {
    expect(complete('root ::= <b> "a"', 3)).toEqual([`${TAG} ${A}`]);
    expect(complete(`root ::= <[${UNUSED}]>`, 2)).toEqual([`${UNUSED}`]);
    // The digits of an id of no token must not be those of one.
    for (const id of [7 ** 8 + UNUSED, UNUSED + 0.5, -1]) expect(() => gbnfConstraint(`root ::= <[${UNUSED}]>`, vocabulary).accept(id)).toThrow('is not allowed here');
    // A token may not begin inside another one's text.
    expect(complete('root ::= "a" <[3]>', 3)).toEqual([`${A} ${B}`]);
  });

  it('recur, and are found to begin a rule', () => {
    expect(complete('root ::= <think> root </think> | "a"', 5)).toEqual([`${A}`, `${THINK} ${A} ${CLOSE}`, `${THINK} ${THINK} ${A} ${CLOSE} ${CLOSE}`].sort());
    expect(() => gbnfConstraint('root ::= root <think> | "a"', vocabulary)).toThrow('left recursion');
  });

  it('are never the bytes that stand for them within', () => {
    // A vocabulary of single bytes, of which none may write the token 3.
    const single = new TokenVocabulary(Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)));
    expect(gbnfConstraint('root ::= <[3]> "a"', single).allowed().ids()).toEqual([3]);
    const constraint = gbnfConstraint('root ::= (<[3]> | "a")+', single);
    expect(() => constraint.accept(0xff)).toThrow('is not allowed here');
    constraint.accept(3);
    expect(constraint.allowed().ids()).toEqual([3, 0x61]);
    expect(regexConstraint('.', single).allowed().ids().every((byte) => byte < 0xf5)).toBe(true);
  });

  it('have sequences of bytes that cover a range of tokens exactly once', () => {
    fc.assert(fc.property(fc.nat(3000), fc.nat(400), (first, length) => {
      const ids: number[] = [];
      for (const sequence of tokenSequences([TOKENS + first, TOKENS + first + length])) {
        let found = [0];
        for (const [low, high] of sequence.slice(1)) found = found.flatMap((id) => Array.from({ length: high - low + 1 }, (_, digit) => id * 7 + low - 0xf8 + digit));
        ids.push(...found);
      }
      expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: length + 1 }, (_, i) => first + i));
    }), { numRuns: 200 });
  });

  it('let a model think first', async () => {
    const sampler = new Sampler([constrain(gbnfConstraint(named, vocabulary))], { seed: 3 });
    const model = { vocabSize: vocabulary.size, next: () => new Float32Array(vocabulary.size) };
    for (let run = 0; run < 20; run++) {
      const ids: number[] = [];
      for await (const id of generate(model, [], { maxTokens: 500, sampler })) ids.push(id);
      expect(ids[0]).toBe(THINK);
      expect(ids).not.toContain(UNUSED);
      expect(ids.slice(ids.indexOf(CLOSE) + 1).every((id) => id === A)).toBe(true);
    }
  });

  it('must be ids where they are named', () => {
    expect(() => new TokenVocabulary(bytes, { specialTokens: [['<x>', 8]] })).toThrow('specialTokens holds 8: expected token ids from 0 to 7');
    expect(() => gbnfConstraint('root ::= <end>', vocabulary)).toThrow(`token ${END} ends the text`);
  });
});
