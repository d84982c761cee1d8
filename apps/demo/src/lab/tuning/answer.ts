// Lets a model that has learned lines answer: it continues what is asked until a blank line.
import { storySeparator } from '@kk/corpora';
import { Decoder, type Transformer } from '@kk/gpt';
import { huggingFace, Sampler } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';
import type { Tools } from '../job.js';
import { askedText } from './lines.js';
import { Stopwatch } from './stopwatch.js';

/** How an answer is drawn. */
export interface Writing {
  /** 0 always takes the most probable token. */
  temperature: number;
  /** The most tokens of an answer. */
  length: number;
}

/** What is asked, each question by itself. */
export interface Asked extends Writing {
  prompts: readonly string[];
}

/** The tokens that were written; `isDone` once the model has ended by itself. */
export interface Written {
  ids: number[];
  isDone: boolean;
}

/** An answer as it is read: without the blank line at its end, and without parts of characters, which stay where a character was begun and not ended. */
export const writtenText = (tokenizer: Pick<Tokenizer, 'decode'>, ids: readonly number[]): string => tokenizer.decode(ids).replaceAll('\uFFFD', '').trim();

/** Yields the answer after each token, and the logits from which that token was drawn. The blank line at its end is part of the ids. */
export async function* answerSteps(gpt: Transformer, tokenizer: Tokenizer, prompt: string, { temperature, length, seed }: Writing & { seed: number }, watch = new Stopwatch()): AsyncGenerator<Written & { logits: Float32Array }, void, void> {
  const decoder = new Decoder(gpt);
  const sampler = new Sampler(huggingFace({ temperature }), { seed });
  const asked = [...tokenizer.encode(askedText(prompt))].slice(-(gpt.config.contextLength - length)); // the answer has to fit behind it
  const ids = [...asked];
  try {
    for (let isDone = false; !isDone && ids.length < asked.length + length; ) {
      const logits = await watch.time(() => decoder.next(ids));
      const id = sampler.sample(logits, { ids, promptLength: asked.length });
      sampler.accept(id);
      ids.push(id);
      const written = ids.slice(asked.length);
      isDone = tokenizer.decode(written.slice(-2)).includes(storySeparator);
      yield { ids: written, isDone, logits };
    }
  } finally {
    decoder.dispose();
  }
}

/** The whole answer; between tokens, messages are let in. */
export async function writeAnswer(tools: Pick<Tools, 'breathe'>, gpt: Transformer, tokenizer: Tokenizer, prompt: string, options: Writing & { seed: number }, watch?: Stopwatch): Promise<Written> {
  let written: Written = { ids: [], isDone: false };
  for await (const { ids, isDone } of answerSteps(gpt, tokenizer, prompt, options, watch)) {
    written = { ids, isDone };
    await tools.breathe();
  }
  return written;
}
