// The words of a text: what stands on no letter or number of its own is none.
import { BytePairTokenizer } from '@kk/tokenizer';
import { expect, it } from 'vitest';
import { wordsOfTokens } from '../src/lab/words-of-tokens.js';

it('finds words with their marks above and below, and none in an emoji of several parts', () => {
  const tokenizer = BytePairTokenizer.train('Es war einmal ein Hund.', { vocabSize: 260 });
  const text = 'Cafe\u0301 ❤\ufe0f 👩\u200d👧 1\ufe0f\u20e3 Merles’ e-mail';
  expect(wordsOfTokens({ tokenizer }, [...tokenizer.encode(text)]).map((word) => word.text)).toEqual(['Cafe\u0301', '1\ufe0f\u20e3', 'Merles', 'e-mail']);
});
