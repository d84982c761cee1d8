import { generate } from '@kk/sampler';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { finished } from '../src/steps.js';
import { CodecCoder, UnitCoder } from '../src/text/coder.js';
import { markovFromBytes, markovToBytes, TextMarkov, type UnitName } from '../src/index.js';
import { words } from '../src/text/words.js';

const german = `Es war einmal ein König, der hatte drei Töchter. »Wer seid ihr?«, fragte der Wolf. „Ich bin's“, sagte die Ziege (sie log)!
Da lief der Wolf in den Wald; dort sah er 3,5 Taler – und einen Brunnen...

Und wenn sie nicht gestorben sind, so leben sie noch heute.`;
const english = `"Who's there?" asked the wolf. "It's me," said the goat's sister (she didn't lie)! Well-known facts: the queen -- poor thing -- had 'nothing'.
So the king ran away; the queen stayed. "Why?" she asked.`;

describe('words', () => {
  it('are words, marks with their spaces, and line breaks', () => {
    expect(words.split('Der Wolf, »grau« (und alt), sprach:\n"Du\'s?" --\n\n 3,5 Rot-Käppchen...')).toEqual([
      'Der', 'Wolf', ', ', ' »', 'grau', '« ', ' (', 'und', 'alt', ')', ', ', 'sprach', ': ', '\n',
      ' "', "Du's", '?', '" ', ' -- ', '\n\n', '3,5', 'Rot-Käppchen', '... ',
    ]); // prettier-ignore
  });

  it.each([german, english])('join to the text they came from', (text) => {
    expect(words.join(words.split(text))).toBe(text);
  });

  it('lose nothing but runs of spaces', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom(...' \t\n\r,.;:!?-–"\'’»«„“()…', 'ab', 'Ä', '3', '👩‍👧', 'e\u0301', '\u00ad'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), maxLength: 40 });
    const tidy = (raw: string): string =>
      raw
        .replace(/\r\n?/g, '\n')
        .trim()
        .replace(/\s+/g, (space) => '\n'.repeat(Math.min(2, space.split('\n').length - 1)) || ' ');
    fc.assert(
      fc.property(text, (raw) => {
        expect(words.join(words.split(raw))).toBe(tidy(raw));
      }),
      { numRuns: 500 },
    );
  });
});

describe('characters', () => {
  it('are code points, and nothing is lost', () => {
    const nonsense = TextMarkov.train('a😀ä\r\n  a', { unit: 'character', order: 1 });
    expect(nonsense.tokens).toEqual(['a', '😀', 'ä', '\r', '\n', ' ']);
    expect([...nonsense.encode('ä😀a')]).toEqual([2, 1, 0]);
    expect(nonsense.decode([2, 1, 0])).toBe('ä😀a');
  });
});

