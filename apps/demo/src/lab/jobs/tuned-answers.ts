// Chapter 9: what a tuned model answers after so many steps, or the untouched model after none.
import { defineJob } from '../job.js';
import { writeAnswer, writtenText, type Asked } from '../tuning/answer.js';
import { tunedModel, untouchedModel } from '../tuning/kept.js';
import { modelOf, type TunedState } from '../tuning/recipe.js';

export interface TunedAnswersInput extends TunedState {
  asked: Asked;
}

/** An answer, and whether the model ended it by itself. */
export interface TunedAnswer {
  text: string;
  isDone: boolean;
}

export default defineJob(async function* ({ recipe, after, asked }: TunedAnswersInput, tools): AsyncGenerator<readonly TunedAnswer[], readonly TunedAnswer[]> {
  const { gpt, base, dispose } = after === 0 ? await untouchedModel(tools, modelOf(recipe.language)) : await tunedModel(tools, { recipe, after });
  const answers: TunedAnswer[] = [];
  try {
    for (const prompt of asked.prompts) {
      const { ids, isDone } = await writeAnswer(tools, gpt, base.tokenizer, prompt, { ...asked, seed: recipe.seed });
      answers.push({ text: writtenText(base.tokenizer, ids), isDone });
      yield [...answers];
    }
    return answers;
  } finally {
    dispose();
  }
});
