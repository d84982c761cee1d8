// Keeps what a tuning run has trained, so that others can talk to it or take it away; what the worker has let go is trained again, to the
// same numbers.
import { DivergenceError } from '@kk/gpt';
import type { Tools } from '../job.js';
import { prepareModel, prepareTuning, trainedOf, type PreparedModel } from './prepare.js';
import type { TunedState, TuningRecipe } from './recipe.js';

/** What is trained, as plain numbers by name, after so many steps; none before the first. */
export interface KeptWeights {
  step: number;
  weights: ReadonlyMap<string, Float32Array>;
}

/** The place for the newest weights of a recipe. */
export const placeOf = (tools: Tools, recipe: TuningRecipe): Promise<KeptWeights> => tools.keep(`tuned ${JSON.stringify(recipe)}`, () => ({ step: 0, weights: new Map() }));

/** Copies what is trained into its place. */
export async function keepWeights(place: KeptWeights, { gpt }: Pick<PreparedModel, 'gpt'>, step: number): Promise<void> {
  const weights = await Promise.all([...trainedOf(gpt)].map(async ([name, tensor]) => [name, Float32Array.from(await tensor.data())] as const));
  Object.assign(place, { step, weights: new Map(weights) });
}

/** The model as it is after so many steps of the recipe. Whoever asks for it disposes of it. */
export async function tunedModel(tools: Tools, { recipe, after }: TunedState): Promise<PreparedModel> {
  const place = await placeOf(tools, recipe);
  if (place.step !== after) await trainTo(tools, { recipe, after });
  const model = await prepareModel(tools, recipe);
  for (const [name, tensor] of trainedOf(model.gpt)) if (place.weights.size > 0) tensor.set(place.weights.get(name)!);
  return model;
}

/** Trains without looking, and tells how far it is. A run that breaks keeps what it had before. */
async function trainTo(tools: Tools, { recipe, after }: TunedState): Promise<void> {
  const tuning = await prepareTuning(tools, recipe);
  try {
    while (tuning.trainer.stepsDone < after) {
      tools.preparing('tuning', tuning.trainer.stepsDone / after);
      await tools.breathe();
      await tuning.trainer.step();
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
  } finally {
    await keepWeights(await placeOf(tools, recipe), tuning, tuning.trainer.stepsDone);
    tuning.dispose();
  }
}

/** A loaded model as it is, in the same form. */
export async function untouchedModel(tools: Tools, name: string): Promise<Pick<PreparedModel, 'base' | 'gpt' | 'dispose'>> {
  const base = await tools.model(name);
  return { base, gpt: base.gpt, dispose: () => {} };
}
