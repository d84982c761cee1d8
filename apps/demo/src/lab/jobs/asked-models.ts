// Chapter 10: one prompt to three models, one after the other: one that goes on writing, one that has learned to answer, and one that has learned from votes.
import { storySeparator } from '@kk/corpora';
import { Decoder, type Transformer } from '@kk/gpt';
import { huggingFace, Sampler } from '@kk/sampler';
import type { StoryLanguage } from '../../languages/stories.js';
import { answerEnd, answersOf, askedIds } from '../answers/asked.js';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import type { ReadyModel } from '../ready-model.js';
import { writtenText } from '../tuning/answer.js';
import { untouchedModel } from '../tuning/kept.js';
import { modelOf } from '../tuning/recipe.js';
import { votedModel, type VotedState } from '../votes/kept.js';
import { beginningIds } from '../votes/two-sentences.js';

export interface AskedModelsInput {
  language: StoryLanguage;
  prompt: string;
  /** 0 always takes the most probable token. */
  temperature: number;
  seed: number;
  /** The most tokens of an answer. */
  length: number;
  /** What has learned from votes, if there is such a model. */
  voted: VotedState | null;
}

export const askedNames = ['completer', 'instructed', 'preferred'] as const;
export type AskedName = (typeof askedNames)[number];

export interface ModelAnswer extends ModelSize {
  name: AskedName;
  text: string;
  /** Whether it ended by itself. */
  isDone: boolean;
}

/** The answers so far; the last one may still be written. */
export type AskedModels = readonly ModelAnswer[];

interface Asked {
  base: ReadyModel;
  gpt: Transformer;
  dispose(): void;
}

export default defineJob(async function* ({ language, prompt, voted, ...writing }: AskedModelsInput, tools): AsyncGenerator<AskedModels, AskedModels> {
  let answers: AskedModels = [];
  for (const name of askedNames) {
    if (name === 'preferred' && voted === null) continue;
    const asked: Asked = name === 'preferred' ? await votedModel(tools, voted!) : await untouchedModel(tools, name === 'instructed' ? answersOf(language) : modelOf(language));
    try {
      const earlier = answers;
      for await (const { text, isDone } of answerOf(asked, name, prompt, writing)) {
        answers = [...earlier, { name, text, isDone, ...sizeOf(asked.gpt.config) }];
        yield answers;
      }
    } finally {
      asked.dispose();
    }
  }
  return answers;
});

/** The answer after each token. */
async function* answerOf({ base: { tokenizer }, gpt }: Asked, name: AskedName, prompt: string, { temperature, seed, length }: Pick<AskedModelsInput, 'temperature' | 'seed' | 'length'>): AsyncGenerator<{ text: string; isDone: boolean }, void, void> {
  const room = gpt.config.contextLength - length;
  const asked = name === 'instructed' ? askedIds(tokenizer, prompt, room) : [...beginningIds(tokenizer, prompt)].slice(-room);
  const end = name === 'instructed' ? answerEnd(tokenizer) : undefined;
  const decoder = new Decoder(gpt);
  const sampler = new Sampler(huggingFace({ temperature }), { seed });
  const ids = [...asked];
  try {
    for (let isDone = false; !isDone && ids.length < asked.length + length; ) {
      const id = sampler.sample(await decoder.next(ids), { ids, promptLength: asked.length });
      sampler.accept(id);
      if (id !== end) ids.push(id);
      const written = ids.slice(asked.length);
      isDone = id === end || (end === undefined && tokenizer.decode(written.slice(-2)).includes(storySeparator));
      yield { text: writtenText(tokenizer, written), isDone };
    }
  } finally {
    decoder.dispose();
  }
}
