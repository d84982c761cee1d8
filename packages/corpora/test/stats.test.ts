// Measures of texts against values counted by hand, against numpy, scipy and zlib (fixtures/stats-reference.py), and against brute force.

import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeStories } from '@kk/corpora';
import { brotli, zlib } from '@kk/corpora/node';
import {
  burstiness, closedPairs, compression, englishReadability, entropyByOrder, germanReadability, heapsFit, measureAll, repetition, sentenceLengths, textDistance, typeTokenRatio, verbAgreement, verbatimCopies, wordLengths, zipfFit,
} from '@kk/corpora/stats';

const fixture = (name: string): Promise<string> => readFile(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const text = await fixture('stats-text.txt');
const reference = JSON.parse(await fixture('stats-reference.json')) as {
  words: number;
  zipf: Record<'exponent' | 'standardError' | 'distance' | 'divergence', number>;
  heaps: Record<'exponent' | 'factor' | 'rSquared', number>;
  typeTokenRatio: Record<'types' | 'hapaxes' | 'movingAverage', number>;
  entropy: Record<'character' | 'word', number[]>;
  wordLengths: Record<'mean' | 'standardDeviation' | 'median' | 'upperQuartile', number>;
  burstiness: Record<string, { count: number; burstiness: number; fano: number }>;
  zlib: number;
};

/** Texts with the signs that matter, also where they make no sense. */
const anyText = fc.array(fc.constantFrom('a', 'b', 'Ä', 'ein', ' ', ' ', '\n', '\n\n', '. ', '!', '„', '“', '»', '«', '(', ')', '"', '-', "'", '3', '🦊', '\ud83d', ','), { maxLength: 60 }).map((parts) => parts.join(''));

describe('umlauts in two code points', () => {
  // The same letters: NFC has one code point for „ä“, NFD has a letter and a mark.
  const story = 'Märchen für Mädchen. Der König hört die Gänse schnattern, und die Bäume grünen überall. „Schön“, sagt er.\n'.repeat(3);
  const decomposed = story.normalize('NFD');

  it('make no other words', () => {
    expect(decomposed).not.toBe(story);
    expect(verbatimCopies(decomposed, { reference: story }).copied).toBe(1);
    expect(typeTokenRatio(decomposed + story).types).toBe(typeTokenRatio(story).types);
    for (const measure of [typeTokenRatio, zipfFit, heapsFit, wordLengths, sentenceLengths, germanReadability]) expect(measure(decomposed), measure.name).toEqual(measure(story));
    expect(entropyByOrder(decomposed, { unit: 'word' })).toEqual(entropyByOrder(story, { unit: 'word' }));
    expect(verbAgreement('Wir müssen gehen.'.normalize('NFD'), { language: 'de' }).pairs).toBe(verbAgreement('Wir müssen gehen.', { language: 'de' }).pairs);
  });

  it('are quoted as they are written', () => {
    const { longest } = verbatimCopies(decomposed, { reference: story });
    expect(longest.text).toBe(decomposed.slice(0, longest.text.length));
  });
});

describe('typeTokenRatio', () => {
  it('counts by hand', () => {
    expect(typeTokenRatio('Der Hund und der Kater.', { window: 2 })).toEqual({ tokens: 5, types: 4, hapaxes: 3, ratio: 0.8, movingAverage: 1, window: 2 });
    expect(typeTokenRatio('a a b b', { window: 2 }).movingAverage).toBeCloseTo((1 + 2 + 1) / 3 / 2, 15);
    expect(typeTokenRatio('', {})).toEqual({ tokens: 0, types: 0, hapaxes: 0, ratio: NaN, movingAverage: NaN, window: 500 });
  });

  it('agrees with numpy', () => {
    const { tokens, types, hapaxes, movingAverage } = typeTokenRatio(text, { window: 100 });
    expect(tokens).toBe(reference.words);
    expect({ types, hapaxes }).toEqual({ types: reference.typeTokenRatio.types, hapaxes: reference.typeTokenRatio.hapaxes });
    expect(movingAverage).toBeCloseTo(reference.typeTokenRatio.movingAverage, 12);
  });

  it('refuses a window that is none', () => expect(() => typeTokenRatio('a', { window: 0 })).toThrow(/window is 0: expected a whole number from 1/));
});

describe('zipfFit', () => {
  it('agrees with the likelihood that scipy maximised', () => {
    const fit = zipfFit(text);
    for (const key of ['exponent', 'standardError', 'distance', 'divergence'] as const) expect(fit[key], key).toBeCloseTo(reference.zipf[key], 5);
    expect(fit.frequencies.reduce((sum, count) => sum + count, 0)).toBe(reference.words);
  });

  it('finds the exponent of a text that follows the law', () => {
    const words = Array.from({ length: 200 }, (_, at) => `w${String.fromCharCode(97 + Math.floor(at / 26), 97 + (at % 26))} `.repeat(Math.round(10_000 / (at + 1) ** 1.2)));
    const { exponent, divergence } = zipfFit(words.join(''));
    expect(exponent).toBeCloseTo(1.2, 2);
    expect(divergence).toBeLessThan(1e-4);
  });

  it('is 0 for equal frequencies and nothing for one word', () => {
    expect(zipfFit('a b c d').exponent).toBeCloseTo(0, 9);
    expect(zipfFit('a a').exponent).toBeNaN();
  });
});

describe('heapsFit', () => {
  it('agrees with scipy', () => {
    const fit = heapsFit(text);
    for (const key of ['exponent', 'factor', 'rSquared'] as const) expect(fit[key], key).toBeCloseTo(reference.heaps[key], 9);
  });

  it('knows the two extremes', () => {
    const allNew = heapsFit(Array.from({ length: 300 }, (_, at) => `x${at}`).join(' '));
    expect(allNew.exponent).toBeCloseTo(1, 12);
    expect(allNew.factor).toBeCloseTo(1, 9);
    expect(heapsFit('ja '.repeat(300))).toMatchObject({ exponent: 0, rSquared: 1 });
    expect(heapsFit('a b c').exponent).toBeNaN();
  });
});

describe('lengths', () => {
  it('of words agree with numpy', () => {
    const { mean, standardDeviation, median, upperQuartile } = wordLengths(text);
    expect(mean).toBeCloseTo(reference.wordLengths.mean, 12);
    expect(standardDeviation).toBeCloseTo(reference.wordLengths.standardDeviation, 12);
    expect({ median, upperQuartile }).toEqual({ median: reference.wordLengths.median, upperQuartile: reference.wordLengths.upperQuartile });
  });

  it('of words and sentences by hand', () => {
    expect([...wordLengths('Ja, das ist’s: größer 3,14!').histogram]).toEqual([[2, 1], [3, 1], [4, 1], [5, 1], [6, 1]]);
    const { histogram, count, minimum, maximum } = sentenceLengths('Er ging. Sie kam »Halt!« rief er. Und?\n\nEnde');
    expect([...histogram]).toEqual([[1, 2], [2, 1], [5, 1]]);
    expect([count, minimum, maximum]).toEqual([4, 1, 5]);
    expect(wordLengths('…')).toMatchObject({ count: 0, mean: NaN, minimum: NaN, median: NaN, maximum: NaN });
  });

  it.each([
    ['Am 3. Mai kam Dr. Grimm an. Es regnete.', 2],
    ['Das ist z. B. Brot. Gut.', 2],
    ['J. Grimm schrieb das. »Ach!« sagte sie. »Nein!« Dann ging sie.', 4],
    ['What? No! Mr. Smith left... and came back. He did.', 4],
    ['Im Jahr 1857. Danach nicht.', 2],
    ['ohne Ende', 1],
  ])('sentences of „%s“', (sentence, count) => expect(sentenceLengths(sentence).count).toBe(count));
});

describe('entropyByOrder', () => {
  it('agrees with scipy', () => {
    for (const unit of ['character', 'word'] as const) {
      const expected = reference.entropy[unit];
      const { orders } = entropyByOrder(text, { unit, maxOrder: expected.length });
      orders.forEach(({ block }, at) => expect(block).toBeCloseTo(expected[at], 9));
    }
  });

  it('counts by hand', () => {
    // abab: two a and two b; ab twice and ba once.
    const [one, two] = entropyByOrder('abab', { maxOrder: 2 }).orders;
    expect(one).toEqual({ order: 1, total: 4, distinct: 2, onceShare: 0, block: 1, blockCorrected: 1 + 1 / (8 * Math.LN2), conditional: 1, conditionalCorrected: 1 + 1 / (8 * Math.LN2) });
    expect(two.block).toBeCloseTo(Math.log2(3) - 2 / 3, 12);
    // After a comes b, after b comes a: nothing is open, and both contexts have one continuation.
    expect([two.conditional, two.conditionalCorrected]).toEqual([0, 0]);
    // aabab: after a comes a once and b twice, after b once a. Four pairs, three different, of two letters.
    const open = entropyByOrder('aabab', { maxOrder: 2 }).orders[1];
    expect(open.conditional).toBeCloseTo((3 / 4) * (Math.log2(3) - 2 / 3), 12);
    expect(open.conditionalCorrected).toBeCloseTo((3 / 4) * (Math.log2(3) - 2 / 3) + (3 - 2) / (2 * 4 * Math.LN2), 12);
    // The last letter of aab stands before nothing.
    expect(entropyByOrder('aab', { maxOrder: 2 }).orders[1].conditional).toBeCloseTo(1, 12);
    expect(two.onceShare).toBeCloseTo(1 / 3, 12);
    expect(entropyByOrder('ab', { maxOrder: 3 }).orders[2]).toMatchObject({ total: 0, block: NaN });
  });

  it('is what brute force finds, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '🦊'), minLength: 1, maxLength: 40 }), (short) => {
        const units = [...short];
        for (const { order, total, distinct, block, onceShare, conditional, conditionalCorrected } of entropyByOrder(short, { maxOrder: 5 }).orders) {
          const counts = new Map<string, number>();
          for (let at = 0; at + order <= units.length; at++) {
            const ngram = units.slice(at, at + order).join('');
            counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
          }
          expect([total, distinct]).toEqual([Math.max(0, units.length - order + 1), counts.size]);
          if (total === 0) continue;
          expect(onceShare).toBeCloseTo([...counts.values()].filter((count) => count === 1).length / total, 12);
          expect(block).toBeCloseTo([...counts.values()].reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0), 9);
          const contexts = new Map<string, number>();
          for (const [ngram, count] of counts) {
            const context = [...ngram].slice(0, -1).join('');
            contexts.set(context, (contexts.get(context) ?? 0) + count);
          }
          const mean = [...counts].reduce((sum, [ngram, count]) => sum - (count / total) * Math.log2(count / contexts.get([...ngram].slice(0, -1).join(''))!), 0);
          expect(conditional).toBeGreaterThanOrEqual(0);
          expect(conditional).toBeCloseTo(mean, 9);
          expect(conditionalCorrected).toBeCloseTo(mean + (counts.size - contexts.size) / (2 * total * Math.LN2), 9);
          expect(conditionalCorrected).toBeGreaterThanOrEqual(conditional);
        }
      }),
    );
  });
});

