// Prepares a tuning run from its recipe: a copy of the model, of which the right part can be trained, and the rows that it learns from.
import { addLora, TuningRows, type Adapter, type LabelledTokens } from '@kk/finetune';
import { Trainer, type Transformer } from '@kk/gpt';
import { MixedRows, type TrainingRows } from '@kk/gpt/data';
import type { Tensor } from '@kk/nn-core';
import type { Tools } from '../job.js';
import type { ReadyModel } from '../ready-model.js';
import { copyModel } from './copy-model.js';
import { labelLines, labelStories, storyRows } from './lines.js';
import { BATCH_SIZE, FIRST_REPLAYED, LAST_LAYERS, LORA_RANK, modelOf, storiesToReplay, type TuningRecipe, type TuningWay } from './recipe.js';

export interface PreparedModel {
  base: ReadyModel;
  /** The copy that is trained. */
  gpt: Transformer;
  /** Only where the way is LoRA. */
  adapter: Adapter | undefined;
  dispose(): void;
}

export interface PreparedTuning extends PreparedModel {
  trainer: Trainer;
  labelled: readonly LabelledTokens[];
  /** The rows of the lines. */
  rows: TuningRows;
}

/** A copy of the model of this language, with the adapter that belongs to the way, frozen where it is not trained. */
export async function prepareModel(tools: Tools, { language, way, seed }: Pick<TuningRecipe, 'language' | 'way' | 'seed'>): Promise<PreparedModel> {
  const base = await tools.model(modelOf(language));
  const gpt = await copyModel(base.gpt);
  const adapter = chooseTrained(gpt, way, seed);
  return {
    base,
    gpt,
    adapter,
    dispose() {
      if (adapter?.isRemoved === false) adapter.remove();
      gpt.dispose();
    },
  };
}

function chooseTrained(gpt: Transformer, way: TuningWay, seed: number): Adapter | undefined {
  if (way === 'lora') return addLora(gpt, { rank: LORA_RANK, seed });
  if (way === 'full') return undefined;
  gpt.freeze();
  for (let layer = gpt.blocks.length - LAST_LAYERS; layer < gpt.blocks.length; layer++) gpt.unfreeze(`blocks.${layer}`);
  gpt.unfreeze('finalNorm');
  return undefined;
}

/** @throws RangeError when no line is complete, or each is longer than the model can read */
export async function prepareTuning(tools: Tools, recipe: TuningRecipe): Promise<PreparedTuning> {
  const model = await prepareModel(tools, recipe);
  try {
    const { tokenizer } = model.base;
    const { contextLength, vocabSize } = model.gpt.config;
    const { seed, steps, learningRate } = recipe;
    const labelled = await labelLines(tokenizer, recipe.lines);
    const rows = new TuningRows(labelled, { contextLength, vocabSize, seed });
    const trainer = new Trainer(model.gpt, await withReplay(rows, recipe, tokenizer), { learningRate, steps, batchSize: BATCH_SIZE, seed, weightDecay: 0 });
    return {
      ...model,
      trainer,
      labelled,
      rows,
      dispose() {
        trainer.dispose();
        model.dispose();
      },
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** The rows of the lines, among which stories are mixed; each story comes once. */
async function withReplay(rows: TuningRows, recipe: TuningRecipe, tokenizer: ReadyModel['tokenizer']): Promise<TrainingRows> {
  const { replay, language, seed } = recipe;
  if (replay === 0) return rows;
  const stories = storyRows(await labelStories(tokenizer, language, { first: FIRST_REPLAYED, count: storiesToReplay(recipe) }), { contextLength: rows.contextLength, vocabSize: rows.vocabSize, seed });
  return new MixedRows([{ rows, weight: 100 - replay }, { rows: stories, weight: replay }], { seed });
}

/** What is trained, by its names. */
export const trainedOf = (gpt: Transformer): Map<string, Tensor> => new Map([...gpt.namedParameters()].filter(([, { requiresGradient }]) => requiresGradient));
