// Reads and writes model.safetensors of a Hugging Face GPT-2 folder.
import { readSafetensors, toFloat32, writeSafetensors, type Engine, type SafeTensor } from '@kk/nn-core';
import { countParameters, type GPTConfig } from '../model/config.js';
import { GPT } from '../model/gpt.js';
import { huggingFaceNames } from './names.js';

/** Buffers of attention layers in older files; they contain no weights. */
const IGNORED = /(^|\.)attn\.(bias|masked_bias)$/;
const PREFIX = 'transformer.';

/** Writes the weights of a model as the bytes of model.safetensors, in float32. */
export async function toSafetensors(model: GPT): Promise<Uint8Array> {
  const tensors = new Map<string, { dtype: 'F32'; shape: number[]; data: Float32Array }>();
  for (const [name, tensor] of huggingFaceNames(model)) {
    tensors.set(name, { dtype: 'F32', shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) });
  }
  return writeSafetensors(tensors, { format: 'pt' });
}

/**
 * Creates a model with the weights of a file. Names may lack the prefix `transformer.`; `lm_head.weight` may be present if it equals the
 * token embeddings.
 * @param bytes the contents of model.safetensors
 * @throws Error that names the tensor when one is missing, unknown, or of the wrong shape
 */
export function fromSafetensors(engine: Engine, config: GPTConfig, bytes: Uint8Array): GPT {
  const { tensors } = readSafetensors(bytes);
  const stored = [...tensors.values()].reduce((count, { shape }) => count + shape.reduce((a, b) => a * b, 1), 0);
  if (countParameters(config) > stored) {
    throw new Error(`The config describes a model of ${countParameters(config)} numbers, but model.safetensors holds only ${stored}: the two files do not belong together.`);
  }
  const weights = new Map<string, SafeTensor>();
  for (const [name, tensor] of tensors) if (!IGNORED.test(name)) weights.set(name.startsWith(PREFIX) || name === 'lm_head.weight' ? name : PREFIX + name, tensor);
  const head = weights.get('lm_head.weight');
  if (head) {
    checkTied(head, weights.get(`${PREFIX}wte.weight`));
    weights.delete('lm_head.weight');
  }
  const model = new GPT(engine, config, { blank: true });
  try {
    fill(model, weights);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

function fill(model: GPT, weights: Map<string, SafeTensor>): void {
  for (const [name, tensor] of huggingFaceNames(model)) {
    const weight = weights.get(name);
    if (!weight) throw new Error(`model.safetensors lacks the tensor ${name}, which config.json asks for.`);
    if (weight.shape.join() !== tensor.shape.join()) {
      throw new Error(`model.safetensors: ${name} has shape (${weight.shape.join(', ')}); config.json asks for (${tensor.shape.join(', ')}).`);
    }
    tensor.set(toFloat32(weight));
    weights.delete(name);
  }
  const [unknown] = weights.keys();
  if (unknown !== undefined) throw new Error(`model.safetensors holds a tensor that GPT-2 does not have, ${unknown}: config.json and weights do not belong together.`);
}

function checkTied(head: SafeTensor, embedding: SafeTensor | undefined): void {
  const same = embedding && head.dtype === embedding.dtype && head.data.length === embedding.data.length && head.data.every((byte, i) => byte === embedding.data[i]);
  if (!same) throw new Error('model.safetensors: lm_head.weight differs from the token embeddings; only models with tied embeddings can be read.');
}