describe('compression', () => {
  it('of nothing has no bits for a character', async () => {
    expect(await compression('')).toMatchObject({ characters: 0, bitsPerCharacter: NaN, bitsPerByte: NaN });
  });

  it('is what zlib and brotli give, and Python’s zlib', async () => {
    const bytes = Buffer.from(text);
    const characters = [...text].length;
    const ofZlib = await compression(text, { compressor: zlib() });
    expect(ofZlib).toEqual({ characters, bytes: bytes.length, compressedBytes: deflateSync(bytes, { level: 9 }).length, bitsPerCharacter: (8 * ofZlib.compressedBytes) / characters, bitsPerByte: (8 * ofZlib.compressedBytes) / bytes.length });
    // Both are zlib, though not always the same version of it.
    expect(Math.abs(ofZlib.compressedBytes / reference.zlib - 1)).toBeLessThan(0.01);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
    expect((await compression(text, { compressor: brotli({ quality: 5 }) })).compressedBytes).toBe(brotliCompressSync(bytes, { params }).length);
    expect((await compression(text)).compressedBytes).toBe(deflateSync(bytes).length);
    expect((await compression(['', ...text.slice(0, 999), text.slice(999)])).compressedBytes).toBe(deflateSync(bytes).length);
  });

  it('hands on what goes wrong', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'a';
      throw new Error('the disk is gone');
    }
    for (const compressor of [undefined, zlib(), brotli()]) await expect(compression(broken(), { compressor })).rejects.toThrow('the disk is gone');
    expect(() => zlib({ level: 10 })).toThrow(/level is 10/);
    await expect(compression(3 as unknown as string)).rejects.toThrow(/compression got number: expected a string/);
  });
});

