// Exercises in copying, a part of what the base reads: answers about a story are mostly pieces of it.
import type { LabelledTokens } from '@kk/finetune';
import type { Random } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';

/** The special tokens: before a text, between it and its answer, behind an answer and behind a story. */
export const marks = ['<|user|>', '<|assistant|>', '<|end|>'] as const;
const [USER, ASSISTANT, END] = [0, 1, 2];

/** Where a sentence ends and another one begins. */
export const betweenSentences = /(?<=[.!?][“"”]?) (?=[\p{Lu}„"])/u;

/** Tokens whose pieces follow again and again, until the row is full. Learned is what has only one right continuation. */
export function pieces(text: Int32Array, contextLength: number, random: Random): LabelledTokens {
  const count = 4 + random.integer(37);
  const drawn = new Set<number>();
  while (drawn.size < count) {
    const id = text[random.integer(text.length)]!;
    if (id > END) drawn.add(id);
  }
  const ids = [USER, ...drawn, ASSISTANT];
  const learned = ids.map(() => 0);
  while (ids.length <= contextLength) {
    const length = Math.min(count, 3 + random.integer(12));
    const start = random.integer(count - length + 1);
    ids.push(...[...drawn].slice(start, start + length), END);
    learned.push(0, ...Array<number>(length - 1).fill(1), 0);
  }
  return { ids: Int32Array.from(ids.slice(0, contextLength + 1)), learned: Uint8Array.from(learned.slice(0, contextLength + 1)) };
}

/** Sentences of a story that follow each other, and the same sentences in another order, which are learned. */
export function sentencesAgain(tokenizer: Tokenizer, story: string, contextLength: number, random: Random): LabelledTokens {
  const sentences = story.split(betweenSentences);
  const count = 3 + random.integer(3);
  const first = random.integer(Math.max(1, sentences.length - count));
  const encoded = sentences.slice(first, first + count).map((sentence) => tokenizer.encode(` ${sentence}`));
  const passage = [USER, ...encoded.flat(), ASSISTANT];
  const again = [...random.permutation(encoded.length)].flatMap((i) => [...encoded[i]!, END]);
  return { ids: Int32Array.from([...passage, ...again].slice(0, contextLength + 1)), learned: Uint8Array.from([...passage.map(() => 0), ...again.map(() => 1)].slice(0, contextLength + 1)) };
}
