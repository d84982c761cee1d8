// Several texts: weights, sentences, adding, removing, streaming. Each must equal training on what is then there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdSource, MarkovModel, type MarkovOptions, TextMarkov } from '../src/index.js';
import { finished } from '../src/steps.js';
import { TextCounter } from '../src/counts/text-counter.js';

const sources = fc.array(fc.record({ ids: fc.array(fc.nat(4), { maxLength: 25 }), weight: fc.integer({ min: 1, max: 3 }) }), { minLength: 2, maxLength: 5 });
const options = fc.record<MarkovOptions>({ order: fc.integer({ min: 0, max: 4 }), vocabSize: fc.constant(6), startToken: fc.constantFrom(-1, 0) });
const arraysOf = ({ ngrams: { table } }: MarkovModel): unknown => ({ tokens: [...table.tokens], counts: [...table.counts], firstChild: [...table.firstChild] });

/** All n-grams by plain search, as "1 2 3" -> count; the start token begins a sequence. */
function counted(texts: readonly IdSource[], { order, startToken }: MarkovOptions): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ids, weight = 1 } of texts) {
    const tokens = Array.from(ids);
    tokens.forEach((_, from) => {
      for (let length = 1; length <= order + 1 && from + length <= tokens.length; length++) {
        const ngram = tokens.slice(from, from + length);
        if (ngram.slice(1).includes(startToken ?? -1)) break;
        counts.set(ngram.join(' '), (counts.get(ngram.join(' ')) ?? 0) + weight);
      }
    });
  }
  return counts;
}

function listed({ ngrams: { table } }: MarkovModel): Map<string, number> {
  const names = [''];
  const contexts = table.firstChild.length - 1;
  for (let context = 0; context < contexts; context++) {
    for (let child = table.firstChild[context]; child < table.firstChild[context + 1]; child++) names[child] = `${names[context]} ${table.tokens[child]}`.trim();
  }
  return new Map(names.slice(1).map((name, i) => [name, table.counts[i + 1]]));
}

