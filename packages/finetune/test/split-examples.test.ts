// Splits without leaks, and reports of duplicates.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicates, readExamples, splitExamples, type NumberedExample, type TuningExample } from '../src/index.js';

const few = fc.constantFrom('Ann', 'ANN', ' ann', 'Ben', 'ben\n', 'Cleo', 'ｃｌｅｏ', 'Dora');
const example: fc.Arbitrary<TuningExample> = fc.oneof(
  fc.record({ text: few }),
  fc.record({ prompt: few, completion: few }),
  fc.record({ messages: fc.tuple(fc.record({ role: fc.constant('user'), content: few }), fc.record({ role: fc.constant('assistant'), content: few })) }),
);
const many = fc.array(example, { minLength: 2, maxLength: 40 });

describe('splitExamples', () => {
  it.each(['example', 'prompt'] as const)('never has equal examples on both sides, by %s', (by) => {
    fc.assert(
      fc.property(many, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(), (examples, heldOut, seed) => {
        const groups = examples.length - findDuplicates(examples, { by }).reduce((sum, group) => sum + group.length - 1, 0);
        if (groups < 2) return void expect(() => splitExamples(examples, { heldOut, seed, by })).toThrow('expected at least 2, one for each side');
        const split = splitExamples(examples, { heldOut, seed, by });
        expect(split.training.length).toBeGreaterThan(0);
        expect(split.heldOut.length).toBeGreaterThan(0);
        expect(split.training.length + split.heldOut.length).toBe(examples.length);
        const shared = findDuplicates([...split.training, ...split.heldOut], { by }).filter((group) => group[0]! < split.training.length && group.at(-1)! >= split.training.length);
        expect(shared).toEqual([]);
        for (const side of [split.training, split.heldOut]) expect(examples.filter((one) => side.includes(one))).toEqual(side); // in their order
      }),
    );
  });

  it('meets the share exactly without duplicates, and depends on the seed', () => {
    const examples = Array.from({ length: 200 }, (_, i) => ({ text: `text ${i}` }));
    const [one, again, two] = [1, 1, 2].map((seed) => splitExamples(examples, { heldOut: 0.15, seed }));
    expect(one!.heldOut).toHaveLength(30);
    expect(again).toEqual(one);
    expect(two).not.toEqual(one);
  });

  it('refuses shares and options that are none', () => {
    const examples = [{ text: 'a' }, { text: 'b' }];
    expect(() => splitExamples(examples, { heldOut: 0 })).toThrow('heldOut is 0; expected a share above 0 and below 1');
    expect(() => splitExamples(examples, { seed: -1 })).toThrow('seed is -1');
    expect(() => splitExamples(examples, { by: 'answer' as never })).toThrow("by is answer; expected 'example' or 'prompt'");
    expect(() => splitExamples(examples, { share: 0.1 } as never)).toThrow("unknown option 'share'");
    expect(() => splitExamples([{ text: 'A b' }, { text: 'a  B' }])).toThrow('there are 1 different examples among 2');
  });
});

describe('examples with their lines, as they are read', () => {
  it('are split and compared as those without', async () => {
    const alone: TuningExample[] = ['a', 'b', 'A', 'c', 'd'].map((text) => ({ text }));
    const read: NumberedExample[] = [];
    for await (const one of readExamples(alone.map((one) => `${JSON.stringify(one)}\n\n`))) read.push(one);
    expect(findDuplicates(read)).toEqual([[0, 2]]);
    const { training, heldOut } = splitExamples(read, { heldOut: 0.4 });
    expect({ training: training.map(({ example }) => example), heldOut: heldOut.map(({ example }) => example) }).toEqual(splitExamples(alone, { heldOut: 0.4 }));
    expect([...training, ...heldOut].map(({ line }) => line).sort()).toEqual([1, 3, 5, 7, 9]);
  });

  it('what is none is named by its place', () => {
    for (const wrong of [undefined, 'a', { example: { text: 'a' } }, { line: 1, example: {} }, { prompt: 'a' }]) {
      expect(() => splitExamples([{ text: 'b' }, wrong as never])).toThrow(/^splitExamples: examples\[1\] is .*; expected \{"text": \.\.\.\}.*, alone or with its line as readExamples gives it\.$/);
      expect(() => findDuplicates([wrong as never])).toThrow('findDuplicates: examples[0] is ');
    }
  });
});

it('findDuplicates names what is equal up to case, white space and forms of a character', () => {
  const talk = (question: string, answer: string): TuningExample => ({ messages: [{ role: 'user', content: question }, { role: 'assistant', content: answer }] });
  const examples = [talk('Who?', 'Anna'), { text: 'a' }, talk('who? ', 'ANNA'), talk('Who?', 'Ben'), { text: 'b' }, { text: 'Ａ' }, { prompt: 'Who?', completion: 'Anna' }];
  expect(findDuplicates(examples)).toEqual([[0, 2], [1, 5]]);
  expect(findDuplicates(examples, { by: 'prompt' })).toEqual([[0, 2, 3], [1, 5]]);
  expect(findDuplicates([])).toEqual([]);
});
