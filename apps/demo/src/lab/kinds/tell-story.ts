// A story that a GPT tells, token by token, drawn from its probabilities as they are.
import { storySeparator } from '@kk/corpora';
import { Decoder } from '@kk/gpt';
import { generate } from '@kk/sampler';
import type { ReadyModel } from '../ready-model.js';

/** A story that finds no end is ended after so many tokens; the grammar's longest have about half as many. */
const LONGEST = 700;

/** @yields the story as far as it is told; the last one is whole, without the blank line after it. Story n of a seed is always the same. */
export async function* tellStory({ gpt, tokenizer }: ReadyModel, { seed, number = 0 }: { seed: number; number?: number }): AsyncGenerator<string, void, void> {
  // When the context is full, a quarter is forgotten at once: then most tokens need no new reading of all that is remembered.
  const decoder = new Decoder(gpt, { keepOnOverflow: Math.ceil(gpt.config.contextLength * 0.75) });
  const written = tokenizer.startDecoding();
  let text = '';
  try {
    for await (const id of generate(decoder, tokenizer.encode(storySeparator), { maxTokens: LONGEST, seed: (seed * 100_003 + number) % 2 ** 32 })) {
      text += written.push(id);
      const end = text.indexOf(storySeparator, 1);
      yield (end < 0 ? text : text.slice(0, end)).trim();
      if (end >= 0) return;
    }
  } finally {
    decoder.dispose();
  }
}