describe('repetition', () => {
  it('counts by hand', () => {
    const { orders, longest, length } = repetition('Der Hund bellt. Und der Hund, der bellt nicht; der Hund bellt!', { maxOrder: 3 });
    expect(length).toBe(12);
    expect(orders.map(({ total }) => total)).toEqual([12, 11, 10]);
    expect(orders.map(({ repeated }) => repeated)).toEqual([1 - 5 / 12, 1 - 8 / 11, 1 - 9 / 10].map((value) => expect.closeTo(value, 12)));
    expect(longest).toEqual({ length: 3, text: 'Der Hund bellt', first: 0, second: 47 });
    expect(repetition('a b c').longest).toEqual({ length: 0, text: '', first: NaN, second: NaN });
  });

  it('finds the longest repeated stretch of characters, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 }), (short) => {
        const { longest } = repetition(short, { unit: 'character' });
        let most = 0;
        for (let a = 0; a < short.length; a++) for (let b = a + 1; b < short.length; b++) while (b + most < short.length && short.slice(a, a + most + 1) === short.slice(b, b + most + 1)) most++;
        expect(longest.length).toBe(most);
        if (most > 0) expect([short.slice(longest.first, longest.first + most), short.slice(longest.second, longest.second + most)]).toEqual([longest.text, longest.text]);
      }),
    );
  });
});

