// Reads and writes model.safetensors of a Hugging Face GPT-2 folder; `shards.ts` reads weights that are in several files.
import { readSafetensors, toFloat32, writeSafetensors, type Engine, type SafeTensor } from '@kk/nn-core';
import { countParameters, type GPTConfig } from '../model/config.js';
import { GPT } from '../model/gpt.js';
import { huggingFaceNames } from './names.js';

/** Buffers of attention layers in older files; they contain no weights. */
const IGNORED = /(^|\.)attn\.(bias|masked_bias)$/;
const PREFIX = 'transformer.';
const TOKENS = `${PREFIX}wte.weight`;
const OUTPUT = 'lm_head.weight';

/**
 * Writes the weights of a model as the bytes of model.safetensors, in float32.
 * @throws Error when a layer was replaced by one that GPT-2 does not have
 */
export async function toSafetensors(model: GPT): Promise<Uint8Array> {
  const tensors = new Map<string, { dtype: 'F32'; shape: number[]; data: Float32Array }>();
  for (const [name, tensor] of huggingFaceNames(model)) {
    tensors.set(name, { dtype: 'F32', shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) });
  }
  return writeSafetensors(tensors, { format: 'pt' });
}

/**
 * Creates a model with the weights of a file; see `fromTensors`.
 * @param bytes the contents of model.safetensors
 */
export function fromSafetensors(engine: Engine, config: GPTConfig, bytes: Uint8Array): GPT {
  return fromTensors(engine, config, readSafetensors(bytes).tensors);
}

/**
 * Creates a model with the weights of one file or several. Names may lack the prefix `transformer.`. With tied embeddings, one of
 * `transformer.wte.weight` and `lm_head.weight` is enough; if both are present, they must be equal.
 * @throws Error that names the tensor when one is missing, unknown, or of the wrong shape
 */
export function fromTensors(engine: Engine, config: GPTConfig, tensors: ReadonlyMap<string, SafeTensor>): GPT {
  const weights = new Map<string, SafeTensor>();
  for (const [name, tensor] of tensors) if (!IGNORED.test(name)) weights.set(name.startsWith(PREFIX) || name === OUTPUT ? name : PREFIX + name, tensor);
  if (config.tiedEmbeddings ?? true) keepOneName(weights);
  checkBeforeBuilding(config, weights);
  const model = new GPT(engine, config, { blank: true });
  try {
    fill(model, weights);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

/** Keeps a tied table only under the name of the token embeddings. */
function keepOneName(weights: Map<string, SafeTensor>): void {
  const [tokens, output] = [weights.get(TOKENS), weights.get(OUTPUT)];
  if (!output) return;
  if (tokens && !isSame(tokens, output)) {
    throw new Error(`model.safetensors: ${OUTPUT} differs from the token embeddings, but config.json ties them: it should say "tie_word_embeddings": false.`);
  }
  weights.set(TOKENS, output);
  weights.delete(OUTPUT);
}

/** Checks that config and weights belong together before a model of the config's size is allocated. */
function checkBeforeBuilding(config: GPTConfig, weights: ReadonlyMap<string, SafeTensor>): void {
  const isTied = config.tiedEmbeddings ?? true;
  for (const name of isTied ? [TOKENS] : [TOKENS, OUTPUT]) {
    const table = weights.get(name);
    if (!table) throw new Error(`model.safetensors lacks the tensor ${name}, which config.json asks for${isTied ? '' : ', for tie_word_embeddings is false'}.`);
    checkShape(name, table, [config.vocabSize, config.width]);
  }
  const stored = [...weights.values()].reduce((count, { shape }) => count + shape.reduce((a, b) => a * b, 1), 0);
  if (countParameters(config) > stored) {
    throw new Error(`The config describes a model of ${countParameters(config)} numbers, but model.safetensors holds only ${stored}: the two files do not belong together.`);
  }
}

function fill(model: GPT, weights: Map<string, SafeTensor>): void {
  for (const [name, tensor] of huggingFaceNames(model)) {
    const weight = weights.get(name);
    if (!weight) throw new Error(`model.safetensors lacks the tensor ${name}, which config.json asks for.`);
    checkShape(name, weight, tensor.shape);
    tensor.set(toFloat32(weight));
    weights.delete(name);
  }
  const [unknown] = weights.keys();
  if (unknown !== undefined) throw new Error(`model.safetensors holds a tensor that GPT-2 does not have, ${unknown}: config.json and weights do not belong together.`);
}

function checkShape(name: string, { shape }: SafeTensor, expected: readonly number[]): void {
  if (shape.join() !== expected.join()) {
    throw new Error(`model.safetensors: ${name} has shape (${shape.join(', ')}); config.json asks for (${expected.join(', ')}).`);
  }
}

function isSame(a: SafeTensor, b: SafeTensor): boolean {
  return a.dtype === b.dtype && a.data.length === b.data.length && a.data.every((byte, i) => byte === b.data[i]);
}
