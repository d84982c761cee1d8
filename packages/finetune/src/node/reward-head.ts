// The head of a reward model as a file, beside the model or the adapter that it belongs to.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transformer } from '@kk/gpt';
import { readSafetensors, toFloat32, writeSafetensors } from '@kk/nn-core';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import { RewardModel } from '../preferences/reward/reward-model.js';

const FILE = 'reward_head.safetensors';
const WEIGHT = 'head.weight';

/**
 * Writes reward_head.safetensors into the folder of the model, or of its adapter, which is saved by `saveModel` or `saveAdapter`.
 * @throws Error when the file cannot be written; what was there stays
 */
export async function saveRewardHead(folder: string, { head: { weight } }: RewardModel): Promise<void> {
  const data = Float32Array.from(await weight.data());
  await writeWholeFile(join(folder, FILE), writeSafetensors({ [WEIGHT]: { dtype: 'F32', shape: [...weight.shape], data } }));
}

/**
 * The reward model of a folder that `saveRewardHead` wrote to.
 * @param model that of the folder, with its adapter if it has one
 * @throws Error that names the file and what is wrong with it
 */
export async function loadRewardHead<M extends Transformer>(folder: string, model: M): Promise<RewardModel<M>> {
  const path = join(folder, FILE);
  const reward = new RewardModel(model);
  const { weight } = reward.head;
  try {
    const found = readSafetensors(await readFile(path)).tensors.get(WEIGHT);
    if (!found) throw new Error(`it holds no tensor ${WEIGHT}`);
    if (found.shape.join() !== weight.shape.join()) throw new Error(`${WEIGHT} has the shape (${found.shape.join(', ')}), and a model of width ${model.config.width} needs (${weight.shape.join(', ')}): load the model of this folder`);
    weight.set(toFloat32(found));
    return reward;
  } catch (error) {
    throw new Error(`Cannot load the reward model in ${folder}: ${FILE}: ${reasonOf(error)}. Expected a folder that kk finetune reward wrote.`, { cause: error });
  }
}
