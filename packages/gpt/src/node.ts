// @kk/gpt/node: models and checkpoints as folders on disk. Every file is written under a temporary name and renamed.
import { access, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkOptions, type Engine } from '@kk/nn-core';
import { reasonOf, systemReason, writeWholeFile } from '@kk/whole-file';
import { checkpointFacts, fromCheckpoint, toCheckpoint, type CheckpointFacts, type ResumeOptions } from './checkpoint/checkpoint.js';
import type { TrainingRows } from './data/training-rows.js';
import { fromHuggingFaceConfig, toHuggingFaceConfig } from './huggingface/config-file.js';
import type { WeightsOptions } from './huggingface/dtype.js';
import { fromGenerationConfig, toGenerationConfig, type GenerationConfig } from './huggingface/generation-config.js';
import { readShards } from './huggingface/shards.js';
import { fromSafetensors, fromTensors, toSafetensors } from './huggingface/weights-file.js';
import { shortenContext, type Transformer, type TransformerConfig } from './model/transformer.js';
import type { TokenIds } from './training/token-ids.js';
import type { Trainer } from './training/trainer.js';

export { CheckpointHistory, type CheckpointHistoryOptions, type KeptCheckpoint } from './node/checkpoint-history.js';
export { downloadModel, type DownloadedModel } from './node/download-model.js';
export { openTokenFile, verifyTokenFile, writeTokenFile, type TokenFileOptions, type TokenPieces } from './node/token-files.js';
export { openTokenShards, writeTokenShards, type TokenShardsOptions } from './node/token-shards.js';

const CONFIG = 'config.json';
const GENERATION = 'generation_config.json';
const WEIGHTS = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
/** The older format of Hugging Face folders, whole and sharded. */
const PYTORCH_WEIGHTS = ['pytorch_model.bin', 'pytorch_model.bin.index.json'];
const TOKENIZER = 'tokenizer.json';
const CHECKPOINT = 'checkpoint.safetensors';

export interface SaveOptions extends WeightsOptions {
  /** The tokenizer's JSON, written as tokenizer.json. */
  tokenizer?: unknown;
  /** Written as generation_config.json: the tokens that end a text, and how to draw. */
  generation?: GenerationConfig | undefined;
}

const toJSON = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes a Hugging Face folder: config.json, model.safetensors and, if given, tokenizer.json and
 * generation_config.json.
 * @throws Error when `folder` is a file, a layer was replaced by one that the architecture does not have, or weights are not finite or too large for F16 or BF16; the folder is then unchanged
 */
export async function saveModel(folder: string, model: Transformer, options: SaveOptions = {}): Promise<void> {
  const precision: WeightsOptions = options.dtype === undefined ? {} : { dtype: options.dtype };
  await expectFolder(folder);
  const weights = await toSafetensors(model, precision); // a model that cannot be saved leaves the folder as it was
  if (options.tokenizer !== undefined) await writeWholeFile(join(folder, TOKENIZER), toJSON(options.tokenizer));
  if (options.generation !== undefined) await writeWholeFile(join(folder, GENERATION), toJSON(toGenerationConfig(options.generation)));
  await writeWholeFile(join(folder, CONFIG), toJSON(toHuggingFaceConfig(model.config, precision)));
  await writeWholeFile(join(folder, WEIGHTS), weights);
}

/**
 * The sizes of the model in a Hugging Face folder, without its weights.
 * @throws Error that names the file and what is wrong with it
 */
export function readModelConfig(folder: string): Promise<TransformerConfig> {
  return explain(join(folder, CONFIG), async (path) => fromHuggingFaceConfig(parse(await readFile(path, 'utf8'))));
}

/**
 * How the makers of a model generate with it, from generation_config.json; undefined if the folder has no such file.
 * @param vocabSize of the model
 * @throws Error that names the file and what is wrong with it
 */
export async function readGenerationConfig(folder: string, vocabSize: number): Promise<GenerationConfig | undefined> {
  const path = join(folder, GENERATION);
  if (!(await isThere(path))) return undefined;
  return explain(path, async () => fromGenerationConfig(parse(await readFile(path, 'utf8')), vocabSize));
}