describe('several texts', () => {
  it('are counted each as a sequence of its own, as often as they weigh', () => {
    fc.assert(
      fc.property(sources, options, (texts, given) => {
        fc.pre(texts.some(({ ids }) => ids.length > 0));
        expect(listed(MarkovModel.trainAll(texts, given))).toEqual(counted(texts, given));
      }),
      { numRuns: 300 },
    );
  });

  it('are counted the same in blocks', () => {
    fc.assert(
      fc.property(sources, options, fc.integer({ min: 1, max: 30 }), (texts, given, block) => {
        fc.pre(texts.some(({ ids }) => ids.length > 0));
        const counter = new TextCounter(given.order, given.vocabSize, given.startToken ?? -1, block);
        for (const { ids, weight } of texts) finished(counter.add(Int32Array.from(ids), weight));
        const { order, vocabSize, ...estimation } = given;
        expect(arraysOf(MarkovModel.fromCounts(finished(counter.finish()), [], estimation))).toEqual(arraysOf(MarkovModel.trainAll(texts, given)));
      }),
      { numRuns: 300 },
    );
  });

  it('are counted the same in steps', () => {
    fc.assert(
      fc.property(sources, options, (texts, given) => {
        fc.pre(texts.some(({ ids }) => ids.length > 0));
        const model = finished(MarkovModel.trainInSteps(texts, given));
        const atOnce = MarkovModel.trainAll(texts, given);
        expect(arraysOf(model)).toEqual(arraysOf(atOnce));
        expect(model.sources).toEqual(atOnce.sources);
        expect(model.next([1])).toEqual(atOnce.next([1]));
      }),
      { numRuns: 300 },
    );
  });

  it('say in steps how much is done, also where several blocks are counted', () => {
    // 2.5 million ids each: the first two fill a block of 4 million, which is counted when the third one comes.
    const ids = Int32Array.from({ length: 2_500_000 }, (_, i) => i % 3);
    for (const count of [1, 3]) {
      const steps = MarkovModel.trainInSteps(Array.from({ length: count }, () => ({ ids })), { order: 1, vocabSize: 3, keepTexts: false });
      const shares: number[] = [];
      let step = steps.next();
      for (; !step.done; step = steps.next()) shares.push(step.value);
      expect(shares.length).toBeGreaterThan(2 * count);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect([shares[0] >= 0, shares.at(-1)! <= 1]).toEqual([true, true]);
      expect(step.value.counts([0])).toEqual([{ id: 1, count: count * 833_333 }]);
    }
    expect(() => finished(MarkovModel.trainInSteps([{ ids: [] }], { order: 1, vocabSize: 3 }))).toThrow('the text to train on is empty');
  });

  it('can be added and removed: the rest is as if trained alone', () => {
    fc.assert(
      fc.property(sources, options, fc.nat(4), (texts, given, pick) => {
        const removed = pick % texts.length;
        const others = texts.filter((_, i) => i !== removed);
        fc.pre(others.some(({ ids }) => ids.length > 0));
        const model = MarkovModel.trainAll(others, given);
        const before = arraysOf(model);
        expect(model.logProbability([], 1)).toBeLessThan(0); // the estimate must not outlive the counts
        model.add({ ...texts[removed], name: 'extra' });
        expect(listed(model)).toEqual(counted(texts, given));
        expect(model.next([1])).toEqual(MarkovModel.trainAll([...others, texts[removed]], given).next([1]));
        model.remove('extra');
        expect(arraysOf(model)).toEqual(before);
        expect(model.sources).toHaveLength(others.length);
      }),
      { numRuns: 200 },
    );
  });

  it('arrive over time', async () => {
    async function* arriving(): AsyncGenerator<IdSource> {
      yield { ids: [0, 1, 2] };
      await Promise.resolve();
      yield { ids: [2, 1], weight: 2 };
    }
    const model = await MarkovModel.trainStream(arriving(), { order: 1, vocabSize: 3 });
    expect(model.counts([2])).toEqual([{ id: 1, count: 2 }]);
    expect(model.sources.map(({ name }) => name)).toEqual(['text 1', 'text 2']);
    expect(() => model.remove('text 1')).toThrow('the text "text 1" was not kept; train with keepTexts: true');
  });

  it('give entropies by order, and figures with and without unknown tokens', () => {
    const model = MarkovModel.train([0, 1, 0, 1, 0, 2], { order: 2, vocabSize: 4, unknownToken: 3 });
    const [none, one, two] = model.conditionalEntropies();
    expect(none).toBeCloseTo(-(0.5 * Math.log(0.5) + (1 / 3) * Math.log(1 / 3) + (1 / 6) * Math.log(1 / 6)), 12);
    // After 0: 1, 1, 2; after 1 always 0. Five bigrams.
    expect(one).toBeCloseTo(-(2 * Math.log(2 / 3) + Math.log(1 / 3)) / 5, 12);
    expect(two).toBeCloseTo(-(Math.log(1 / 2) + Math.log(1 / 2)) / 4, 12);
    const { tokens, unknowns, nats, natsOfKnown, perplexity, crossEntropyOfKnown } = model.evaluate([0, 3, 1]);
    expect([tokens, unknowns]).toEqual([3, 1]);
    expect(nats - natsOfKnown).toBeCloseTo(-model.logProbability([0], 3), 12);
    expect(perplexity).toBeCloseTo(Math.exp(nats / 3), 12);
    expect(crossEntropyOfKnown).toBeCloseTo(natsOfKnown / 2, 12);
  });

  it.each<[string, (model: MarkovModel) => unknown, string]>([
    ['a name twice', (model) => model.add({ ids: [1], name: 'a' }), 'there is already a text named "a"'],
    ['a name that is not there', (model) => model.remove('b'), 'there is no text named "b"; there are "a"'],
    ['a weight of half a text', (model) => model.add({ ids: [1], weight: 0.5 }), 'weight must be an integer from 1'],
    ['a weight beyond counting', (model) => model.add({ ids: [1, 1], weight: 2 ** 31 - 1 }), 'lower the weights'],
    ['an id beyond the vocabulary', (model) => model.add({ ids: [7] }), 'ids[0] is 7'],
    ['a smaller vocabulary', (model) => model.withVocabSize(1), 'vocabSize must be at least 3'],
  ])('%s is an error', (_, act, message) => {
    const model = MarkovModel.trainAll([{ ids: [0, 1, 2], name: 'a' }], { order: 1, vocabSize: 3 });
    expect(() => act(model)).toThrow(RangeError);
    expect(() => act(model)).toThrow(message);
  });
});