describe.each<UnitName>(['character', 'word'])('a chain of %ss', (unit) => {
  it('writes only what the text has, and the same for the same seed', () => {
    const nonsense = TextMarkov.train(german, { unit, order: 2 });
    const text = nonsense.generate({ length: 80, seed: 1 });
    expect(text).toBe(nonsense.generate({ length: 80, seed: 1 }));
    expect(text).not.toBe(nonsense.generate({ length: 80, seed: 2 }));
    // Without a seed each text has a new one, drawn as Math.random() is.
    const draw = vi.spyOn(Math, 'random').mockReturnValueOnce(0.25).mockReturnValueOnce(0.5);
    expect([nonsense.generate({ length: 80 }), nonsense.generate({ length: 80 })]).toEqual([2 ** 51, 2 ** 52].map((seed) => nonsense.generate({ length: 80, seed })));
    expect(draw).toHaveBeenCalledTimes(2);
    draw.mockRestore();
    expect(() => nonsense.encode(text)).not.toThrow();
  });

  it('goes on from a prompt', () => {
    const nonsense = TextMarkov.train(german, { unit, order: 8 });
    const length = unit === 'word' ? 4 : 16;
    expect(nonsense.generate({ length, seed: 3, prompt: 'Es war einmal ein König' })).toBe('Es war einmal ein König, der hatte drei');
    expect(nonsense.generate({ length: 0, prompt: 'Es war' })).toBe('Es war');
    expect(nonsense.generate({ length: 0 })).toBe('');
  });

  it('begins where a sentence begins', () => {
    for (const text of [german, english]) {
      const nonsense = TextMarkov.train(text, { unit, order: 3 });
      for (let seed = 0; seed < 30; seed++) expect(nonsense.generate({ length: 5, seed })).toMatch(/^["»„]?\p{Lu}/u);
    }
  });

  it('writes without a sentence end to begin behind, too', () => {
    expect(TextMarkov.train('la', { unit, order: 2 }).generate({ length: 3, seed: 1 })).toMatch(/^[la ]+$/);
  });

  it('is a NextTokenModel for every sampler', async () => {
    const nonsense = TextMarkov.train(german, { unit, order: 1 });
    const ids: number[] = [];
    for await (const id of generate(nonsense.model, nonsense.encode('Es'), { maxTokens: 10, seed: 1 })) ids.push(id);
    expect(nonsense.decode(ids).length).toBeGreaterThan(9);
  });

  it('passes temperature, top-k and top-p on', () => {
    // After x comes a three times, b once.
    const space = unit === 'word' ? ' ' : '';
    const nonsense = TextMarkov.train([...'xaxaxaxbx'].join(space), { unit, order: 1 });
    const next = (options: object): Set<string> => new Set(Array.from({ length: 40 }, (_, seed) => nonsense.generate({ length: 1, seed, prompt: 'x', ...options })));
    expect(next({})).toEqual(new Set([`x${space}a`, `x${space}b`]));
    for (const options of [{ temperature: 0 }, { topK: 1 }, { topP: 0.7 }]) expect(next(options)).toEqual(new Set([`x${space}a`]));
    expect(() => nonsense.generate({ length: 1, temperature: -1 })).toThrow('temperature must be');
    expect(() => nonsense.generate({ length: 1, topK: 0 })).toThrow('topK must be');
  });
});

describe('spaces in nonsense by words', () => {
  it.each([german, english])('stand where they stand in real text', (text) => {
    const nonsense = TextMarkov.train(text, { unit: 'word', order: 1 });
    for (let seed = 0; seed < 30; seed++) {
      const written = nonsense.generate({ length: 60, seed });
      expect(written).not.toMatch(/ [,.;:!?)]/);
      expect(written).not.toMatch(/[(„] | {2}| \n|\n /);
      expect(written).not.toMatch(/[,;]\p{L}/u);
    }
  });

  it('stay sensible where marks meet that never met', () => {
    const nonsense = TextMarkov.train(german, { unit: 'word', order: 0 });
    const opening = nonsense.encode('(sie')[0];
    const comma = nonsense.encode('König, der')[1];
    const wolf = nonsense.encode('Wolf')[0];
    expect(nonsense.decode([wolf, comma, opening, wolf, comma, comma, wolf])).toBe('Wolf, (Wolf,, Wolf');
  });
});

describe('encode', () => {
  it('takes a mark with other spaces around it than the text has', () => {
    const nonsense = TextMarkov.train('Ja, gut. Nein\n', { unit: 'word', order: 1 });
    expect([...nonsense.encode('Ja ,gut')]).toEqual([...nonsense.encode('Ja, gut')]);
    expect([...TextMarkov.train('a\nb', { unit: 'word', order: 1 }).encode('a\n\nb')]).toEqual([0, 1, 2]);
  });

  it('names what the training text does not have', () => {
    const byWord = TextMarkov.train(german, { unit: 'word', order: 1 });
    expect(() => byWord.encode('Es war Rotkäppchen')).toThrow('"Rotkäppchen" does not occur in the training text');
    expect(() => byWord.encode('Es % war')).toThrow('"%" does not occur');
    expect(() => byWord.generate({ length: 1, prompt: 'Xaver' })).toThrow('"Xaver" does not occur');
    expect(() => TextMarkov.train('abc', { unit: 'character', order: 1 }).encode('ab c')).toThrow('" " does not occur');
  });
});

describe('bad input', () => {
  const nonsense = TextMarkov.train(german, { unit: 'word', order: 1 });

  it.each<[string, () => unknown, string]>([
    ['an empty text', () => TextMarkov.train('', { unit: 'character', order: 1 }), 'the text to train on is empty: expected at least one character'],
    ['a text of spaces', () => TextMarkov.train(' \n ', { unit: 'word', order: 1 }), 'the text to train on is empty: expected at least one word'],
    ['a unit that is none', () => TextMarkov.train('a', { unit: 'valueOf' as UnitName, order: 1 }), 'unit must be one of character, grapheme, word, whitespace, got "valueOf"'],
    ['an order that is none', () => TextMarkov.train('a', { unit: 'word', order: 99 }), 'order must be an integer from 0 to 12'],
    ['a length that is none', () => nonsense.generate({ length: -1 }), 'length must be an integer from 0, got -1'],
    ['a seed that is none', () => nonsense.generate({ length: 1, seed: -1 }), 'seed is'],
    ['an id beyond the vocabulary', () => nonsense.decode([0, 9999]), 'ids[1] is 9999: expected an id from 0 to'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});

describe('training in steps', () => {
  const mixed = fc.array(fc.constantFrom('Haus', 'a', 'b', 'é', 'Ja', 'x', ' ', ' ', '  ', '\n', '\n\n', '\r\n', '. ', ', ', '-', '"', "'", '😀', '…', '3,5', '中', '\u0301', '\t'), { maxLength: 120 }).map((parts) => parts.join(''));

  it.each(['character', 'grapheme', 'word', 'whitespace'] as const)('cuts %s texts so that nothing changes', (unit) => {
    fc.assert(
      fc.property(mixed, fc.boolean(), fc.integer({ min: 1, max: 20 }), (text, sentences, most) => {
        const whole = new UnitCoder({ unit, sentences, unknowns: false });
        const expected = whole.learn(text);
        const parts = new UnitCoder({ unit, sentences, unknowns: false });
        expect(finished(parts.learnInSteps(text, most))).toEqual(expected);
        expect(parts.tokens).toEqual(whole.tokens);
        // Where each unit stands: a text of one step is split as a whole.
        expect(finished(parts.spansInSteps(text, most))).toEqual(whole.spans(text));
        expect(whole.spans(text).starts.length).toBe(expected.length);
      }),
      { numRuns: 500 },
    );
  });

  it('gives a tokenizer its text in parts, if it takes parts', () => {
    // Two characters a token, as many texts as it was given.
    const encode = (text: string): number[] => Array.from({ length: Math.ceil(text.length / 2) }, (_, i) => text.charCodeAt(2 * i));
    const given: string[] = [];
    const startEncoding = (): { push(text: string): number[]; end(): number[] } => {
      let rest = '';
      return {
        push: (text) => {
          given.push(text);
          rest += text;
          const whole = rest.length - (rest.length % 2);
          const ids = encode(rest.slice(0, whole));
          rest = rest.slice(whole);
          return ids;
        },
        end: () => encode(rest),
      };
    };
    const codec = { encode, decode: (ids: number[]) => 'xy'.repeat(ids.length), vocabSize: 128 };
    const text = 'abcdefghijk';
    expect(finished(new CodecCoder(codec).learnInSteps(text, 3))).toEqual(Int32Array.from(encode(text)));
    const coder = new CodecCoder({ ...codec, startEncoding });
    expect(finished(coder.learnInSteps(text, 3))).toEqual(Int32Array.from(encode(text)));
    expect(given).toEqual(['abc', 'def', 'ghi', 'jk']);
    const spans = coder.spansInSteps(text, 3);
    let [step, count] = [spans.next(), 0];
    for (; !step.done; step = spans.next()) count++;
    expect(count).toBe(6);
    expect(step.value).toEqual({ starts: Int32Array.of(0, 2, 4, 6, 8, 10), ends: Int32Array.of(2, 4, 6, 8, 10, 11) });
    expect(coder.spans(text)).toEqual(step.value);
  });

  it('makes the ids of the texts of a file, and the index over them, in steps', () => {
    const text = 'abcdefg hijk, '.repeat(80_000) + 'lmno';
    const read = markovFromBytes(markovToBytes(TextMarkov.train([text, 'pq'], { unit: 'character', order: 1 })));
    const steps = read.counted.sourceIndexInSteps();
    const shares: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) shares.push(step.value);
    // 1.1 million characters: four steps of 2^18 for the ids, and those of the suffix array.
    expect(shares.filter((share) => share < 0.1).length).toBe(4);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(step.value).toBe(read.counted.sourceIndex);
    expect(step.value.occurrences(read.encode('lm'))).toEqual([{ source: 'text 1', text: 0, position: 14 * 80_000 }]);
    expect(step.value.count(read.encode('q'))).toBe(1);
  });

  it('gives the model that training at once gives, and tells how far it is', () => {
    const text = 'Es war einmal ein König. Der hatte eine Tochter, und die war schön.\n'.repeat(12_000);
    const sources = [{ text, name: 'a' }, { text: 'Die Tochter war ein König.', name: 'b', weight: 2 }];
    const options = { unit: 'word', order: 2, unknowns: true, minCount: 3, sentences: true } as const;
    const steps = TextMarkov.trainInSteps(sources, options);
    const shares: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) shares.push(step.value);
    expect(step.value.counted.ngrams).toEqual(TextMarkov.train(sources, options).counted.ngrams);
    expect(shares.length).toBeGreaterThan(8);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shares[0] > 0, shares.at(-1)! <= 1]).toEqual([true, true]);
  });

  it('counts a text of more than one step as a whole', () => {
    // More than two steps of 2^21 positions in each n-gram length, and in the measurement.
    const text = 'abcdefg hijk, '.repeat(170_000) + 'lmno';
    const steps = TextMarkov.trainInSteps([text, 'pq'], { unit: 'character', order: 1 });
    let [step, count] = [steps.next(), 0];
    for (; !step.done; step = steps.next()) count++;
    expect(count).toBeGreaterThan(12);
    const model = step.value;
    expect(model.counted.counts(model.encode('g'))).toEqual([{ id: model.encode(' ')[0], count: 170_000 }]);
    expect(model.counted.counts(model.encode(' '))).toEqual([{ id: model.encode('a')[0], count: 169_999 }, { id: model.encode('h')[0], count: 170_000 }, { id: model.encode('l')[0], count: 1 }].sort((a, b) => b.count - a.count));
    expect(model.counted.counts(model.encode('o'))).toEqual([]);
    const measured = model.evaluateInSteps(text);
    let [part, parts] = [measured.next(), 0];
    for (; !part.done; part = measured.next()) parts++;
    expect(parts).toBeGreaterThan(8);
    expect(part.value).toEqual(model.evaluate(text));
    expect(part.value.tokens).toBe(text.length);
  });

  it('refuses what train() refuses', () => {
    expect(() => TextMarkov.trainInSteps([''], { unit: 'word', order: 1 }).next()).toThrow('the text to train on is empty');
  });
});
