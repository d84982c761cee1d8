// Chapter 9: how long this machine would take for the pretraining of a shipped model: some of its steps are made and measured.
import { flopsPerToken, GPT, Trainer } from '@kk/gpt';
import type { StoryLanguage } from '../../languages/stories.js';
import { defineJob } from '../job.js';
import { labelStories } from '../tuning/lines.js';
import { pretrainingOf, pretrainingRecipe, type Pretraining } from '../tuning/pretraining.js';
import { modelOf } from '../tuning/recipe.js';

export interface PretrainingPaceInput {
  language: StoryLanguage;
}

export interface PretrainingPace extends Pretraining {
  /** Steps measured so far. */
  measured: number;
  /** What all steps of the recipe would take here, in seconds: as many as recipe says, each like the median of the measured ones. */
  seconds: number;
  /** Floating-point operations of a token, forward and backward. */
  flopsPerToken: number;
}

/** The first steps are slower, while the engine makes room; they do not count. */
const WARM_UP = 3;
const MEASURED = 9;
const STORIES = 12;

export default defineJob(async function* ({ language }: PretrainingPaceInput, tools): AsyncGenerator<PretrainingPace, PretrainingPace> {
  const { gpt: { engine, config }, tokenizer } = await tools.model(modelOf(language));
  const { model: sizes, training, windows } = pretrainingRecipe(language);
  const stories = await labelStories(tokenizer, language, { first: 0, count: STORIES });
  const text = Int32Array.from(stories.flatMap(({ ids }) => [...ids]));
  const model = new GPT(engine, { ...sizes, vocabSize: config.vocabSize }, { seed: training.seed });
  const { learningRate, betas, weightDecay, seed } = training;
  const trainer = new Trainer(model, text, { steps: WARM_UP + MEASURED, batchSize: windows.batchSize, learningRate, betas, weightDecay, seed });
  const pretraining = pretrainingOf(language);
  const times: number[] = [];
  let state: PretrainingPace | undefined;
  try {
    while (!trainer.isDone) {
      await tools.breathe();
      const { seconds } = await trainer.step();
      if (trainer.stepsDone <= WARM_UP) continue;
      times.push(seconds);
      const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
      yield (state = { ...pretraining, measured: times.length, seconds: median * pretraining.steps, flopsPerToken: flopsPerToken(config) });
    }
    return state!;
  } finally {
    trainer.dispose();
    model.dispose();
  }
});
