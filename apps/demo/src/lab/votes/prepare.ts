// Prepares a tuning run by votes: a copy of the shipped model, which is the reference, and the pairs that were decided.
import { PreferenceRows, PreferenceTuning } from '@kk/finetune';
import type { Transformer } from '@kk/gpt';
import type { Tools } from '../job.js';
import type { ReadyModel } from '../ready-model.js';
import { copyModel } from '../tuning/copy-model.js';
import { modelOf } from '../tuning/recipe.js';
import { firstPairs, type AnswerPair } from './pairs.js';
import { BETA, LEARNING_RATE, WARMUP_STEPS, type VoteRecipe } from './recipe.js';

export interface PreparedVotes {
  base: ReadyModel;
  /** The copy that is trained. */
  gpt: Transformer;
  tuning: PreferenceTuning;
  /** All pairs that were voted on, undecided ones among them. */
  pairs: readonly AnswerPair[];
  dispose(): void;
}

/** @throws RangeError when no vote is decided */
export async function prepareVotes(tools: Tools, recipe: VoteRecipe): Promise<PreparedVotes> {
  const { language, votes, steps, seed, rate = LEARNING_RATE } = recipe;
  const pairs = await firstPairs(tools, recipe, votes.length);
  const base = await tools.model(modelOf(language));
  const gpt = await copyModel(base.gpt);
  try {
    const preferences = pairs.flatMap(({ prompt, a, b }, i) => (votes[i] === 'a' ? [{ prompt, chosen: a, rejected: b }] : votes[i] === 'b' ? [{ prompt, chosen: b, rejected: a }] : []));
    const { contextLength, vocabSize } = gpt.config;
    const rows = new PreferenceRows(preferences, { contextLength, vocabSize, seed });
    const tuning = await PreferenceTuning.create(gpt, rows, {
      loss: { dpo: { beta: BETA } },
      reference: base.gpt,
      training: { batchSize: preferences.length, learningRate: rate, minimumLearningRate: rate / 10, steps, warmupSteps: Math.min(WARMUP_STEPS, steps), seed },
    });
    return {
      base, gpt, tuning, pairs,
      dispose() {
        tuning.trainer.dispose();
        gpt.dispose();
      },
    };
  } catch (error) {
    gpt.dispose();
    throw error;
  }
}
