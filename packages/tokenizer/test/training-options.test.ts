// What training can be asked for besides a size.
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer } from '@kk/tokenizer';
import { english, german, texts } from './support/texts.js';

async function* oneByOne(parts: readonly string[]): AsyncGenerator<string> {
  for (const part of parts) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    yield part;
  }
}

describe('BytePairTokenizer.trainAsync', () => {
  const options = { vocabSize: 320, specialTokens: ['<s>'] };

  it('learns what train learns, from lists and from streams', async () => {
    const parts = [english, german, ...texts];
    const expected = JSON.stringify(BytePairTokenizer.train(parts, options));
    expect(JSON.stringify(await BytePairTokenizer.trainAsync(parts, options))).toBe(expected);
    expect(JSON.stringify(await BytePairTokenizer.trainAsync(oneByOne(parts), options))).toBe(expected);
    expect(JSON.stringify(await BytePairTokenizer.trainAsync(english, options))).toBe(JSON.stringify(BytePairTokenizer.train(english, options)));
  });

  it('refuses what is no text', async () => {
    await expect(BytePairTokenizer.trainAsync(oneByOne([7 as unknown as string]), options)).rejects.toThrow('A training text is 7; expected a string');
    await expect(BytePairTokenizer.trainAsync(oneByOne([]), options)).rejects.toThrow('the training text is empty');
    await expect(BytePairTokenizer.trainAsync(null as unknown as string, options)).rejects.toThrow('The training text is null');
  });

  it('lets timers run, which can end it', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 20);
    const endless = (async function* () {
      for (let i = 0; ; i++) yield `text number ${i}`;
    })();
    await expect(BytePairTokenizer.trainAsync(endless, { ...options, signal: controller.signal })).rejects.toThrow('enough');
  });
});

describe('a signal', () => {
  it('ends the training of merges, with its reason', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const options = {
      vocabSize: 356,
      minFrequency: 1,
      signal: controller.signal,
      onProgress: ({ tokens }: { tokens: number }) => {
        seen.push(tokens);
        if (tokens >= 270) controller.abort(new Error('enough'));
      },
    };
    expect(() => BytePairTokenizer.train(texts, options)).toThrow('enough');
    expect(seen.at(-1)).toBe(270);
    await expect(BytePairTokenizer.trainAsync(texts, options)).rejects.toThrow('enough');
    expect(() => BytePairTokenizer.train(texts, { vocabSize: 300, signal: AbortSignal.abort(new Error('before')) })).toThrow('before');
  });
});

describe('the initial alphabet', () => {
  it('is all bytes, or those of the text', () => {
    const tokenizer = BytePairTokenizer.train('abab ab', { vocabSize: 7, minFrequency: 1, initialAlphabet: 'text', specialTokens: ['<s>'] });
    expect(Array.from({ length: tokenizer.vocabSize }, (_, id) => tokenizer.idToToken(id))).toEqual(['<s>', 'a', 'b', 'Ġ', 'ab', 'Ġab', 'abab']);
    expect(() => tokenizer.encode('abc')).toThrow('has no token for the byte 0x63');
    expect(() => BytePairTokenizer.train('abc', { vocabSize: 2, initialAlphabet: 'text' })).toThrow('vocabSize is 2; expected at least 3, for the 3 bytes of the text and 0 special tokens');
    expect(() => BytePairTokenizer.train('abc', { vocabSize: 300, initialAlphabet: 'none' as 'all' })).toThrow("initialAlphabet is \"none\"; expected 'all' or 'text'");
  });
});
