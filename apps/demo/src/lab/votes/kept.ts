// Keeps what a run by votes has trained, so that others can ask it; what the worker has let go is trained again, to the same numbers.
import { DivergenceError, type Transformer } from '@kk/gpt';
import type { Tools } from '../job.js';
import type { ReadyModel } from '../ready-model.js';
import { copyModel } from '../tuning/copy-model.js';
import { keepWeights, type KeptWeights } from '../tuning/kept.js';
import { modelOf } from '../tuning/recipe.js';
import { prepareVotes } from './prepare.js';
import type { VoteRecipe } from './recipe.js';

/** A model after so many steps of a recipe. */
export interface VotedState {
  recipe: VoteRecipe;
  after: number;
}

const placeOf = (tools: Pick<Tools, 'keep'>, recipe: VoteRecipe): Promise<KeptWeights> => tools.keep(`voted ${JSON.stringify(recipe)}`, () => ({ step: 0, weights: new Map() }));

/** Copies what was trained into its place. */
export async function keepVoted(tools: Pick<Tools, 'keep'>, { recipe, after }: VotedState, gpt: Transformer): Promise<void> {
  await keepWeights(await placeOf(tools, recipe), { gpt }, after);
}

/** The model as it is after so many steps. Whoever asks for it disposes of it. */
export async function votedModel(tools: Tools, state: VotedState): Promise<{ base: ReadyModel; gpt: Transformer; dispose(): void }> {
  const { recipe, after } = state;
  let place = await placeOf(tools, recipe);
  if (place.step !== after) {
    await trainTo(tools, state);
    place = await placeOf(tools, recipe);
  }
  const base = await tools.model(modelOf(recipe.language));
  const gpt = await copyModel(base.gpt);
  const weights = gpt.namedParameters();
  for (const [name, values] of place.weights) weights.get(name)!.set(values);
  return { base, gpt, dispose: () => gpt.dispose() };
}

/** Trains without looking, and tells how far it is. A run that breaks keeps what it had before. */
async function trainTo(tools: Tools, { recipe, after }: VotedState): Promise<void> {
  const { gpt, tuning: { trainer }, dispose } = await prepareVotes(tools, recipe);
  try {
    while (trainer.stepsDone < after) {
      tools.preparing('tuning', trainer.stepsDone / after);
      await tools.breathe();
      await trainer.step();
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
  } finally {
    await keepVoted(tools, { recipe, after }, gpt);
    dispose();
  }
}
