// WordPiece and Unigram learn what Hugging Face's trainers learn from the same text. Their trainers for Node have fixed options:
// up to 30,000 tokens of WordPiece and 8,000 of Unigram, and words in no fixed order, so that ties fall out differently.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Tokenizer as NativeTokenizer, Unigram, WordPiece } from 'tokenizers';
import { sentencePieceFromTokenizer, tokenizerFromJSON, tokenizerFromSentencePiece, UnigramTokenizer, WordPieceTokenizer } from '@kk/tokenizer';
import { fileOf } from './support/pipelines.js';
import { Reference } from './support/reference.js';
import { code, english, german, scripts } from './support/texts.js';

const folder = mkdtempSync(join(tmpdir(), 'kk-tokenizer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const story = Array.from({ length: 400 }, (_, i) => [english, german, code, scripts][i % 4].split(' ').slice(i % 7, 3 + (i % 11)).join(' ')).join(' ').replaceAll('\n', ' ');
const sentences = story.match(/.{1,200}/gu) as string[];
/** As the reference reads them. */
const lines = sentences.map((sentence, i) => (i < sentences.length - 1 ? `${sentence}\n` : sentence));

type Model = ReturnType<typeof Unigram.empty>;

function nativeModel(model: unknown, steps: { normalizer: unknown; pre_tokenizer: object }, text = lines.join('')): { vocab: Record<string, number> & [string, number][] } {
  const native = new NativeTokenizer(model as Model);
  const base = NativeTokenizer.fromString(JSON.stringify(fileOf(steps as object)));
  native.setNormalizer(base.getNormalizer() as never);
  native.setPreTokenizer(base.getPreTokenizer() as never);
  const file = join(folder, 'text.txt');
  writeFileSync(file, text);
  native.train([file]);
  native.save(join(folder, 'tokenizer.json'));
  return JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')).model;
}

describe('WordPieceTokenizer.train', () => {
  it('learns the tokens of the reference', () => {
    const learn = (texts: string[]): [ours: string[], theirs: string[]] => {
      const ours = WordPieceTokenizer.train(texts, { vocabSize: 30_000, minFrequency: 1, specialTokens: ['[UNK]'] }).toJSON();
      const { vocab } = nativeModel(WordPiece.init({ '[UNK]': 0 }), { normalizer: ours.normalizer, pre_tokenizer: ours.pre_tokenizer as object }, texts.join(''));
      return [Object.keys(ours.model.vocab).filter((token) => token !== '[UNK]'), Object.keys(vocab).sort((a, b) => vocab[a] - vocab[b])];
    };
    // Equally frequent pairs fall out differently, so not all intermediate tokens are the same; in the end every word is a token.
    const [ours, theirs] = learn(lines);
    expect(ours.filter((token) => theirs.includes(token)).length / ours.length).toBeGreaterThan(0.9);
    expect(theirs.filter((token) => ours.includes(token)).length / theirs.length).toBeGreaterThan(0.9);
    const words = story.toLowerCase().match(/(?<!\p{L})[a-z]+(?!\p{L})/gu) as string[];
    expect(words.length).toBeGreaterThan(500);
    for (const word of words) expect([word, ours.includes(word), theirs.includes(word)]).toEqual([word, true, true]);
    // Frequencies far apart leave no choice.
    const [few, fewThere] = learn(['ab '.repeat(100), 'abc '.repeat(30), 'abcd '.repeat(9), 'xab '.repeat(3)]);
    for (const tokens of [few, fewThere]) expect(tokens.filter((token) => ['ab', 'abc', 'abcd', 'xab'].includes(token))).toEqual(['ab', 'abc', 'abcd', 'xab']);
  });

  it('makes a tokenizer that covers its text, and reads the same from its file', async () => {
    const tokenizer = WordPieceTokenizer.train(sentences, { vocabSize: 240 });
    expect(tokenizer.kind).toBe('word-piece');
    expect([...tokenizer.specialTokens.keys()]).toEqual(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']);
    const ids = tokenizer.encode('It was the best of times.');
    expect(ids[0]).toBe(2);
    expect(ids.at(-1)).toBe(3);
    expect(ids).not.toContain(1);
    expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe('it was the best of times.');
    const json = JSON.parse(JSON.stringify(tokenizer));
    expect(tokenizerFromJSON(json).encode(english)).toEqual(tokenizer.encode(english));
    expect(await new Reference(json).encode(english)).toEqual(tokenizer.encode(english));
    expect(tokenizer.vocabSize).toBe(240);
  });

  it('takes the options that it names', () => {
    const tokenizer = WordPieceTokenizer.train('abc abc abd', { vocabSize: 40, initialAlphabet: 'z', specialTokens: ['<s>'], unknownToken: '<u>', prefix: '@@', lowercase: false });
    expect(tokenizer.tokenToId('<u>')).toBe(0);
    expect(tokenizer.tokenToId('z')).toBeDefined();
    expect(tokenizer.tokenToId('abc')).toBeDefined();
    expect(tokenizer.encode('zQ')).toEqual([0]);
    expect(() => WordPieceTokenizer.train('abc', { vocabSize: 3 })).toThrow('vocabSize is 3; expected an integer of at least 6');
    expect(() => WordPieceTokenizer.train('abc', { vocabSize: 8 })).toThrow('for 5 special tokens and the 5 characters');
    expect(() => WordPieceTokenizer.train('', { vocabSize: 100 })).toThrow('the training text is empty');
  });
});

describe('UnigramTokenizer.train', () => {
  it('learns the tokens and probabilities of the reference', () => {
    const ours = UnigramTokenizer.train(lines, { vocabSize: 8000, specialTokens: [] });
    const { normalizer } = ours.toJSON();
    const { vocab } = nativeModel(Unigram.empty(), { normalizer, pre_tokenizer: { type: 'Split', pattern: { String: '▁' }, behavior: 'MergedWithNext', invert: false } });
    const learned = new Map(ours.toJSON().model.vocab as [string, number][]);
    const expected = vocab.filter(([token]) => token !== '<unk>' && token !== '');
    const shared = expected.filter(([token]) => learned.has(token));
    expect(shared.length / expected.length).toBeGreaterThan(0.97);
    for (const [token, score] of shared) expect(learned.get(token)).toBeCloseTo(score, 0);
    const difference = shared.reduce((sum, [token, score]) => sum + Math.abs((learned.get(token) as number) - score), 0) / shared.length;
    expect(difference).toBeLessThan(0.05);
  });

  it('prunes to the size that is asked for, and makes a tokenizer that covers its text', async () => {
    const sizes: number[] = [];
    const tokenizer = UnigramTokenizer.train(sentences, { vocabSize: 140, onProgress: ({ tokens }) => sizes.push(tokens) });
    expect(tokenizer.kind).toBe('unigram');
    expect(tokenizer.vocabSize).toBe(140);
    expect(sizes[0]).toBe(0); // while the candidates are looked for
    expect(Math.max(...sizes)).toBeGreaterThan(180);
    expect(sizes.at(-1)).toBe(138); // without <s> and </s>
    const ids = tokenizer.encode(english);
    expect(ids).not.toContain(1);
    expect(tokenizer.decode(tokenizer.encode('It was the best of times'))).toBe('It was the best of times');
    const json = JSON.parse(JSON.stringify(tokenizer));
    expect(tokenizerFromJSON(json).encode(german)).toEqual(tokenizer.encode(german));
    expect(await new Reference(json).encode(german)).toEqual(tokenizer.encode(german));
    const spm = await tokenizerFromSentencePiece(await sentencePieceFromTokenizer(tokenizer));
    // As in the reference, a .model decodes what is unknown to another text than a tokenizer.json.
    expect(spm.decode(spm.encode(german)).replaceAll(' ⁇ ', '<unk>')).toBe(tokenizer.decode(tokenizer.encode(german)));
  });

  it('fits its text better than a vocabulary of the same size that was not pruned by loss', () => {
    const bits = (tokenizer: UnigramTokenizer): number => {
      const scores = new Map(tokenizer.toJSON().model.vocab as [string, number][]);
      return sentences.reduce((sum, text) => sum + tokenizer.encode(text).reduce((part, id) => part - (scores.get(tokenizer.idToToken(id) as string) as number), 0), 0);
    };
    const gradual = UnigramTokenizer.train(sentences, { vocabSize: 130 });
    const atOnce = UnigramTokenizer.train(sentences, { vocabSize: 130, shrinkingFactor: 0.001, subIterations: 1 });
    expect(bits(gradual)).toBeLessThan(bits(atOnce));
  });

  it.each([
    [{ vocabSize: 3 }, 'vocabSize is 3; expected an integer of at least 4'],
    [{ vocabSize: 6 }, 'for 3 special tokens and the 4 characters of the text'],
    [{ vocabSize: 100, shrinkingFactor: 1 }, 'shrinkingFactor is 1; expected a number above 0 and below 1'],
    [{ vocabSize: 100, minFrequency: 9 }, 'No word of the training text occurs 9 times'],
    [{ vocabSize: 100, longestPiece: 0 }, 'longestPiece is 0'],
  ])('refuses %j', (options, message) => {
    expect(() => UnigramTokenizer.train('abc abc', options)).toThrow(message);
  });
});

describe('training on texts that come one by one', () => {
  async function* stream(): AsyncGenerator<string> {
    for (const sentence of sentences) {
      await Promise.resolve();
      yield sentence;
    }
  }

  it('learns the same', async () => {
    expect((await WordPieceTokenizer.trainAsync(stream(), { vocabSize: 300 })).toJSON()).toEqual(WordPieceTokenizer.train(sentences, { vocabSize: 300 }).toJSON());
    expect((await UnigramTokenizer.trainAsync(stream(), { vocabSize: 300 })).toJSON()).toEqual(UnigramTokenizer.train(sentences, { vocabSize: 300 }).toJSON());
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const training = UnigramTokenizer.trainAsync(stream(), { vocabSize: 300, signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) });
    await expect(training).rejects.toThrow('enough');
    await expect(WordPieceTokenizer.trainAsync(stream(), { vocabSize: 300, signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
  });

  it('refuses what is no text', async () => {
    await expect(UnigramTokenizer.trainAsync([7 as unknown as string], { vocabSize: 300 })).rejects.toThrow('is 7; expected a string');
    expect(() => WordPieceTokenizer.train(7 as unknown as string, { vocabSize: 300 })).toThrow('The training text is 7');
  });
});
