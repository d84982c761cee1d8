// Checks a model's folder: whether it contains a model, whether it may be overwritten, and what is wrong with it.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../errors.js';
import { INDEX, MODEL_FILES, runFilesIn } from './run-files.js';
import { unfinishedTuning } from '../finetune/unfinished.js';
import { exists } from './exists.js';

/** Older folders hold their weights in one of these, which cannot be read here. */
const PYTORCH_WEIGHTS = ['pytorch_model.bin', 'pytorch_model.bin.index.json'];

export const tokenizerFile = (folder: string): string => join(folder, 'tokenizer.json');

/** The files of a model in a folder; none if there is no such folder. */
export const modelFilesIn = (folder: string): Promise<string[]> => runFilesIn(folder, MODEL_FILES);

/**
 * @throws {Failure} unless there is a folder with a model in it
 */
export async function checkModelFolder(folder: string, shown: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) throw new Failure(`Cannot read ${shown}: there is no such file or folder.`, 'Train a model with kk train, or see what it can do with kk demo.');
  if (!found.isDirectory()) throw new Failure(`${shown} is a file; expected the folder of a model.`);
  const missing = ['config.json', 'model.safetensors'];
  const files = await modelFilesIn(folder);
  // Opening the model says how weights of PyTorch are converted.
  const hasWeights = files.includes(INDEX) || (await isThere(folder, PYTORCH_WEIGHTS));
  const absent = missing.filter((name) => !files.includes(name) && !(name === 'model.safetensors' && hasWeights));
  if (absent.length > 0) throw new Failure(`${shown} holds no model: ${absent.join(' and ')} ${absent.length > 1 ? 'are' : 'is'} missing.`, await unfinishedTuning(folder, shown));
}

const isThere = async (folder: string, names: readonly string[]): Promise<boolean> => (await Promise.all(names.map((name) => exists(join(folder, name))))).includes(true);
