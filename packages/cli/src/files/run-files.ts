// The files by which a folder says what it holds: a model, an adapter, a reward model, and how they were made. A run that replaces another one removes
// them all before it writes its own: an old model beside a new adapter would be used as if they belonged together.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from './exists.js';

export const RECIPE = 'recipe.json';
export const CHECKPOINT = 'checkpoint.safetensors';
/** Makes the folder of a model one of a reward model. */
export const REWARD_HEAD = 'reward_head.safetensors';

/** Names the files of a model whose weights are in several. */
export const INDEX = 'model.safetensors.index.json';
/** The files that a training run writes, or that a model of somebody else consists of. */
export const MODEL_FILES: readonly string[] = ['config.json', 'model.safetensors', INDEX, CHECKPOINT, 'tokenizer.json'];
/** All that runs write, and by which a folder is taken for what it is. */
export const RUN_FILES: readonly string[] = [...MODEL_FILES, 'adapter_config.json', 'adapter_model.safetensors', REWARD_HEAD, RECIPE, 'generation_config.json'];

/** What only tunings write: beside a model that is trained anew it would be taken for a part of it. */
export const TUNING_FILES: readonly string[] = RUN_FILES.filter((name) => !MODEL_FILES.includes(name));

/** Those that are in a folder; none if there is no such folder. */
export async function runFilesIn(folder: string, names = RUN_FILES): Promise<string[]> {
  const present = await Promise.all(names.map((name) => exists(join(folder, name))));
  return names.filter((_, at) => present[at]);
}

/** Removes those that are in a folder, first what a run would go on from. Call it when there is something to put in their place, and never for files that are read. */
export async function removeRunFiles(folder: string, names = RUN_FILES): Promise<void> {
  for (const name of new Set([...[CHECKPOINT, RECIPE].filter((first) => names.includes(first)), ...names])) await rm(join(folder, name), { force: true });
}
