// Chapter 10: a model learns from a visitor's votes by direct preference optimization. It looks before the first step, every few, and at the end.
import type { PreferenceStepReport } from '@kk/finetune';
import { DivergenceError } from '@kk/gpt';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { Stopwatch } from '../tuning/stopwatch.js';
import { margins, VoteLooker, type VoteLook } from '../votes/look.js';
import { beginningOf, firstPairs } from '../votes/pairs.js';
import { keepVoted } from '../votes/kept.js';
import { prepareVotes } from '../votes/prepare.js';
import { LOOK_EVERY, type VoteRecipe } from '../votes/recipe.js';

export interface VoteTuningInput {
  recipe: VoteRecipe;
  /** Continuations of so many beginnings that come after the last pair are looked at. */
  texts: number;
  /** What it would vote on so many pairs after the last one is told at the end. */
  guesses: number;
  /** Steps between two looks. */
  every?: number;
}

export interface VoteTuning extends ModelSize {
  recipe: VoteRecipe;
  step: number;
  /** None before the first step. */
  loss: number | null;
  /** In how many of the decided pairs the model has come to prefer what the visitor prefers, from 0 to 1; null before the first step. */
  agrees: number | null;
  beginnings: readonly string[];
  looks: readonly RewardedLook[];
  /** At the end: reward of a - reward of b, for each pair that was voted on, and for those after them. */
  margins: { voted: readonly number[]; fresh: readonly number[] } | null;
  seconds: number;
  /** Null until some steps were measured. */
  secondsLeft: number | null;
  /** Why it is over: all steps, or it went as far as it may, or its loss grew beyond all bounds; null while it learns. */
  end: 'steps' | 'budget' | 'broken' | null;
}

export interface RewardedLook extends VoteLook {
  /** DPO's own reward: by how much it prefers what was chosen, in the mean of the decided pairs. 0 before the first step. */
  reward: number;
}

/** A look at texts uses others than the pairs do. */
const FIRST_TEXT = 500;

export default defineJob(async function* ({ recipe, texts, guesses, every = LOOK_EVERY }: VoteTuningInput, tools): AsyncGenerator<VoteTuning, VoteTuning> {
  const voted = recipe.votes.length;
  const fresh = (await firstPairs(tools, recipe, voted + guesses)).slice(voted);
  const prepared = await prepareVotes(tools, recipe);
  const { base, gpt, pairs, tuning: { trainer } } = prepared;
  const beginnings = Array.from({ length: texts }, (_, i) => beginningOf(recipe, FIRST_TEXT + i));
  const watch = new Stopwatch();
  let state: VoteTuning = { recipe, ...sizeOf(gpt.config), step: 0, loss: null, agrees: null, beginnings, looks: [], margins: null, seconds: 0, secondsLeft: null, end: null };
  try {
    const looker = new VoteLooker(tools, base, beginnings, recipe);
    let reward = 0;
    const look = async (): Promise<void> => {
      const seen = await watch.time(() => looker.look(gpt, trainer.stepsDone));
      state = { ...state, looks: [...state.looks, { ...seen, reward }] };
    };
    await look();
    yield state;
    while (state.end === null) {
      await tools.breathe();
      const { step, loss, measures } = await watch.time(() => trainer.step());
      const { accuracy: agrees, margin } = measures as PreferenceStepReport['measures'];
      reward = margin;
      state = { ...state, step, loss, agrees };
      if (step % every === 0 || trainer.isDone) await look();
      const { step: seen, distance } = state.looks.at(-1)!;
      const end = seen === step && distance > recipe.budget ? 'budget' : trainer.isDone ? 'steps' : null;
      const secondsLeft = end ? 0 : step < every ? null : (watch.seconds / step) * (recipe.steps - step);
      state = { ...state, seconds: watch.seconds, secondsLeft, end };
      if (end === null) yield state;
    }
    await keepVoted(tools, { recipe, after: state.step }, gpt);
    state = { ...state, margins: { voted: await margins(tools, gpt, base.gpt, pairs), fresh: await margins(tools, gpt, base.gpt, fresh) } };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    state = { ...state, secondsLeft: 0, end: 'broken' };
  } finally {
    prepared.dispose();
  }
  yield state;
  return state;
});