describe('texts as strings', () => {
  const a = 'Der Hund bellt. Die Katze schläft.';
  const b = 'Der Hund schläft. Der Hase springt.';
  const c = 'Die Katze springt. Der Hund bellt.';

  it.each([{}, { sentences: true }, { unknowns: true, sentences: true }, { unknowns: true, minCount: 2 }])('with %j: adding and removing equals training', (more) => {
    const given = { unit: 'word', order: 2, smoothing: 'witten-bell', ...more } as const;
    const named = [a, b, c].map((text, i) => ({ text, name: 'abc'[i], weight: i + 1 }));
    const whole = TextMarkov.train(named, given);
    const grown = TextMarkov.train(named.slice(0, 2), given);
    grown.add(named[2]);
    expect([grown.tokens, arraysOf(grown.counted)]).toEqual([whole.tokens, arraysOf(whole.counted)]);
    for (const name of 'abc') {
      const rest = TextMarkov.train(named.filter((text) => text.name !== name), given);
      const smaller = TextMarkov.train(named, given);
      smaller.remove(name);
      expect([smaller.tokens, arraysOf(smaller.counted), smaller.sources]).toEqual([rest.tokens, arraysOf(rest.counted), rest.sources]);
      expect(smaller.evaluate('Der Hund schläft.')).toEqual(rest.evaluate('Der Hund schläft.'));
    }
  });

  it('arrive over time', async () => {
    const streamed = await TextMarkov.trainStream([a, b], { unit: 'word', order: 1 });
    const whole = TextMarkov.train([a, b], { unit: 'word', order: 1 });
    expect([streamed.tokens, arraysOf(streamed.counted)]).toEqual([whole.tokens, arraysOf(whole.counted)]);
    expect(() => streamed.occurrences('Hund')).toThrow('was not kept');
    await expect(TextMarkov.trainStream([a], { unit: 'word', order: 1, unknowns: true, minCount: 2 })).rejects.toThrow('minCount above 1 needs all texts');
  });

  it('have sentences: none looks into the next, and none is written without an end', () => {
    const lines = TextMarkov.train('a b c\na b d\n\n', { unit: 'whitespace', order: 2, sentences: true });
    expect(lines.tokens).toEqual(['<s>', '</s>', 'a', 'b', 'c', 'd']);
    expect([...lines.encode('a\nb')]).toEqual([0, 2, 1, 0, 3, 1]);
    expect(lines.decode([0, 2, 3, 1, 0, 5])).toBe('a b\nd');
    expect(lines.counted.counts([lines.tokens.indexOf('c')])).toEqual([{ id: 1, count: 1 }]);
    expect(lines.generate({ length: 6, seed: 1 }).split('\n')).toHaveLength(2);
    expect(lines.generate({ length: 6, seed: 1 })).toMatch(/^a b [cd]\na b [cd]$/);
    expect(lines.generate({ length: 1, seed: 1, prompt: 'a' })).toBe('a b');
    expect(() => lines.encode('a <s> b')).toThrow('the text holds <s>, which stands for the boundary of a sentence');
  });

  it('have unknown units', () => {
    const nonsense = TextMarkov.train('a b a b c', { unit: 'whitespace', order: 1, unknowns: true, minCount: 2, smoothing: 'witten-bell' });
    expect(nonsense.tokens).toEqual(['<unk>', 'a', 'b']);
    expect([...nonsense.encode('a x c')]).toEqual([1, 0, 0]);
    expect(nonsense.evaluate('a x').unknowns).toBe(1);
    expect(nonsense.generate({ length: 50, seed: 1 })).not.toContain('<unk>');
  });

  it('are measured in bits per character and byte', () => {
    const { nats, characters, bytes, bitsPerCharacter, bitsPerByte } = TextMarkov.train('äöäöä', { unit: 'character', order: 1, smoothing: 'witten-bell' }).evaluate('öä');
    expect([characters, bytes]).toEqual([2, 4]);
    expect(bitsPerCharacter).toBeCloseTo(nats / Math.LN2 / 2, 12);
    expect(bitsPerByte).toBeCloseTo(nats / Math.LN2 / 4, 12);
  });

  it('may be graphemes, or a tokenizer\'s ids', () => {
    const family = '👩‍👧e\u0301!';
    expect(TextMarkov.train(family, { unit: 'grapheme', order: 1 }).tokens).toEqual(['👩‍👧', 'e\u0301', '!']);
    const codec = { vocabSize: 128, encode: (text: string) => Array.from(text, (letter) => letter.charCodeAt(0)), decode: (ids: number[]) => String.fromCharCode(...ids) };
    const coded = TextMarkov.train('abcabd', { unit: codec, order: 2 });
    expect(coded.unit).toBe('tokenizer');
    expect(coded.generate({ length: 2, seed: 1, prompt: 'ca' })).toMatch(/^cab[cd]$/);
    expect(coded.occurrences('bd')).toEqual([{ source: 'text 1', position: 4, start: 4, end: 6 }]);
    expect(() => TextMarkov.train('a', { unit: { vocabSize: 1 } as never, order: 1 })).toThrow(TypeError);
    expect(() => TextMarkov.train('a', { unit: codec, order: 1, sentences: true })).toThrow('a tokenizer has its own special tokens');
  });
});
