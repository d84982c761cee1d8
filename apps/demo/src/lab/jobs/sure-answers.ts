// Chapter 10: questions to the model that answers, one after the other, each with how probable it found all of its answer.
import { Decoder } from '@kk/gpt';
import type { StoryLanguage } from '../../languages/stories.js';
import { answerEnd, answersOf, askedIds } from '../answers/asked.js';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { writtenText } from '../tuning/answer.js';

export interface SureAnswersInput {
  language: StoryLanguage;
  /** Each with its story. */
  prompts: readonly string[];
  /** The most tokens of an answer. */
  length: number;
}

export interface SureAnswer {
  text: string;
  /** The probability of the whole answer with its end, from 0 to 1: the product of those of its tokens, each of which was the most probable one. */
  probability: number;
}

export interface SureAnswers extends ModelSize {
  answers: readonly SureAnswer[];
}

export default defineJob(async function* ({ language, prompts, length }: SureAnswersInput, tools): AsyncGenerator<SureAnswers, SureAnswers> {
  const { gpt, tokenizer } = await tools.model(answersOf(language));
  const end = answerEnd(tokenizer);
  const decoder = new Decoder(gpt);
  let state: SureAnswers = { ...sizeOf(gpt.config), answers: [] };
  try {
    for (const prompt of prompts) {
      const asked = askedIds(tokenizer, prompt, gpt.config.contextLength - length);
      const ids = [...asked];
      let probability = 1;
      for (let id = -1; id !== end && ids.length < asked.length + length; ) {
        await tools.breathe();
        const best = mostProbable(await decoder.next(ids));
        id = best.id;
        probability *= best.probability;
        if (id !== end) ids.push(id);
      }
      state = { ...state, answers: [...state.answers, { text: writtenText(tokenizer, ids.slice(asked.length)), probability }] };
      yield state;
    }
  } finally {
    decoder.dispose();
  }
  return state;
});

function mostProbable(logits: ArrayLike<number>): { id: number; probability: number } {
  let id = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[id]!) id = i;
  return { id, probability: 1 / Array.from(logits).reduce((sum, logit) => sum + Math.exp(logit - logits[id]!), 0) };
}
