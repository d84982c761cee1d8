// Finds the tokens of requests that no story has: a base that read only stories never trained their rows, and an adapter of the blocks cannot write them.
import { writeInstructions } from '@kk/corpora/instructions';
import type { Base } from './base.js';

export function unreadTokens({ language, tokenizer, stories }: Base, seed: number): number[] {
  const read = new Set(stories);
  const texts = writeInstructions(language, { seed, count: 5000 }).flatMap(({ question, answer }) => [question, answer]);
  return [...new Set(texts.flatMap((text) => [...tokenizer.encode(` ${text}`)]))].filter((id) => !read.has(id)).sort((a, b) => a - b);
}
