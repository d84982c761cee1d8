// Vectors of sentences by smooth inverse frequency, and the word-embedding association test: as numpy computes them, by other ways.
import { describe, expect, it } from 'vitest';
import { associationTest, meanVector, SmoothInverseFrequency, WordSpace, WordVectors } from '../src/index.js';
import { expectClose, numpy } from './support/numpy.js';

const { words, counts, sentences, result, vectors: numbers } = numpy.sif;
const vectors = new WordVectors({ words, counts, width: 5, matrix: Float32Array.from(numbers) });
const texts = sentences.map((sentence) => sentence.map((place) => words[place]));

describe('smooth inverse frequency', () => {
  const sentenceVectors = new SmoothInverseFrequency(vectors, texts);

  it('gives the vectors of numpy', () => {
    expectClose(texts.flatMap((text) => [...sentenceVectors.vector(text).vector]), result, 6);
  });

  it('compares sentences, and tells which words it does not know', () => {
    expect(sentenceVectors.similarity(texts[0], texts[0].toReversed())).toBeCloseTo(1, 12);
    expect(sentenceVectors.vector(['w1', 'nobody', 'w2']).unknown).toEqual(['nobody']);
    expect(sentenceVectors.similarity(['nobody'], texts[0])).toBeCloseTo(0, 12);
    expect([...meanVector(vectors, ['w0', 'w0', 'nobody']).vector]).toEqual([...vectors.row(0)]);
  });

  it('takes counts from elsewhere', () => {
    const bare = new WordVectors({ words, width: 5, matrix: vectors.matrix });
    const given = new SmoothInverseFrequency(bare, texts, { counts: new Map(words.map((word, i) => [word, counts[i]])) });
    expectClose(given.vector(texts[3]).vector, [...sentenceVectors.vector(texts[3]).vector], 12);
    expect(() => new SmoothInverseFrequency(bare, texts)).toThrow('pass `counts`');
    expect(() => new SmoothInverseFrequency(vectors, [['nobody']])).toThrow('none of the 1 sentences');
    expect(() => new SmoothInverseFrequency(vectors, texts, { smoothing: 0 })).toThrow('smoothing is 0');
  });
});

describe('the association test', () => {
  const space = new WordSpace(vectors);
  const [x, y, a, b] = numpy.weat.groups.map((group) => group.map((place) => words[place]));

  it('has the statistic, the effect size and the exact p-value of numpy', () => {
    const found = associationTest(space, { targets: [x, y], attributes: [a, b] });
    expect(found).toMatchObject({ exact: true, permutations: numpy.weat.permutations });
    for (const name of ['statistic', 'effectSize', 'pValue'] as const) expect(found[name]).toBeCloseTo(numpy.weat[name], 7);
    expect(found.associations.map(({ word, group }) => [word, group])).toEqual([...x.map((word) => [word, 0]), ...y.map((word) => [word, 1])]);
  });

  it('draws divisions where there are too many, the same for a seed', () => {
    const draw = (seed: number) => associationTest(space, { targets: [x, y], attributes: [a, b] }, { permutations: 200, seed });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).toMatchObject({ exact: false, permutations: 200 });
    expect(Math.abs(draw(1).pValue - numpy.weat.pValue)).toBeLessThan(0.12); // over three standard deviations of 200 draws
    expect(draw(1).pValue).toBeGreaterThan(0);
  });

  it('has with two sides the same p-value whichever group is named first, and counts divisions that are as strong the other way round', () => {
    const [four, three] = [x.slice(0, 4), y.slice(0, 3)];
    const test = (targets: [string[], string[]], sides?: 1 | 2) => associationTest(space, { targets, attributes: [a, b] }, { sides });
    const [one, swapped] = [test([four, three], 2), test([three, four], 2)];
    expect([swapped.pValue, swapped.statistic, swapped.effectSize]).toEqual([one.pValue, -one.statistic, -one.effectSize]);
    // By another way: all divisions as sets of bits, by the difference of their means.
    const values = one.associations.map(({ association }) => association);
    const difference = (bits: number): number => {
      const mean = (some: number[]): number => some.reduce((sum, value) => sum + value, 0) / some.length;
      return mean(values.filter((_, i) => (bits >> i) & 1)) - mean(values.filter((_, i) => !((bits >> i) & 1)));
    };
    const all = Array.from({ length: 128 }, (_, bits) => bits).filter((bits) => [...bits.toString(2)].filter((bit) => bit === '1').length === 4);
    const strong = all.filter((bits) => Math.abs(difference(bits)) >= Math.abs(difference(0b1111)) - 1e-12).length;
    expect(one).toMatchObject({ atLeast: strong, permutations: 35, divisions: 35, pValue: strong / 35 });
    expect(test([four, three]).pValue + test([three, four]).pValue).toBeCloseTo(1 + 1 / 35, 9); // one side each: only the real division is in both
  });

  it('says of drawn divisions how many there are, and how many of the drawn ones are as strong', () => {
    const found = associationTest(space, { targets: [x, y], attributes: [a, b] }, { permutations: 200, seed: 3, sides: 2 });
    expect(found.divisions).toBe(numpy.weat.permutations);
    expect(found.pValue).toBe((found.atLeast + 1) / 201);
  });

  it('counts all divisions when none differs', () => {
    const same = new WordSpace(new WordVectors({ words: ['p', 'q', 'r', 's', 't', 'u'], width: 1, matrix: new Float32Array(6).fill(1) }));
    expect(associationTest(same, { targets: [['p', 'q'], ['r', 's']], attributes: [['t'], ['u']] })).toMatchObject({ statistic: 0, effectSize: 0, pValue: 1 });
  });

  it('refuses groups that are none', () => {
    expect(() => associationTest(space, { targets: [x, []], attributes: [a, b] })).toThrow('targets[1] has no word');
    expect(() => associationTest(space, { targets: [x, x], attributes: [a, b] })).toThrow('"w0" is there twice');
    expect(() => associationTest(space, { targets: [x, y], attributes: [a, ['nobody']] })).toThrow('no vector for "nobody"');
    expect(() => associationTest(space, { targets: [x, y], attributes: [a, b] }, { permutations: 0 })).toThrow('permutations is 0');
    expect(() => associationTest(space, { targets: [x, y], attributes: [a, b] }, { sides: 3 as never })).toThrow('sides is 3');
  });
});
