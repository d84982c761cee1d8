// Opens a model from its folder, with its tokenizer if there is one.
import { join } from 'node:path';
import { shortenContext, type Transformer } from '@kk/gpt';
import { loadModel, readModelConfig } from '@kk/gpt/node';
import type { Engine } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { warnOfOtherBase } from '../finetune/other-base.js';
import { openDevice } from '../options/choose-device.js';
import type { DeviceOptions } from '../options/device.js';
import { baseOfAdapter, isAdapterFolder, openAdapters, type OpenAdapter } from './adapter-folder.js';
import { exists } from './exists.js';
import { checkModelFolder, modelFilesIn, tokenizerFile } from './model-folder.js';
import { fullPath, shortPath } from './paths.js';

export interface LoadedModel {
  model: Transformer;
  /** Of the last adapter that has one, else of the model; undefined if no folder has one. */
  tokenizer: Tokenizer | undefined;
  adapters: readonly OpenAdapter[];
  /** Full paths of the folders, that of the last adapter first and that of the model last. */
  folders: readonly string[];
  dispose(): void;
}

/** The key-value cache of a model of today would take gigabytes at its full context of up to a million positions. */
const MOST_POSITIONS = 4096;

/**
 * @param folder  as the user typed it; that of an adapter stands for its model with the adapter
 * @param device  where the model gets an engine of its own; or an engine to make it on, which stays when the model is disposed
 * @param adapterFolders  as the user typed them
 * @throws {Error} naming what is missing, damaged or inconsistent
 */
export async function openModel(context: Context, folder: string, device: DeviceOptions | { readonly engine: Engine }, adapterFolders: readonly string[] = []): Promise<LoadedModel> {
  const { cwd } = context.io;
  const given = fullPath(cwd, folder);
  const isAdapter = (await isAdapterFolder(given)) && !(await exists(join(given, 'config.json')));
  const path = isAdapter ? await baseOfAdapter(given, cwd) : given;
  const adapterPaths = [...(isAdapter ? [given] : []), ...adapterFolders.map((adapter) => fullPath(cwd, adapter))];
  const shown = shortPath(cwd, path);
  await checkModelFolder(path, shown);
  const hasTokenizer = (await modelFilesIn(path)).includes('tokenizer.json');
  const tokenizer = hasTokenizer ? await loadTokenizer(tokenizerFile(path)) : undefined;
  const isShared = 'engine' in device;
  const { engine } = isShared ? device : await openDevice(context, device, async () => ({ config: shortenContext(await readModelConfig(path), MOST_POSITIONS) }));
  const dispose = (): void => {
    if (!isShared) engine.dispose();
  };
  try {
    const model = await loadModel(engine, path, { contextLength: MOST_POSITIONS });
    if (tokenizer && tokenizer.vocabSize > model.config.vocabSize) {
      throw new Failure(`tokenizer.json in ${shown} has ${tokenizer.vocabSize} tokens, the model only ${model.config.vocabSize}: they do not belong together.`);
    }
    if (tokenizer && model.config.vocabSize > mostFilledUp(tokenizer.vocabSize)) {
      throw new Failure(`tokenizer.json in ${shown} has only ${tokenizer.vocabSize} tokens, the model ${model.config.vocabSize}: they do not belong together.`, 'Put the tokenizer of the model there.');
    }
    for (const adapter of adapterPaths) await warnOfOtherBase(context, adapter, path);
    const adapted = await openAdapters(model, tokenizer, adapterPaths, cwd);
    return { model, ...adapted, folders: [...adapterPaths.reverse(), path], dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * How many tokens a model may have: many have some more than their tokenizer, so that its matrices are fast (a multiple of 128; GPT-2 often has
 * 50,304 in place of 50,257), or for tokens to come (a percent).
 */
const mostFilledUp = (tokens: number): number => Math.max(Math.ceil(tokens / 128) * 128, Math.ceil(1.01 * tokens));

/** @throws {Failure} when the folder has no tokenizer */
export function needTokenizer({ tokenizer }: LoadedModel, folder: string): Tokenizer {
  if (!tokenizer) throw new Failure(`There is no tokenizer.json in ${folder}: text cannot become tokens.`, 'Put the tokenizer of the model there.');
  return tokenizer;
}
