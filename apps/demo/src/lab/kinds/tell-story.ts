// A story that a GPT tells, token by token, drawn from its probabilities as they are; only its first token is chosen from those that
// can begin a sentence.
import { storySeparator } from '@kk/corpora';
import { Decoder } from '@kk/gpt';
import { allowTokens, generate, type NextTokenModel } from '@kk/sampler';
import type { ReadyModel } from '../ready-model.js';

/** A story that finds no end is ended after so many tokens; the grammar's longest have about half as many. */
const LONGEST = 700;

/** @yields the story as far as it is told; the last one is whole, without the blank line after it. Story n of a seed is always the same. */
export async function* tellStory(model: ReadyModel, { seed, number = 0 }: { seed: number; number?: number }): AsyncGenerator<string, void, void> {
  const { gpt, tokenizer } = model;
  // When the context is full, a quarter is forgotten at once: then most tokens need no new reading of all that is remembered.
  const decoder = new Decoder(gpt, { keepOnOverflow: Math.ceil(gpt.config.contextLength * 0.75) });
  const prompt = tokenizer.encode(storySeparator);
  const written = tokenizer.startDecoding();
  let text = '';
  try {
    for await (const id of generate(beginningASentence(decoder, model, prompt.length), prompt, { maxTokens: LONGEST, seed: (seed * 100_003 + number) % 2 ** 32 })) {
      text += written.push(id);
      const end = text.indexOf(storySeparator, 1);
      yield (end < 0 ? text : text.slice(0, end)).trim();
      if (end >= 0) return;
    }
  } finally {
    decoder.dispose();
  }
}

/** The same model, which after the prompt takes one of the tokens that can begin a sentence: otherwise one story in ten began in the middle of a word. */
function beginningASentence(decoder: Decoder, model: ReadyModel, promptLength: number): NextTokenModel {
  const allowed = beginnings(model);
  if (allowed.length === 0) return decoder;
  return {
    vocabSize: decoder.vocabSize,
    async next(ids) {
      const logits = await decoder.next(ids);
      return ids.length > promptLength ? logits : allowTokens(logits, allowed);
    },
  };
}

const known = new WeakMap<ReadyModel, number[]>();

/** The tokens of a model that begin with a capital letter, also after an opening quote. */
function beginnings(model: ReadyModel): number[] {
  let ids = known.get(model);
  if (!ids) {
    const { tokenizer, gpt } = model;
    const size = Math.min(tokenizer.vocabSize, gpt.config.vocabSize);
    ids = Array.from({ length: size }, (_, id) => id).filter((id) => /^[„“"»«]?\p{Lu}/u.test(tokenizer.decode([id])));
    known.set(model, ids);
  }
  return ids;
}
