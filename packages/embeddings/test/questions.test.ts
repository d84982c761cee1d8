// Questions to words: the same answers as gensim's on the same vectors (test/fixtures/gensim_answers.py made the numbers).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analogy, combine, evaluateAnalogies, evaluateAnalogiesInSteps, evaluateSimilarities, NamedAxis, oddOneOut, parseAnalogies, parseSimilarities, pearson, sentenceSimilarity, spearman, WordSpace, WordVectors } from '../src/index.js';
import { expectEvaluation, expectSame, type GensimAnswers } from './support/gensim.js';

interface RandomAnswers extends GensimAnswers {
  words: string[];
  width: number;
  matrix: number[];
  analogies: string;
  pairs: string;
  unknownIsWrong: GensimAnswers['evaluation'];
  caseSensitive: GensimAnswers['evaluation'];
}

const gensim = JSON.parse(readFileSync(new URL('./fixtures/gensim-random.json', import.meta.url), 'utf8')) as RandomAnswers;
const vectors = new WordVectors({ words: gensim.words, width: gensim.width, matrix: Float32Array.from(gensim.matrix) });

describe.each([{ simd: true }, { simd: false }])('with %j, the same as gensim', (options) => {
  const space = new WordSpace(vectors, options);

  it('says what computes', () => {
    expect(space.search.kernel).toBe(options.simd ? 'WebAssembly SIMD' : 'plain TypeScript (asked for)');
  });

  it('neighbours, among all words and among the first ones', () => {
    for (const [word, expected] of Object.entries(gensim.neighbours)) expectSame(space.neighbours(word), expected);
    for (const [word, expected] of Object.entries(gensim.limited)) expectSame(space.neighbours(word, { count: 5, limit: 50 }), expected);
  });

  it('analogies by addition and by multiplication', () => {
    for (const [positive, negative, expected] of gensim.add) expectSame(analogy(space, { positive, negative }, { count: 5 }), expected);
    for (const [positive, negative, expected] of gensim.multiply) expectSame(analogy(space, { positive, negative }, { count: 5, method: 'multiply' }), expected);
  });

  it('the odd one out', () => {
    for (const [words, odd, ranked] of gensim.odd) {
      const found = oddOneOut(space, words);
      expect(found[0].word).toBe(odd);
      expectSame(found, ranked.map(([similarity, word]): [string, number] => [word, similarity]));
    }
  });

  it('evaluations, with unknown words left out, counted as wrong, and with case', () => {
    const files = { analogies: parseAnalogies(gensim.analogies), similarities: parseSimilarities(gensim.pairs) };
    expectEvaluation(space, files, {}, gensim.evaluation);
    expectEvaluation(space, files, { unknownIsWrong: true }, gensim.unknownIsWrong);
    expectEvaluation(space, files, { caseSensitive: true, limit: 122 }, gensim.caseSensitive);
  });

  it('evaluations in steps, one for each question', () => {
    const steps = evaluateAnalogiesInSteps(space, parseAnalogies(gensim.analogies));
    const shares: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) shares.push(step.value);
    const questions = gensim.analogies.split('\n').filter((line) => line !== '' && !line.startsWith(':')).length;
    expect(shares).toEqual(Array.from({ length: questions }, (_, i) => (i + 1) / questions));
    expect(step.value.total.accuracy).toBeCloseTo(gensim.evaluation.score, 12);
  });

  it('similarity of sentences', () => {
    for (const [a, b, expected] of gensim.sentences) expect(sentenceSimilarity(vectors, a, b)).toBeCloseTo(expected, 6);
  });
});