describe('textDistance', () => {
  it('counts by hand', () => {
    // Words: 1/2 der, 1/2 Hund against 1/2 der, 1/2 Wolf; half of each is common.
    const { orders, ...rest } = textDistance('Der Hund', { reference: 'Der Wolf', maxOrder: 3 });
    expect(rest).toEqual({ unit: 'word', length: 2, referenceLength: 2 });
    expect(orders.map(({ divergence }) => divergence)).toEqual([0.5, 1, NaN]);
    // 3/4 a and 1/4 b against 1/4 a and 3/4 b: the mean is 1/2 each, so 1 - H(1/4).
    expect(textDistance('aaab', { reference: 'abbb', unit: 'character', maxOrder: 1 }).orders[0].divergence).toBeCloseTo(1 - (0.25 * 2 + 0.75 * Math.log2(4 / 3)), 12);
    // Pairs aa twice and ab once, ab once and bb twice.
    const pair = (2 / 3) * Math.log2(2) + (1 / 3) * Math.log2(1);
    expect(textDistance('aaab', { reference: 'abbb', unit: 'character', maxOrder: 2 }).orders[1]).toEqual({ order: 2, total: 3, referenceTotal: 3, divergence: expect.closeTo(pair, 12) as number });
    expect(textDistance('Er lief. Er lief.', { reference: 'er lief er lief' }).orders.map(({ divergence }) => divergence)).toEqual([0, 0, 0]);
    expect(textDistance('', { reference: 'a' }).orders[0]).toEqual({ order: 1, total: 0, referenceTotal: 1, divergence: NaN });
    expect(textDistance('a', { reference: '' }).orders[0]).toEqual({ order: 1, total: 1, referenceTotal: 0, divergence: NaN });
    expect(() => textDistance('a')).toThrow('textDistance needs { reference }: the text to compare with');
    expect(() => textDistance('a', { reference: 'b', maxOrder: 0 })).toThrow(/maxOrder is 0/);
  });

  it('is what brute force finds, symmetric, from 0 for the same to 1 for nothing in common', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '🦊'), minLength: 3, maxLength: 30 });
    const shares = (units: string[], order: number): Map<string, number> => {
      const found = new Map<string, number>();
      const total = units.length - order + 1;
      for (let at = 0; at < total; at++) found.set(units.slice(at, at + order).join(''), (found.get(units.slice(at, at + order).join('')) ?? 0) + 1 / total);
      return found;
    };
    const entropy = (p: Iterable<number>): number => [...p].reduce((sum, share) => sum - share * Math.log2(share), 0);
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        const there = textDistance(one, { reference: other, unit: 'character' });
        const back = textDistance(other, { reference: one, unit: 'character' });
        for (const { order, divergence } of there.orders) {
          const [p, q] = [shares([...one], order), shares([...other], order)];
          if (p.size === 0 || q.size === 0) continue;
          // The entropy of the mean less the mean of the entropies.
          const mean = new Map([...p.keys(), ...q.keys()].map((ngram) => [ngram, ((p.get(ngram) ?? 0) + (q.get(ngram) ?? 0)) / 2]));
          expect(divergence).toBeCloseTo(entropy(mean.values()) - (entropy(p.values()) + entropy(q.values())) / 2, 9);
          expect(back.orders[order - 1].divergence).toBeCloseTo(divergence, 12);
          expect(divergence).toBeGreaterThanOrEqual(0);
          expect(divergence).toBeLessThanOrEqual(1);
        }
        for (const { divergence } of textDistance(one, { reference: one, unit: 'character' }).orders) expect(divergence).toBe(0);
        for (const { divergence } of textDistance(one, { reference: 'xyz', unit: 'character' }).orders) expect(divergence).toBeCloseTo(1, 12);
      }),
    );
  });

  it('tells a language from another one', () => {
    const [german, more, english] = [writeStories('de', { seed: 1, count: 20 }), writeStories('de', { seed: 2, count: 20 }), writeStories('en', { seed: 1, count: 20 })];
    const byWords = (other: string): number => textDistance(german, { reference: other, maxOrder: 1 }).orders[0].divergence;
    expect(byWords(more)).toBeLessThan(0.5);
    expect(byWords(english)).toBeGreaterThan(0.9);
  });
});

