// What training can be asked for besides a size.
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer, GPT2_PATTERN, type LearnedMerge } from '@kk/tokenizer';
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

describe('onMerge', () => {
  const text = 'Fischers Fritz fischt frische Fische; frische Fische fischt Fischers Fritz. Aal, aaaa, aaa.';

  /** The pieces as lists of tokens, after some merges, each done by the definition. */
  function piecesAfter(merges: readonly (readonly [string, string])[]): string[][] {
    const pieces = text.match(new RegExp(GPT2_PATTERN, 'gu'))!.map((piece) => [...piece.replaceAll(' ', 'Ġ')]);
    for (const [left, right] of merges) {
      for (const piece of pieces) {
        for (let i = 0; i + 1 < piece.length; i++) if (piece[i] === left && piece[i + 1] === right) piece.splice(i, 2, left + right);
      }
    }
    return pieces;
  }

  it('tells each merge with the count of its pair', () => {
    const told: LearnedMerge[] = [];
    const tokenizer = BytePairTokenizer.train(text, { vocabSize: 290, minFrequency: 1, onMerge: (merge) => told.push(merge) });
    expect(told.map(({ id }) => id)).toEqual(Array.from({ length: tokenizer.vocabSize - 256 }, (_, i) => 256 + i));
    const pairs = told.map(({ left, right }) => [tokenizer.idToToken(left)!, tokenizer.idToToken(right)!] as const);
    expect(pairs.map(([left, right]) => left + right)).toEqual(told.map(({ id }) => tokenizer.idToToken(id)));
    const counts = pairs.map(([left, right], done) => piecesAfter(pairs.slice(0, done)).reduce((sum, piece) => sum + piece.filter((token, i) => token === left && piece[i + 1] === right).length, 0));
    expect(told.map(({ count }) => count)).toEqual(counts);
    expect([counts[0], counts.length]).toEqual([8, 26]);
  });

  it('can end the training', async () => {
    const options = { vocabSize: 290, onMerge: ({ id }: LearnedMerge) => { if (id === 260) throw new Error('enough'); } };
    expect(() => BytePairTokenizer.train(text, options)).toThrow('enough');
    await expect(BytePairTokenizer.trainAsync(text, options)).rejects.toThrow('enough');
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
