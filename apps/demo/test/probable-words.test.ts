// The search for probable words, on a model small enough to enumerate all words by hand.
import { expect, it } from 'vitest';
import { Random, softmax } from '@kk/sampler';
import { CharacterTokenizer } from '@kk/tokenizer';
import { goesOn, probableWords, type Next } from '../src/lab/probable-words.js';

// A token is a character here, except that a word begins with " a" or " b".
const letters = CharacterTokenizer.train('ab., ');
const pairs = [' a', ' b', 'a', 'b', '.', ','];
const tokenizer = { ...letters, vocabSize: pairs.length, decode: (ids: ArrayLike<number>) => Array.from(ids, (id) => pairs[id]).join('') } as unknown as CharacterTokenizer;

/** Logits that depend on the ids alone. */
const next: Next = (ids) => {
  const random = new Random(1 + ids.reduce((sum, id, index) => sum + (index + 1) * (id + 1), 0));
  return Float32Array.from(pairs, () => 3 * random.uniform());
};

/** All words of up to `longest` tokens, with their probabilities, if they end there more often than not. */
async function allWords(longest: number): Promise<{ ids: number[]; probability: number }[]> {
  const words: { ids: number[]; probability: number }[] = [];
  const visit = async (ids: number[], probability: number): Promise<void> => {
    const after = softmax(await next([7, ...ids]));
    if (after[2]! + after[3]! <= 0.5) words.push({ ids, probability });
    if (ids.length < longest) for (const id of [2, 3]) await visit([...ids, id], probability * after[id]!);
  };
  const first = softmax(await next([7]));
  for (const id of [0, 1]) await visit([id], first[id]!);
  for (const id of [4, 5]) words.push({ ids: [id], probability: first[id]! });
  return words.sort((a, b) => b.probability - a.probability);
}

it('finds the same words as an enumeration, in the same order', async () => {
  const found = await probableWords(next, tokenizer, [7], { count: 12, marks: true });
  const all = await allWords(9);
  expect(found.map(({ ids }) => ids)).toEqual(all.slice(0, 12).map(({ ids }) => ids));
  for (const [index, { probability }] of found.entries()) expect(probability).toBeCloseTo(all[index]!.probability, 10);
  expect(Math.max(...found.map(({ ids }) => ids.length))).toBeGreaterThan(2);
});

it('finds no marks unless they are wanted, and words without a space after an opening mark', async () => {
  const words = await probableWords(next, tokenizer, [7], { count: 6 });
  expect(words.every(({ ids }) => ids[0]! < 2)).toBe(true);
  const open = await probableWords(next, tokenizer, [7], { count: 6, isOpen: true });
  expect(open.every(({ ids }) => ids[0] === 2 || ids[0] === 3)).toBe(true);
  expect([0, 1, 2, 3, 4, 5].map((id) => goesOn(tokenizer, id))).toEqual([false, false, true, true, false, false]);
});
