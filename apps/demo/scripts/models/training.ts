// Trains a model as its recipe says: with the same rate until `decayFrom`, then falling to the last step. So a run can be ended at any of its
// checkpoints: the steps at the full rate do not depend on how many there will be. A recipe may let it rise and fall once more.
import { GPT, restoreCheckpoint, TaskTrainer, toCheckpoint, train, type GPTConfig } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import type { Recipe } from './recipe.js';
import type { Windows } from './windows.js';

type TrainerSettings = Pick<Recipe['training'], 'steps' | 'learningRate' | 'minimumLearningRate' | 'warmupSteps'>;

export interface TrainingOptions {
  /** The bytes of a checkpoint of the same recipe to go on from. */
  from?: Uint8Array | undefined;
  saveEvery?: number;
  save?(checkpoint: Uint8Array): Promise<void>;
  onStep?(report: { step: number; loss: number }): void;
}

/** @param windowsAt  what a step learns from; it depends on nothing but the step, from 0 */
export async function trainModel(engine: Engine, config: GPTConfig, training: Recipe['training'], windowsAt: (step: number) => Windows, options: TrainingOptions = {}): Promise<GPT> {
  const model = new GPT(engine, config, { seed: training.seed });
  const { decayFrom, again, ...same } = training;
  const task = {
    batch(step: number) {
      const { inputs, targets, shape } = windowsAt(step);
      return { inputs: { values: inputs, shape }, targets: { values: targets, shape } };
    },
    loss: ({ inputs, targets }: { inputs: Parameters<GPT['loss']>[0]; targets: Parameters<GPT['loss']>[1] }) => model.loss(inputs, targets),
  };
  const { steps, learningRate, warmupSteps } = same;
  const phases: Partial<TrainerSettings>[] = [
    { steps: decayFrom, minimumLearningRate: learningRate, warmupSteps },
    { steps, warmupSteps: decayFrom }, // the cosine begins where a warm-up ends
    ...(again ? [{ ...again, warmupSteps: steps }] : []),
  ];
  const trainerOf = (phase: Partial<TrainerSettings>, from: Uint8Array | undefined): TaskTrainer<GPT> => {
    const trainer = new TaskTrainer(model, task, { ...same, ...phase });
    if (from) restoreCheckpoint(trainer, from);
    return trainer;
  };
  const last = trainerOf(phases.at(-1)!, options.from);
  const done = last.stepsDone;
  last.dispose();
  let state = options.from;
  for (const phase of phases.filter((each) => each.steps! > done)) {
    const trainer = trainerOf(phase, state);
    await run(trainer, options);
    state = await toCheckpoint(trainer);
    trainer.dispose();
  }
  return model;
}

async function run(trainer: TaskTrainer<GPT>, { saveEvery, save, onStep }: TrainingOptions): Promise<void> {
  for await (const event of train(trainer, saveEvery === undefined ? {} : { saveEvery })) {
    if (event.type === 'step') onStep?.(event.report);
    else if (event.type === 'save') await save?.(await toCheckpoint(trainer));
  }
}