export interface LoadOptions {
  /** Shortens a longer context to this many positions, where they are rotary (see `shortenContext`). Default: the context of the file. */
  contextLength?: number;
}

/**
 * Reads a Hugging Face folder of a GPT-2, Llama, Mistral or Qwen2: model.safetensors, or without it the files that
 * model.safetensors.index.json names.
 * @throws Error that names the file and what is wrong with it, also when weights are not finite numbers
 */
export async function loadModel(engine: Engine, folder: string, options: LoadOptions = {}): Promise<Transformer> {
  checkOptions('loadModel', options, { contextLength: 'optional' });
  const whole = await readModelConfig(folder);
  const config = options.contextLength === undefined ? whole : shortenContext(whole, options.contextLength);
  const weights = await weightsFileIn(folder);
  if (weights === INDEX) {
    return explain(join(folder, INDEX), async (path) => {
      const index = parse(await readFile(path, 'utf8'));
      const tensors = await readShards(index, (file) => explain(join(folder, file), (shard) => readFile(shard)));
      return fromTensors(engine, config, tensors);
    });
  }
  return explain(join(folder, WEIGHTS), async (path) => fromSafetensors(engine, config, await readFile(path)));
}

/**
 * Writes the model folder and, last, checkpoint.safetensors, from which training resumes.
 * @throws DivergenceError when the weights are ruined; the folder is then unchanged
 */
export async function saveCheckpoint(folder: string, trainer: Trainer, options: SaveOptions & { extra?: unknown } = {}): Promise<void> {
  const checkpoint = await toCheckpoint(trainer, options.extra ?? null); // first, because it refuses ruined weights
  await saveModel(folder, trainer.model, options);
  await writeWholeFile(join(folder, CHECKPOINT), checkpoint);
}

/** The steps done, and the `extra` value that was passed to `saveCheckpoint`. */
export function readCheckpoint(folder: string): Promise<CheckpointFacts> {
  return explain(join(folder, CHECKPOINT), async (path) => checkpointFacts(await readFile(path)));
}

/** A trainer that continues from the checkpoint; `data` must be the same ids or rows as when it was saved. */
export function resumeTrainer(engine: Engine, folder: string, data: TokenIds | TrainingRows, options: ResumeOptions = {}): Promise<{ trainer: Trainer; extra: unknown }> {
  return explain(join(folder, CHECKPOINT), async (path) => fromCheckpoint(engine, await readFile(path), data, options));
}

/**
 * The file to read the weights from. A whole file has precedence, as in other readers: `saveModel` writes it beside the older shards of
 * a folder.
 * @throws Error when the folder has only weights that PyTorch wrote
 */
async function weightsFileIn(folder: string): Promise<typeof WEIGHTS | typeof INDEX> {
  if (await isThere(join(folder, WEIGHTS))) return WEIGHTS;
  if (await isThere(join(folder, INDEX))) return INDEX;
  for (const name of PYTORCH_WEIGHTS) {
    if (!(await isThere(join(folder, name)))) continue;
    const convert = `from transformers import AutoModelForCausalLM; AutoModelForCausalLM.from_pretrained(${JSON.stringify(folder)}).save_pretrained(${JSON.stringify(folder)}, safe_serialization=True)`;
    throw new Error(`${folder} holds its weights only as ${name}, a Python pickle, which can run any code when it is read; expected ${WEIGHTS}. Convert it in Python: ${convert}`);
  }
  return WEIGHTS; // reading it says that there is none
}

const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Error('it is not valid JSON.', { cause });
  }
}

/** @throws Error when there is something else than a folder of this name */
async function expectFolder(path: string): Promise<void> {
  const present = await stat(path).catch(() => undefined); // what else is wrong, writing says
  if (present && !present.isDirectory()) throw Object.assign(new Error(`${path} is a file; expected the name of a folder, which is made where there is none.`), { code: 'ENOTDIR', path });
}

/** Runs `read` and prefixes its errors with the path of the file, unless they begin with its name already. */
async function explain<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (error) {
    const message = reasonOf(error);
    const name = `${basename(path)}: `;
    throw new Error(systemReason(error) === undefined ? `${path}: ${message.startsWith(name) ? message.slice(name.length) : message}` : `Cannot read ${path}: ${message}.`, { cause: error });
  }
}
