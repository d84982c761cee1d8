// Models that travel: what is written is read again as it was, and nothing broken is read at all.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackoffModel, MarkovModel, markovFromArpa, markovFromBytes, markovFromJSON, markovToArpa, markovToBytes, markovToJSON, readArpa, type Smoothing, TextMarkov } from '../src/index.js';
import { packArrays, unpackArrays } from '../src/formats/container.js';
import { readMarkov, writeMarkov } from '../src/node.js';

const text = 'Der Hund bellt laut. Die Katze schläft. Der Hund schläft nicht, die Katze bellt nicht.\nWer bellt?';
const backoffSmoothings: Smoothing[] = ['mle', 'jelinek-mercer', 'witten-bell', 'witten-bell-backoff', 'absolute', 'katz', 'kneser-ney', 'kneser-ney-backoff', 'modified-kneser-ney', 'modified-kneser-ney-backoff'];
const sampleText = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '.', '\n', 'ä', '😀'), minLength: 1, maxLength: 60 }).filter((string) => string.trim() !== '');

describe('ARPA', () => {
  it('looks like this', () => {
    const model = TextMarkov.train('a b\na', { unit: 'whitespace', order: 1, sentences: true, smoothing: 'mle' });
    expect(markovToArpa(model)).toBe(
      [
        '', '\\data\\', 'ngram 1=4', 'ngram 2=4', '',
        '\\1-grams:', '-99\t<s>\t-99', '-0.397940009\t</s>', '-0.397940009\ta\t-99', '-0.698970004\tb\t-99', '',
        '\\2-grams:', '0\t<s> a', '-0.301029996\ta </s>', '-0.301029996\ta b', '0\tb </s>', '', '\\end\\', '',
      ].join('\n'), // prettier-ignore
    );
  });

  it('gives every probability back, whatever the text', () => {
    fc.assert(
      fc.property(sampleText, fc.constantFrom(...backoffSmoothings), fc.integer({ min: 0, max: 4 }), fc.boolean(), fc.boolean(), (string, smoothing, order, sentences, unknowns) => {
        const written = TextMarkov.train(string, { unit: 'character', order, smoothing, sentences, unknowns });
        const read = markovFromArpa(readArpa(markovToArpa(written)), { unit: 'character' });
        expect(read.tokens).toEqual(written.tokens);
        expect(read.model.ngramCounts()).toEqual(written.model.ngramCounts().map((count, i) => (i === 0 ? written.tokens.length : count)));
        const ids = written.encode(string);
        for (let i = 0; i < Math.min(ids.length, 8); i++) {
          const [theirs, ours] = [read.model.next(ids.subarray(0, i)), written.model.next(ids.subarray(0, i))];
          ours.forEach((logit, id) => expect(logit === theirs[id] || Math.abs(Math.exp(logit) - Math.exp(theirs[id])) < 1e-6).toBe(true));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is written again as it was read', () => {
    const once = markovToArpa(TextMarkov.train(text, { unit: 'word', order: 3, smoothing: 'modified-kneser-ney', sentences: true }));
    expect(markovToArpa(markovFromArpa(readArpa(once), { unit: 'word' }))).toBe(once);
  });

  it('generates, measures and prunes without counts', () => {
    const model = markovFromArpa(readArpa(markovToArpa(TextMarkov.train(text, { unit: 'word', order: 2, smoothing: 'witten-bell', sentences: true }))), { unit: 'word' });
    expect(model.generate({ length: 5, seed: 2 }).length).toBeGreaterThan(5);
    expect(model.evaluate('Der Hund bellt nicht.').perplexity).toBeGreaterThan(1);
    expect(() => model.counted).toThrow('this model has probabilities but no counts');
    expect(markovFromBytes(markovToBytes(model)).evaluate('Der Hund bellt nicht.')).toEqual(model.evaluate('Der Hund bellt nicht.'));
  });

  it('takes other toolkits\' habits: comments before, other spaces, n-grams in any order, missing weights, -inf', () => {
    const { model, tokens } = readArpa('made by hand\r\n\\data\\\r\nngram 1 = 3\r\nngram 2=3\r\n\r\n\\1-grams:\r\n-1 <unk>\r\n-0.5 a -0.2\r\n-inf  b\r\n\r\n\\2-grams:\r\n-0.7 b a\r\n-0.1 a b\r\n-0.4 a a\r\n\\end\\\r\nafterwards');
    expect(tokens).toEqual(['<unk>', 'a', 'b']);
    expect(model.unknownToken).toBe(0);
    expect(model.logProbability([1], 2) / Math.LN10).toBeCloseTo(-0.1, 9);
    expect(model.logProbability([1], 0) / Math.LN10).toBeCloseTo(-1.2, 9);
    expect(model.logProbability([2], 0) / Math.LN10).toBeCloseTo(-1, 9);
    expect(model.logProbability([], 2)).toBe(-Infinity);
  });

  // No-break, ideographic and next-line spaces, line and paragraph separators, a byte order mark, vertical tab and form feed.
  const otherSpaces = ['\u00a0', '\u3000', '\u0085', '\u2028', '\u2029', '\ufeff', '\u000b', '\u000c'];

  it('keeps white space that separates nothing, also at the ends of lines', () => {
    const byTokens = TextMarkov.train(otherSpaces.map((space) => `${space} a${space}b ${space}${space}`).join('\n'), { unit: 'whitespace', order: 2, sentences: true, smoothing: 'witten-bell' });
    expect(byTokens.tokens).toEqual(['<s>', '</s>', ...otherSpaces.flatMap((space) => [space, `a${space}b`, space + space])]);
    const byLetters = TextMarkov.train(`\ufeff${otherSpaces.join('')}ab \t\r\n${otherSpaces.join('a')}`, { unit: 'character', order: 2, smoothing: 'witten-bell' });
    for (const [written, unit] of [[byTokens, 'whitespace'], [byLetters, 'character']] as const) {
      const arpa = markovToArpa(written);
      const read = markovFromArpa(readArpa(arpa), { unit });
      expect(read.tokens).toEqual(written.tokens);
      expect(markovToArpa(read)).toBe(arpa);
    }
  });

  it('scores unknown words as KenLM does: the 1-gram <unk>, after the weights of the contexts that do not know it', () => {
    const lines = ['\\data\\', 'ngram 1=5', 'ngram 2=4', '', '\\1-grams:', '-1.5\t<unk>', '-99\t<s>\t-0.25', '-0.75\t</s>', '-0.5\ta\t-0.125', '-1\tb\t-0.375', '', '\\2-grams:', '-0.25\t<s> a', '-0.5\ta b', '-0.625\ta <unk>', '-0.75\tb </s>', '', '\\end\\', ''];
    const bits = (model: TextMarkov, text: string): number => model.evaluate(text).nats / Math.LN10;
    const withUnknown = markovFromArpa(readArpa(lines.join('\n')));
    // "a x": <s> a, a <unk> as a 2-gram, and </s> after <unk>, which has no weight.
    expect(bits(withUnknown, 'a x')).toBeCloseTo(0.25 + 0.625 + 0.75, 9);
    // "b x": b after <s> (-0.25 and -1), <unk> after b (-0.375 and -1.5), </s>.
    expect(bits(withUnknown, 'b x')).toBeCloseTo(0.25 + 1 + (0.375 + 1.5) + 0.75, 9);
    const { unknowns, tokens } = withUnknown.evaluate('b x y');
    expect([unknowns, tokens]).toEqual([2, 4]);

    // Both spellings are one token.
    const capitals = markovFromArpa(readArpa(lines.join('\n').replaceAll('<unk>', '<UNK>')));
    expect(bits(capitals, 'a x')).toBeCloseTo(0.25 + 0.625 + 0.75, 9);

    // A file without <unk>: an error, or on request KenLM's -100.
    const without = lines.filter((line) => !line.includes('<unk>')).join('\n').replace('1=5', '1=4').replace('2=4', '2=3');
    expect(() => markovFromArpa(readArpa(without)).evaluate('b x')).toThrow('"x" does not occur');
    const added = markovFromArpa(readArpa(without, { unknowns: true }));
    expect(bits(added, 'b x')).toBeCloseTo(0.25 + 1 + (0.375 + 100) + 0.75, 9);
    expect(bits(added, 'a b')).toBeCloseTo(0.25 + 0.5 + 0.75, 9);
    expect(readArpa(lines.join('\n'), { unknowns: true }).tokens).toEqual(withUnknown.tokens);
    // What other toolkits write for log 0 is small, not impossible, where it stands for unknown words.
    expect(bits(markovFromArpa(readArpa(lines.join('\n').replace('-1.5', '-99'))), 'b x')).toBeCloseTo(0.25 + 1 + (0.375 + 99) + 0.75, 9);
  });

  const file = '\\data\\\nngram 1=2\nngram 2=1\n\n\\1-grams:\n-0.3\ta\t-0.1\n-0.3\tb\n\n\\2-grams:\n-0.2\ta b\n\n\\end\\\n';
  it.each([
    ['nothing', () => '', 'line 1 of the ARPA file: there is no \\data\\ line'],
    ['half a file', () => file.slice(0, -7), 'the file ends without \\end\\'],
    ['a missing n-gram', () => file.replace('-0.2\ta b\n', ''), 'line 11 of the ARPA file: there are 0 2-grams, the header announced 1'],
    ['one too many', () => file.replace('-0.2\ta b', '-0.2\ta b\n-0.2\ta a'), 'line 11 of the ARPA file: there are more 2-grams than the 1'],
    ['a number that is none', () => file.replace('-0.2', 'NaN'), 'line 10 of the ARPA file: got "NaN" as probability, expected a number'],
    ['a hexadecimal number', () => file.replace('-0.2', '-0x2'), 'got "-0x2" as probability'],
    ['a probability above 1', () => file.replace('-0.2', '0.2'), 'the probability 0.2 is a log10 above 0'],
    ['an endless weight', () => file.replace('-0.1', '1e300'), 'the backoff weight 1e300 is out of range'],
    ['a strange token', () => file.replace('a b', 'a x'), 'the token "x" is not among the 1-grams'],
    ['a prototype key', () => file.replace('a b', 'a __proto__'), 'the token "__proto__" is not among the 1-grams'],
    ['a token twice', () => file.replace('\tb', '\ta'), 'line 7 of the ARPA file: the token "a" comes twice'],
    ['an n-gram twice', () => file.replace('2=1', '2=2').replace('-0.2\ta b', '-0.2\ta b\n-0.2\ta b'), 'an n-gram of 2 tokens that ends with "b" comes twice'],
    ['an n-gram without its beginning', () => file.replace('2=1', '2=1\nngram 3=1').replace('\\end\\', '\\3-grams:\n-1 b a b\n\\end\\'), 'its beginning "b a" is not among the 2-grams'],
    ['columns that are missing', () => file.replace('-0.2\ta b', '-0.2\ta'), '2 columns, expected a probability, 2 tokens and perhaps a backoff weight'],
    ['a header that skips', () => file.replace('ngram 2', 'ngram 3'), 'got the number of 3-grams, expected that of 2-grams'],
    ['a header without end', () => file.replace('ngram 1=2', 'ngram 1=99999999999'), 'expected "ngram 1=" and a number'],
    ['sections that skip', () => file.replace('\\2-grams', '\\3-grams'), 'got "\\\\3-grams:", expected \\2-grams:'],
    ['a header alone', () => '\\data\\\n\\end\\\n', 'expected ngram 1=... first'],
    ['n-grams that are too long', () => `\\data\\\n${Array.from({ length: 14 }, (_, i) => `ngram ${i + 1}=1`).join('\n')}`, 'n-grams of 14 tokens are too long: at most 13'],
  ])('refuses %s', (_, make, message) => {
    expect(() => readArpa(make())).toThrow(RangeError);
    expect(() => readArpa(make())).toThrow(message);
  });

  it('survives any bytes', () => {
    const tokens = fc.constantFrom('\\data\\', '\\end\\', '\\1-grams:', '\\2-grams:', 'ngram 1=1', 'ngram 2=1', 'ngram 1=2', '-1 a', '-1 a -1', '-1 a a', '-1 b', '', 'x');
    fc.assert(
      fc.property(fc.oneof(fc.array(tokens, { maxLength: 14 }), fc.array(fc.string(), { maxLength: 8 })), (lines) => {
        try {
          readArpa(lines).model.next([]);
        } catch (error) {
          expect(String(error)).toMatch(/^RangeError: line \d+ of the ARPA file: /);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('cannot hold every model', () => {
    expect(() => markovToArpa(TextMarkov.train('a b', { unit: 'word', order: 1, smoothing: 'additive' }))).toThrow('additive smoothing does not back off');
    expect(() => markovToArpa(TextMarkov.train(' ␠', { unit: 'character', order: 1 }))).toThrow('two tokens would be written alike');
  });
});

describe('bytes and JSON', () => {
  const trained = TextMarkov.train([{ text, name: 'Tiere', weight: 2 }, 'Noch ein Text.'], { unit: 'word', order: 3, smoothing: 'kneser-ney:0.75', sentences: true, unknowns: true });
  const same = (read: TextMarkov): void => {
    expect(read.tokens).toEqual(trained.tokens);
    expect([read.unit, read.order, read.counted.smoothing, read.sources]).toEqual([trained.unit, trained.order, trained.counted.smoothing, trained.sources]);
    expect(read.generate({ length: 30, seed: 1 })).toBe(trained.generate({ length: 30, seed: 1 }));
    expect(read.evaluate('Der Hund bellt.')).toEqual(trained.evaluate('Der Hund bellt.'));
    expect(read.occurrences('Der Hund')).toEqual(trained.occurrences('Der Hund'));
  };

  it('give the model back, with its texts', () => {
    same(markovFromBytes(markovToBytes(trained)));
    same(markovFromBytes(new Uint8Array([0, ...markovToBytes(trained)]).subarray(1)));
    same(markovFromJSON(JSON.parse(JSON.stringify(markovToJSON(trained)))));
    const read = markovFromBytes(markovToBytes(trained));
    read.remove('Tiere');
    expect(read.tokens).toEqual(TextMarkov.train('Noch ein Text.', { unit: 'word', order: 3, sentences: true, unknowns: true }).tokens);
  });

  it('leave the texts out on request', () => {
    const read = markovFromBytes(markovToBytes(trained, { texts: false }));
    expect(read.sources).toEqual(trained.sources);
    expect(() => read.occurrences('Hund')).toThrow('the text "Tiere" was not kept');
  });

  it('take a tokenizer from outside', () => {
    const codec = { vocabSize: 128, encode: (string: string) => Array.from(string, (letter) => letter.charCodeAt(0)), decode: (ids: number[]) => String.fromCharCode(...ids) };
    const bytes = markovToBytes(TextMarkov.train('abcab', { unit: codec, order: 2 }));
    expect(markovFromBytes(bytes, { tokenizer: codec }).generate({ length: 1, seed: 1, prompt: 'bc' })).toBe('bca');
    expect(() => markovFromBytes(bytes)).toThrow('give it as the option tokenizer');
    expect(() => markovFromBytes(bytes, { tokenizer: { ...codec, vocabSize: 127 } })).toThrow('is it the right tokenizer?');
  });

  it('of any text are the same model', () => {
    fc.assert(
      fc.property(sampleText, fc.integer({ min: 0, max: 6 }), fc.boolean(), (string, order, sentences) => {
        const written = TextMarkov.train(string, { unit: 'character', order, sentences });
        const read = markovFromBytes(markovToBytes(written));
        expect(read.counted.ngrams.table).toEqual(written.counted.ngrams.table);
        expect(read.evaluate(string)).toEqual(written.evaluate(string));
      }),
      { numRuns: 100 },
    );
  });

  it('refuse every cut and every changed bit', () => {
    const bytes = markovToBytes(TextMarkov.train('abcabd', { unit: 'character', order: 2 }));
    for (let length = 0; length < bytes.length; length += 3) expect(() => markovFromBytes(bytes.slice(0, length))).toThrow(RangeError);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      expect(() => markovFromBytes(damaged), `bit ${bit}`).toThrow(RangeError);
    }
  });

  it('survive every number that has a right checksum', () => {
    const { header, arrays } = unpackArrays(markovToBytes(TextMarkov.train('abcabd', { unit: 'character', order: 2 })));
    fc.assert(
      fc.property(fc.constantFrom(...arrays.keys()), fc.nat(), fc.integer({ min: -1000, max: 1000 }), (name, at, change) => {
        const copy = Object.fromEntries([...arrays].map(([key, values]) => [key, Int32Array.from(values)]));
        copy[name][at % copy[name].length] += change;
        try {
          // A count that became a slightly other one is still a model; whatever is read must work.
          const read = markovFromBytes(packArrays({ ...header, arrays: undefined }, copy));
          expect(read.model.next([0])).toHaveLength(read.tokens.length);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuse arrays that are no trie, and headers that are none', () => {
    const { header, arrays } = unpackArrays(markovToBytes(TextMarkov.train('abcabd', { unit: 'character', order: 2 })));
    const head = { ...header, arrays: undefined };
    const broken = (changes: object, change: (copy: Record<string, Int32Array>) => void = () => undefined): Uint8Array => {
      const copy = Object.fromEntries([...arrays].map(([name, values]) => [name, Int32Array.from(values)]));
      change(copy);
      return packArrays({ ...head, ...changes }, copy);
    };
    expect(markovFromBytes(broken({})).tokens).toEqual(['a', 'b', 'c', 'd']);
    const refused: [Uint8Array, string][] = [
      [broken({}, ({ tokens }) => (tokens[1] = 9)), 'token 9 is not in the vocabulary of 4'],
      [broken({}, ({ tokens }) => (tokens[2] = 0)), 'are not in the order of their tokens'],
      [broken({}, ({ firstChild }) => (firstChild[1] = 0)), 'out of order'],
      [broken({}, ({ firstChild }) => (firstChild[0] = 0)), 'the first child is not the first n-gram'],
      [broken({}, ({ counts }) => (counts[3] = 0)), 'the count 0 is below 1'],
      [broken({}, ({ counts }) => (counts[5] = 1000)), 'are more than it'],
      [broken({}, (copy) => delete copy.counts), 'has no array counts of integers'],
      [broken({}, (copy) => (copy.counts = copy.counts.slice(1))), 'counts for'],
      [broken({ order: 99 }), 'order of the model is 99'],
      [broken({ order: 1 }), 'lengths of n-grams for order 1'],
      [broken({ vocabSize: 3 }), 'a vocabulary of 3, but 4 tokens'],
      [broken({ tokens: ['a', 'a', 'b', 'c'] }), 'has a token twice'],
      [broken({ tokens: 'abcd' }), 'is no list of tokens'],
      [broken({ unit: 'toString' }), 'unit must be one of'],
      [broken({ smoothing: 'toString' }), 'smoothing must be one of'],
      [broken({ startToken: 1 }), 'special tokens of the model are not those of its vocabulary'],
      [broken({ kind: 'x' }), 'of the kind "x"'],
      [broken({ format: 'x' }), 'has the format "x"'],
      [broken({ sources: [{ name: 1 }] }), 'a source of the model has no name'],
      [new TextEncoder().encode('x'.repeat(100)), 'this is no model file'],
    ];
    for (const [bytes, message] of refused) expect(() => markovFromBytes(bytes)).toThrow(message);
    expect(() => markovFromJSON([])).toThrow('is no JSON object');
    expect(() => markovFromJSON({ ...markovToJSON(trained), data: { tokens: [0.5] } })).toThrow('data.tokens of the model is no list of integers');
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'markov-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const trained = TextMarkov.train(text, { unit: 'word', order: 2, smoothing: 'witten-bell', sentences: true });

  it.each(['model.arpa', 'new/model.lm', 'model.arpa.gz', 'model.lm.gz', 'model.json', 'model.markov'])('%s', async (name) => {
    const path = join(folder, name);
    await writeMarkov(path, trained);
    // Also where only the lines of ARPA files report and stop.
    await writeMarkov(path, trained, { onProgress: () => undefined, signal: new AbortController().signal });
    const shares: number[] = [];
    const read = await readMarkov(path, { unit: 'word', onProgress: (share) => shares.push(share) });
    if (/arpa/.test(name)) expect(shares.at(-1)).toBe(1);
    const stop = new Error('stopped');
    if (/arpa/.test(name)) await expect(readMarkov(path, { signal: AbortSignal.abort(stop) })).rejects.toBe(stop);
    expect(read.tokens).toEqual(trained.tokens);
    expect(read.evaluate(text).nats).toBeCloseTo(trained.evaluate(text).nats, 5);
    expect((await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  it('compressed with gzip hold the lines of the plain one, and what stands for none says so', async () => {
    const path = join(folder, 'packed.arpa.gz');
    await writeMarkov(path, trained);
    const lines = markovToArpa(trained);
    const packed = await readFile(path);
    expect(gunzipSync(packed).toString()).toBe(lines);
    expect(packed.length).toBeLessThan(lines.length);
    // Several members in a row, a plain file with that name, and a compressed one with another.
    const half = lines.length >> 1;
    for (const [name, bytes] of [['members.arpa.gz', Buffer.concat([gzipSync(lines.slice(0, half)), gzipSync(lines.slice(half))])], ['plain.arpa.gz', lines], ['gzip.arpa', packed]] as const) {
      await writeFile(join(folder, name), bytes);
      expect(markovToArpa(await readMarkov(join(folder, name), { unit: 'word' }))).toBe(lines);
    }
    await writeFile(path, packed.subarray(0, -20));
    await expect(readMarkov(path)).rejects.toThrow(`Cannot read ${path}: its gzip data is damaged or cut off`);
    await expect(writeMarkov(path, trained.withSmoothing('additive'))).rejects.toThrow(TypeError);
    expect((await readFile(path)).length).toBe(packed.length - 20);
  });

  it('end lines with line feeds alone, wherever they are cut', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => `a\u2028b \u00e4\u2029 c${i}\u0085`).join('\n');
    const spaced = TextMarkov.train(many, { unit: 'whitespace', order: 1, sentences: true });
    for (const name of ['spaced.arpa', 'spaced.arpa.gz']) {
      await writeMarkov(join(folder, name), spaced);
      expect((await readMarkov(join(folder, name))).tokens).toEqual(spaced.tokens);
    }
  });

  it('that are none say so, and a failure leaves what was there', async () => {
    for (const name of ['none.arpa', 'none.json', 'none.markov']) await expect(readMarkov(join(folder, name))).rejects.toThrow(`Cannot read ${join(folder, name)}: there is no such file or folder`);
    const path = join(folder, 'bad.arpa');
    await writeFile(path, 'x');
    await expect(readMarkov(path)).rejects.toThrow(`Cannot read ${path}: line 1 of the ARPA file: there is no \\data\\ line`);
    await expect(writeMarkov(path, trained.withSmoothing('additive'))).rejects.toThrow(TypeError);
    expect(await readFile(path, 'utf8')).toBe('x');
    expect((await readdir(folder)).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

describe('pruning', () => {
  const ids = Array.from({ length: 3000 }, (_, i) => (i * i + (i % 7) * (i % 5)) % 11);
  const trained = MarkovModel.train(ids, { order: 3, vocabSize: 12, smoothing: 'modified-kneser-ney' });
  const sizes = (model: BackoffModel): number => model.ngramCounts().reduce((sum, count) => sum + count, 0);
  const sums = (model: BackoffModel): number[] => [[], [1], [1, 2], [4, 5, 6], [11]].map((context) => model.next(context).reduce((sum, logit) => sum + Math.exp(logit), 0));

  it('makes the model smaller, little worse, and keeps every sum', () => {
    let before = sizes(trained.backoff);
    for (const threshold of [0, 1e-4, 1e-2]) {
      const pruned = trained.prune({ threshold });
      for (const sum of sums(pruned)) expect(sum).toBeCloseTo(1, 5);
      expect(sizes(pruned)).toBeLessThanOrEqual(before);
      before = sizes(pruned);
    }
    expect(before).toBeLessThan(sizes(trained.backoff));
    expect(trained.prune({ threshold: 1e-4 }).crossEntropy(ids)).toBeLessThan(trained.crossEntropy(ids) + 0.2);
    expect(trained.backoff.prune({ threshold: 1e6 }).ngramCounts()).toEqual([11]);
  });

  it('takes what a shorter context knows just as well', () => {
    // After 0 and after 1 everything is as without context: with relative frequencies and the same counts, nothing is lost.
    const model = MarkovModel.train([0, 0, 1, 1, 0, 0, 1, 1, 0], { order: 1, vocabSize: 3, smoothing: 'witten-bell' });
    const change = (threshold: number): number => sizes(model.backoff) - sizes(model.prune({ threshold }));
    expect(change(0)).toBeLessThanOrEqual(change(0.5));
    expect(change(0.5)).toBe(4);
  });

  it('by counts drops rare n-grams', () => {
    const pruned = trained.prune({ cutoffs: [1, 10, 20] });
    for (const sum of sums(pruned)) expect(sum).toBeCloseTo(1, 5);
    const counts = trained.ngrams.table;
    expect(sizes(pruned)).toBeLessThan(counts.tokens.length - 1);
    expect(() => trained.prune({ cutoffs: [2, 1] })).toThrow('cutoffs must be integers from 1');
    expect(() => trained.prune({ threshold: -1 })).toThrow('threshold must be a number from 0');
    expect(() => trained.withSmoothing('stupid-backoff').prune({ threshold: 0 })).toThrow('scores of stupid backoff');
    expect(() => trained.withSmoothing('additive').prune({ cutoffs: [2] })).toThrow('additive smoothing does not back off');
  });
});