describe('verbatimCopies', () => {
  it('counts by hand', () => {
    const result = verbatimCopies('Neu war: die Maus frisst Käse, Peng die Maus', { reference: 'Da rief die Maus. Die Maus frisst Käse im Haus.', minimumRun: 4, maxOrder: 3 });
    expect(result).toMatchObject({ unit: 'word', length: 9, minimumRun: 4, copied: 4 / 9, meanRun: 9 / 5 });
    expect(result.longest).toEqual({ length: 4, text: 'die Maus frisst Käse', start: 9, referenceStart: 18 });
    expect(result.orders.map(({ copied }) => copied)).toEqual([6 / 9, 4 / 8, 2 / 7]);
    expect(verbatimCopies('', { reference: 'a' })).toMatchObject({ length: 0, copied: NaN });
    expect(verbatimCopies('x', { reference: '' })).toMatchObject({ copied: 0, longest: { length: 0, text: '' } });
    expect(() => verbatimCopies('x')).toThrow(/needs { reference }/);
  });

  it('is what brute force finds, for any texts', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 20 });
    fc.assert(
      fc.property(short, short, fc.integer({ min: 1, max: 5 }), (copy, original, minimumRun) => {
        const result = verbatimCopies(copy, { reference: original, unit: 'character', minimumRun });
        const covered = new Set<number>();
        let longest = 0;
        for (let from = 0; from < copy.length; from++) {
          for (let to = from + 1; to <= copy.length && original.includes(copy.slice(from, to)); to++) {
            longest = Math.max(longest, to - from);
            if (to - from >= minimumRun) for (let at = from; at < to; at++) covered.add(at);
          }
        }
        expect(result.longest.length).toBe(longest);
        if (longest > 0) expect(original.slice(result.longest.referenceStart).startsWith(result.longest.text)).toBe(true);
        expect(result.copied).toEqual(covered.size / copy.length);
        for (const { order, total, copied } of result.orders) {
          const found = Array.from({ length: total }, (_, at) => original.includes(copy.slice(at, at + order))).filter(Boolean).length;
          expect(copied).toEqual(found / total);
        }
      }),
    );
  });
});

describe('burstiness', () => {
  it('agrees with numpy', () => {
    const { words } = burstiness(text, { minimumCount: 3, window: 50 });
    for (const [word, expected] of Object.entries(reference.burstiness)) {
      const found = words.find((other) => other.word === word);
      expect(found?.count).toBe(expected.count);
      expect(found?.burstiness).toBeCloseTo(expected.burstiness, 12);
      expect(found?.fano).toBeCloseTo(expected.fano, 12);
    }
  });

  it('is -1 for even gaps, 0 at random and near 1 for one burst', () => {
    const even = burstiness('tick tack '.repeat(100), { window: 10 });
    expect(even).toMatchObject({ burstiness: -1, correctedBurstiness: -1, fano: 0 });
    // Gaps of a geometric distribution: a coin with one head in twenty.
    let state = 1;
    const coin = Array.from({ length: 100_000 }, (_, at) => ((state = (state * 48271) % 2147483647) / 2147483647 < 0.05 ? 'kopf' : `zahl${at}`)).join(' ');
    const { correctedBurstiness, fano } = burstiness(coin);
    expect(Math.abs(correctedBurstiness)).toBeLessThan(0.05);
    expect(Math.abs(fano - 0.95)).toBeLessThan(0.3);
    const burst = `${'jetzt '.repeat(40)}${Array.from({ length: 5000 }, (_, at) => `w${at}`).join(' ')} jetzt`;
    expect(burstiness(burst).words[0]).toMatchObject({ word: 'jetzt', count: 41, correctedBurstiness: expect.closeTo(1, 1) as number });
  });
});

