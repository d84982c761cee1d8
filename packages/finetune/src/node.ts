// @kk/finetune/node: tuning data, adapters and tuned models as files. Every file is written under a temporary name and renamed.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transformer } from '@kk/gpt';
import { readSafetensors, writeSafetensors } from '@kk/nn-core';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import type { Adapter } from './lora/adapter.js';
import { checkMerge } from './lora/check-merge.js';
import { readPeftConfig } from './lora/peft/config-file.js';
import { fromPeft, type FromPeftOptions } from './lora/peft/from-peft.js';
import { toPeft, type ToPeftOptions } from './lora/peft/to-peft.js';

export { readExampleFile, readPreferenceFile, readPromptFile, readRatedAnswerFile } from './node/read-example-file.js';
export { loadVoteQueue, saveVoteQueue, saveVotes } from './node/vote-queue-folder.js';
export { loadRewardHead, saveRewardHead } from './node/reward-head.js';

const ADAPTER_CONFIG = 'adapter_config.json';
const ADAPTER_WEIGHTS = 'adapter_model.safetensors';
/** In the metadata of the weights: which settings they were saved with. PEFT passes over it. */
const SETTINGS = 'kk_settings_sha256';

/**
 * Writes a PEFT folder, adapter_config.json and adapter_model.safetensors, which Python's PEFT reads too. The weights are written last, and say
 * which settings they belong to: after a crash in between, `loadAdapter` refuses old weights with new settings. The merged model is compared with the
 * adapter and with the base first: see `checkMerge`.
 * @throws Error when the adapter fails that check, or was removed, or the folder cannot be written; it is then unchanged
 */
export async function saveAdapter(folder: string, adapter: Adapter, options: ToPeftOptions = {}): Promise<void> {
  const { config, tensors } = await toPeft(adapter, options);
  await checkMerge(adapter);
  await writeWholeFile(join(folder, ADAPTER_CONFIG), config);
  await writeWholeFile(join(folder, ADAPTER_WEIGHTS), writeSafetensors(tensors, { format: 'pt', [SETTINGS]: settingsOf(config) }));
}

/**
 * Puts the adapter of a PEFT folder into its base; see `fromPeft`.
 * @throws Error that names the file and what is wrong with it
 */
export async function loadAdapter<M extends Transformer>(folder: string, model: M, options: FromPeftOptions = {}): Promise<Adapter<M>> {
  const [config, weights] = [await read(join(folder, ADAPTER_CONFIG)), await read(join(folder, ADAPTER_WEIGHTS))];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(config);
    const { tensors, metadata } = readSafetensors(weights);
    const settings = metadata[SETTINGS];
    if (settings !== undefined && settings !== settingsOf(text)) throw new Error(`${ADAPTER_WEIGHTS} was saved with other settings than ${ADAPTER_CONFIG} has, as when saving was cut short. Save the adapter again, or go on with its run.`);
    return fromPeft(model, text, tensors, options);
  } catch (error) {
    throw new Error(`Cannot load the adapter in ${folder}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The settings that say what the weights mean, as a checksum. The base may be moved, and its name changed. */
function settingsOf(config: string): string {
  return createHash('sha256').update(JSON.stringify({ ...readPeftConfig(config), baseModel: null, dropout: 0 })).digest('hex');
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${reasonOf(error)}. Expected a PEFT folder with ${ADAPTER_CONFIG} and ${ADAPTER_WEIGHTS}.`, { cause: error });
  }
}
