// Constraints as stages: in a sampler, in generate(), beside a prefix.
import { describe, expect, it } from 'vitest';
import { constrain, type Constraint, jsonSchemaConstraint, prefixConstraint, regexConstraint, TokenVocabulary } from '../../src/grammar/index.js';
import { Random, generate, type NextTokenModel, Sampler } from '../../src/index.js';
import { byteVocabulary, bytesOf, decode, randomPieces, textVocabulary } from './helpers.js';

const vocabulary = byteVocabulary(...randomPieces('Once upon a time {"name": "Hänsel", "age": 12} äöü€', 200, 1), 'upon', 'on a', 'ce u');

/** Random logits that favour no form at all. */
function noise(seed: number): NextTokenModel {
  const random = new Random(seed);
  const { size } = vocabulary.vocabulary;
  return { vocabSize: size, next: () => Float32Array.from({ length: size }, () => random.uniform() * 6) };
}

async function write(stage: Constraint, seed: number, maxTokens = 300): Promise<string> {
  const sampler = new Sampler([constrain(stage)], { seed });
  const bytes: number[] = [];
  for await (const id of generate(noise(seed), [], { maxTokens, sampler, stopTokens: [vocabulary.end] })) bytes.push(...vocabulary.tokens[id]!);
  return decode(bytes);
}

describe('constrain', () => {
  it('makes a model that knows nothing write valid JSON', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string', maxLength: 12 }, age: { type: 'integer', minimum: 0, maximum: 150 } }, required: ['name', 'age'] };
    const constraint = jsonSchemaConstraint(schema, vocabulary.vocabulary);
    for (let seed = 0; seed < 20; seed++) {
      const value = JSON.parse(await write(constraint.fork(), seed)) as { name: string; age: number };
      expect([...value.name].length).toBeLessThanOrEqual(12);
      expect(value.age).toBeGreaterThanOrEqual(0);
    }
  });

  it('ends by stopWhen where there is no token that ends', async () => {
    const { vocabulary: letters, tokens } = textVocabulary('a', 'b', 'ab');
    const constraint = regexConstraint('(ab){3}', letters);
    const model = { vocabSize: letters.size, next: () => new Float32Array(letters.size) };
    const bytes: number[] = [];
    for await (const id of generate(model, [], { maxTokens: 100, sampler: new Sampler([constrain(constraint)], { seed: 1 }), stopWhen: () => constraint.complete })) bytes.push(...tokens[id]!);
    expect(decode(bytes)).toBe('ababab');
  });

  it('forks with the sampler', () => {
    const { vocabulary: letters } = textVocabulary('a', 'b');
    const sampler = new Sampler([constrain(regexConstraint('ab', letters))], { seed: 1 });
    const fork = sampler.fork();
    fork.accept(0);
    expect([...fork.distribution(new Float32Array(3))]).toEqual([0, 1, 0]);
    expect([...sampler.distribution(new Float32Array(3))]).toEqual([1, 0, 0]);
  });

  it('names what is wrong', () => {
    const { vocabulary: letters } = textVocabulary('a', 'b');
    const stage = constrain(regexConstraint('ab', letters));
    const onlyB = { name: 'onlyB', apply: (candidates: { forbid(id: number): void; keepFrom(floor: number): void }) => (candidates.forbid(0), candidates.keepFrom(-1)) };
    expect(() => new Sampler([stage]).sample(new Float32Array(4))).toThrow('the constraint was made for a vocabulary of 3 tokens, but there are 4 logits');
    expect(() => new Sampler([onlyB, stage]).sample(new Float32Array(3))).toThrow('an earlier stage dropped every token that the constraint allows; put the constraint first');
    const sampler = new Sampler([constrain(regexConstraint('a', new TokenVocabulary([bytesOf('a'), bytesOf('b')])))]);
    sampler.accept(0);
    expect(() => sampler.sample(new Float32Array(2))).toThrow('the constrained text is complete and nothing may follow; give the vocabulary endTokens');
  });

  it('says so when tokens lead into a dead end', () => {
    // "abc" could be written, but not from "ab" on: there is no token "c".
    const { vocabulary: letters } = textVocabulary('a', 'ab', 'bc');
    const sampler = new Sampler([constrain(regexConstraint('abc', letters))]);
    sampler.accept(1);
    expect(() => sampler.sample(new Float32Array(4))).toThrow('no token of the vocabulary continues the constrained text, though it is not complete');
  });
});

describe('prefixConstraint', () => {
  it('writes texts that begin with the prefix, cut in every possible way', async () => {
    const cuts = new Set<string>();
    const prefix = 'Once upon ä';
    for (let seed = 0; seed < 60; seed++) {
      const sampler = new Sampler([constrain(prefixConstraint(prefix, vocabulary.vocabulary))], { seed });
      const bytes: number[] = [];
      const ids: number[] = [];
      for await (const id of generate(noise(seed), [], { maxTokens: 20, sampler })) {
        ids.push(id);
        bytes.push(...(vocabulary.tokens[id] ?? []));
      }
      expect(bytes.slice(0, bytesOf(prefix).length)).toEqual([...bytesOf(prefix)]);
      cuts.add(ids.slice(0, 5).join());
    }
    expect(cuts.size).toBeGreaterThan(20);
  });

  it('allows exactly the tokens that agree with what is left, and everything behind it', () => {
    const { vocabulary: letters } = textVocabulary('a', 'ab', 'abc', 'b', 'bd', 'c', 'abcd', 'x');
    const constraint = prefixConstraint('abc', letters);
    expect(constraint.allowed().ids()).toEqual([0, 1, 2, 6]);
    const fork = constraint.fork();
    constraint.accept(0);
    expect(constraint.allowed().ids()).toEqual([3]);
    expect(constraint.complete).toBe(false);
    expect(() => constraint.accept(4)).toThrow('token 4 ("bd") is not allowed here');
    fork.accept(6);
    expect(fork.complete).toBe(true);
    expect(fork.allowed().count).toBe(9);
    fork.accept(8);
    expect(prefixConstraint('', letters).complete).toBe(true);
    expect(() => prefixConstraint('aé', letters)).toThrow('byte 1 of the prefix, 0xc3, occurs in no token of this vocabulary');
  });
});
