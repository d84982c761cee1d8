// Chapter 9: what a tuned model answers after so many steps, or the untouched model after none.
import { defineJob } from '../job.js';
import { writeAnswer, type Asked } from '../tuning/answer.js';
import { tunedModel, untouchedModel } from '../tuning/kept.js';
import { modelOf, type TunedState } from '../tuning/recipe.js';

export interface TunedAnswersInput extends TunedState {
  asked: Asked;
}

export default defineJob(async function* ({ recipe, after, asked }: TunedAnswersInput, tools): AsyncGenerator<readonly string[], readonly string[]> {
  const { gpt, base, dispose } = after === 0 ? await untouchedModel(tools, modelOf(recipe.language)) : await tunedModel(tools, { recipe, after });
  const answers: string[] = [];
  try {
    for (const prompt of asked.prompts) {
      const { ids } = await writeAnswer(tools, gpt, base.tokenizer, prompt, { ...asked, seed: recipe.seed });
      answers.push(base.tokenizer.decode(ids).trim());
      yield [...answers];
    }
    return answers;
  } finally {
    dispose();
  }
});