describe('word spaces', () => {
  const space = new WordSpace(vectors);

  it('refuse words that nobody knows, by name', () => {
    expect(() => space.neighbours('nobody')).toThrow('There is no vector for "nobody" among the 125 words.');
    expect(() => analogy(space, { positive: [] })).toThrow('no positive word');
    expect(() => analogy(space, { positive: ['king'] }, { method: 'divide' as 'add' })).toThrow("choose 'add' or 'multiply'");
    expect(() => oddOneOut(space, ['king', 'man'])).toThrow('three or more');
    expect(() => oddOneOut(space, ['king', 'man', 'king'])).toThrow('twice');
  });

  it('leave out the words of a question and those that are excluded', () => {
    const [first, second] = space.neighbours('king', { count: 2 });
    expect(space.neighbours('king', { count: 1, exclude: [first.word] })).toEqual([second]);
    expect(space.neighbours(vectors.row(124), { count: 1 })[0]).toMatchObject({ word: 'woman', place: 124 });
  });

  it('say that a vector of zeros has no direction', () => {
    const some = new WordSpace(new WordVectors({ words: ['a', 'b', 'zero'], width: 2, matrix: Float32Array.of(1, 0, 0.6, 0.8, 0, 0) }));
    const message = 'The vector of "zero" is all zeros: it has no direction.';
    expect(() => some.neighbours('zero')).toThrow(message);
    expect(() => oddOneOut(some, ['a', 'b', 'zero'])).toThrow(message);
    expect(() => new NamedAxis(some, { from: ['a', 'zero'], to: ['b'] })).toThrow(message);
    for (const method of ['add', 'multiply'] as const) expect(() => analogy(some, { positive: ['a', 'zero'] }, { method })).toThrow(message);
    expect(some.similarity('a', 'zero')).toBe(0);
    // What is left of a sum by rounding is no direction, either.
    expect([...combine(some, { positive: ['a', 'b'], negative: ['b', 'a'] })]).toEqual([0, 0]);
    expect(() => analogy(some, { positive: ['b'], negative: ['b'] })).toThrow('all zeros');
    for (const method of ['add', 'multiply'] as const) expect(evaluateAnalogies(some, parseAnalogies(': s\nzero zero zero a'), { method }).total).toMatchObject({ incorrect: [['ZERO', 'ZERO', 'ZERO', 'A']] });
  });

  it('take words from subwords', () => {
    const subwords = { minLength: 2, maxLength: 2, buckets: 1, matrix: Float32Array.of(0, 1) };
    const small = new WordSpace(new WordVectors({ words: ['x', 'y'], width: 2, matrix: Float32Array.of(1, 0, 0, 2), subwords }));
    expect(small.neighbours('new').map(({ word }) => word)).toEqual(['y', 'x']);
  });
});

describe('named axes', () => {
  const space = new WordSpace(new WordVectors({ words: ['ant', 'dog', 'whale', 'red'], width: 2, matrix: Float32Array.of(-1, 0.5, 0.1, 1, 3, 1.5, 0, -2) }));

  it('give each word a place between two poles', () => {
    const size = new NamedAxis(space, { from: ['ant'], to: ['whale'] });
    expect(size.name).toBe('ant - whale');
    expect([...size.direction]).toEqual([1, 0]); // (0.8, 0.4) / 1 - (-0.8, 0.4) / 1, up to its length
    expect(size.sort(['red', 'whale', 'dog', 'ant']).map(({ word }) => word)).toEqual(['ant', 'red', 'dog', 'whale']);
    expect(size.position('whale')).toBeCloseTo(2 / Math.sqrt(5), 12);
    expect(size.position([5, 5])).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('need poles that differ', () => {
    expect(() => new NamedAxis(space, { from: ['ant'], to: ['ant'] })).toThrow('same place');
    expect(() => new NamedAxis(space, { from: [], to: ['ant'] })).toThrow("pole 'from' has no word");
  });
});

describe('correlations', () => {
  it('are of two lists of the same length, without what is no number', () => {
    for (const correlation of [pearson, spearman]) {
      expect(correlation([1, 2, 3], [2, 4, 7])).toBeCloseTo(correlation === spearman ? 1 : 0.9933992677987828, 12); // of numpy.corrcoef
      expect(correlation([1, 1], [1, 2])).toBe(NaN);
      expect(() => correlation([1, NaN, 3], [1, 2, 3])).toThrow('number 2 of a list is NaN; expected finite numbers');
      expect(() => correlation([1, 2], [1, 2, 3])).toThrow('the lists have 2 and 3 numbers; they must have equally many');
    }
  });
});

describe('files of questions', () => {
  it('tell which lines they leave out', () => {
    expect(parseAnalogies(': a\nx y z w\nx y z\n\n: b\n').invalidLines).toEqual([3, 4]);
    expect(() => parseAnalogies('x y z w')).toThrow('line 1 comes before the first section');
    expect(parseSimilarities('word\tother\tscore\na\tb\t1\n#\nc\td\t\n').invalidLines).toEqual([1, 4]);
    expect(parseSimilarities('a,b,2', { delimiter: ',' }).pairs).toEqual([{ a: 'a', b: 'b', judgement: 2 }]);
  });

  it('count ties', () => {
    const matrix = Float32Array.of(1, 0, 0, 1, 1, 1, 0, 2, 0, 3);
    const space = new WordSpace(new WordVectors({ words: ['a', 'b', 'c', 'up', 'higher'], width: 2, matrix }));
    const { total } = evaluateAnalogies(space, parseAnalogies(': one\na b a higher\n: two\na b a up'));
    expect(total).toMatchObject({ ties: 1, unknown: 0, accuracy: 0.5 }); // 'up' and 'higher' lie in one direction, and 'up' comes first
    const { ties } = evaluateSimilarities(space, { pairs: [{ a: 'b', b: 'up', judgement: 1 }, { a: 'b', b: 'higher', judgement: 1 }, { a: 'a', b: 'c', judgement: 0 }] });
    expect(ties).toEqual({ judgements: 2, cosines: 2 });
    expect(() => evaluateSimilarities(space, { pairs: [{ a: 'b', b: 'nobody', judgement: 1 }] })).toThrow('1 have a word without a vector');
  });
});