describe('closedPairs', () => {
  it.each([
    ['„Ja“, (sagte) “yes” »nein« "no" [a{b}]', ['()', '„“', '“”', '»«', '""', '[]', '{}'].sort(), 7, 7, 0],
    ['« Oui », dit-il. «Non.»', ['«»'], 2, 2, 0],
    ['Er rief: »Halt! »Halt!«', ['»«'], 2, 1, 0],
    ['Halt!« rief er (laut', ['()', '»«'], 1, 0, 1],
    ['((a)(b)', ['()'], 3, 2, 0],
    ['»Eins.\n»Zwei.«', ['»«'], 1, 1, 0],
    ['“One.\n\n“Two,” he said.', ['“”'], 1, 1, 0],
    ['‚so‘ ›so‹', ['‚‘', '›‹'].sort(), 2, 1, 0],
  ] as const)('counts „%s“', (sentence, kinds, opened, closed, unopened) => {
    const result = closedPairs(sentence);
    expect(result.kinds.map(({ kind }) => kind).sort()).toEqual([...kinds]);
    expect({ opened: result.opened, closed: result.closed, unopened: result.unopened }).toEqual({ opened, closed, unopened });
    expect(result.share).toBe(closed / (opened + unopened));
  });

  it('measures distances', () => {
    expect(closedPairs('(ab) (abcd)').kinds).toEqual([{ kind: '()', opened: 2, closed: 2, unopened: 0, share: 1, meanDistance: 3, longestDistance: 4 }]);
    expect(closedPairs('nothing')).toEqual({ kinds: [], opened: 0, closed: 0, unopened: 0, share: NaN });
  });
});

describe('every measure', () => {
  const accumulators = () => ({
    typeTokenRatio: typeTokenRatio.accumulator({ window: 3 }), zipf: zipfFit.accumulator(), heaps: heapsFit.accumulator(), words: wordLengths.accumulator(), sentences: sentenceLengths.accumulator(),
    characters: entropyByOrder.accumulator({ maxOrder: 3 }), wordEntropy: entropyByOrder.accumulator({ unit: 'word', maxOrder: 2 }), repetition: repetition.accumulator(),
    copies: verbatimCopies.accumulator({ reference: 'ein a. ein b', minimumRun: 2 }), distance: textDistance.accumulator({ reference: 'ein a. ein b' }), pairs: closedPairs.accumulator(), bursts: burstiness.accumulator({ minimumCount: 3, window: 4 }),
  });

  it('does not depend on where a stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 6 }), async (chunks) => {
        const whole = await measureAll(chunks.join(''), accumulators());
        expect(await measureAll(chunks, accumulators())).toEqual(whole);
        expect(await measureAll(chunks.join('').split(''), accumulators())).toEqual(whole);
      }),
    );
  });

  it('reads sentences alike from a long text in pieces of any size', async () => {
    const measures = () => ({ sentences: sentenceLengths.accumulator(), german: germanReadability.accumulator(), english: englishReadability.accumulator(), agreement: verbAgreement.accumulator({ language: 'de' }) });
    const whole = await measureAll(text, measures());
    expect(whole.sentences.count).toBeGreaterThan(100);
    expect(whole.agreement.pairs).toBeGreaterThan(5);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (size) => {
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
        expect(await measureAll(pieces, measures())).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('takes a string at once and chunks when they come', async () => {
    async function* chunks(): AsyncGenerator<string> {
      yield 'Ein Wo';
      yield 'rt.';
    }
    expect(await wordLengths(chunks())).toEqual(wordLengths('Ein Wort.'));
    expect(await wordLengths(['Ein Wo', 'rt.'])).toEqual(wordLengths('Ein Wort.'));
    await expect(wordLengths(3 as unknown as string[])).rejects.toThrow(/wordLengths got number: expected a string/);
    await expect(wordLengths([new Uint8Array(1) as unknown as string])).rejects.toThrow(/decode bytes first/);
    expect(() => entropyByOrder('a', { unit: 'byte' as 'word' })).toThrow(/unit is "byte": expected "character" or "word"/);
    expect(() => burstiness('a', { minimumCount: 2 })).toThrow(/minimumCount is 2/);
  });

  it('takes long runs without white space or with nothing else in a moment', () => {
    for (const long of [' '.repeat(300_000), '.'.repeat(300_000), 'a'.repeat(300_000), '“'.repeat(300_000), "a'".repeat(150_000), '\n \n'.repeat(100_000)]) {
      expect(sentenceLengths(long).count).toBeLessThan(2);
      expect(closedPairs(long).unopened).toBeLessThanOrEqual(300_000);
    }
  });
});
