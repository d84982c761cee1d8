// What is learned is what Hugging Face's trainers learn. Their trainer for Node reads files line by line and has fixed options:
// no minimum frequency, at most 30,000 tokens, an alphabet of the bytes that occur.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BPE, byteLevelPreTokenizer, Tokenizer as NativeTokenizer, WordLevel } from 'tokenizers';
import { BytePairTokenizer, WordTokenizer } from '@kk/tokenizer';
import { withoutNewCharacters } from './support/reference.js';
import { code, emoji, english, german, scripts, wellFormedText, whiteSpace } from './support/texts.js';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'kk-tokenizer-'))));
afterAll(() => rm(folder, { recursive: true }));

async function nativeModel(native: NativeTokenizer, text: string): Promise<{ vocab: Record<string, number>; merges?: string[][] }> {
  const file = join(folder, 'text.txt');
  await writeFile(file, text);
  native.train([file]);
  const saved = join(folder, 'tokenizer.json');
  native.save(saved);
  return JSON.parse(await (await import('node:fs/promises')).readFile(saved, 'utf8')).model;
}

const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

describe('BytePairTokenizer.train', () => {
  const compare = async (text: string): Promise<void> => {
    const native = new NativeTokenizer(BPE.empty());
    native.setPreTokenizer(byteLevelPreTokenizer(false, true));
    const ours = BytePairTokenizer.train(lines(text), { vocabSize: 30_000, minFrequency: 1, initialAlphabet: 'text' }).toJSON().model;
    const { merges, vocab } = await nativeModel(native, text);
    expect(ours.merges).toEqual(merges);
    expect(ours.vocab).toEqual(vocab);
  };

  it('learns the same merges in the same order', async () => {
    const story = Array.from({ length: 300 }, (_, i) => [english, german, code, scripts][i % 4].split(' ').slice(i % 7, 3 + (i % 11)).join(' ')).join('\n');
    await compare([english, german, code, emoji, scripts, whiteSpace, story].join('\n'));
  });

  it('learns the same merges from few letters in all orders, with many ties and overlaps', async () => {
    const letters = fc.array(fc.string({ unit: fc.constantFrom('a', 'a', 'b', 'c', ' ', 'ä'), minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 30 }).map((parts) => parts.join('\n'));
    await fc.assert(fc.asyncProperty(letters, compare), { numRuns: 200 });
  });

  it('learns the same merges from random Unicode', async () => {
    await fc.assert(
      fc.asyncProperty(wellFormedText, async (text) => {
        const known = withoutNewCharacters(text);
        fc.pre(known !== '');
        await compare(known);
      }),
      { numRuns: 50 },
    );
  });
});

describe('WordTokenizer.train', () => {
  it('gives the same words the same ids', async () => {
    const text = [english, german, code, emoji, scripts].join('\n');
    const ours = WordTokenizer.train(text, { unknownToken: null });
    const native = new NativeTokenizer(WordLevel.empty() as ReturnType<typeof BPE.empty>);
    native.setPreTokenizer(NativeTokenizer.fromString(JSON.stringify(ours)).getPreTokenizer() as ReturnType<typeof byteLevelPreTokenizer>);
    expect((await nativeModel(native, text)).vocab).toEqual(ours.toJSON().model.vocab);
  });
});
