// Reads and writes the weights of a Hugging Face GPT-2 folder, model.safetensors; `shards.ts` reads weights that are in several files.
import { checkOptions, readSafetensors, toFloat32, writeSafetensors, type Engine, type OptionNames, type SafeTensor, type TensorToWrite } from '@kk/nn-core';
import { countParameters, type GPTConfig } from '../model/config.js';
import { areFinite } from '../model/finite.js';
import { GPT } from '../model/gpt.js';
import { checkDType, type WeightsOptions } from './dtype.js';
import { huggingFaceNames } from './names.js';

/** Buffers of attention layers in older files; they contain no weights. */
const IGNORED = /(^|\.)attn\.(bias|masked_bias)$/;
const PREFIX = 'transformer.';
const TOKENS = `${PREFIX}wte.weight`;
const OUTPUT = 'lm_head.weight';

const OPTIONS: OptionNames<WeightsOptions> = { dtype: 'optional' };

/**
 * Writes the weights of a model as the bytes of model.safetensors.
 * @throws Error when a layer was replaced by one that GPT-2 does not have, or a weight is not a finite number in float32; RangeError that
 * names the tensor when a weight is too large for F16, or the precision is another
 */
export async function toSafetensors(model: GPT, options: WeightsOptions = {}): Promise<Uint8Array> {
  checkOptions('toSafetensors', options, OPTIONS);
  const dtype = checkDType('toSafetensors', options.dtype);
  const tensors = new Map<string, TensorToWrite>();
  for (const [name, tensor] of huggingFaceNames(model)) {
    const data = Float32Array.from(await tensor.data());
    if (!areFinite(data)) throw new Error(`The model is not saved: ${name} holds numbers that are not finite, as after a training that broke down. Take an earlier checkpoint, or train anew.`);
    tensors.set(name, { dtype, shape: [...tensor.shape], data });
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
 * Creates a model with the weights of one file or several. Names may lack the prefix `transformer.`; a tensor that is present with and
 * without it must be the same twice. With tied embeddings, one of `transformer.wte.weight` and `lm_head.weight` is enough; if both are
 * present, they must be equal.
 * @throws Error that names the tensor when one is missing, unknown, of the wrong shape, present twice with different numbers, or holds
 * numbers that are not finite
 */
export function fromTensors(engine: Engine, config: GPTConfig, tensors: ReadonlyMap<string, SafeTensor>): GPT {
  const weights = withPrefix(tensors);
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

/** The weights by their names with the prefix. */
function withPrefix(tensors: ReadonlyMap<string, SafeTensor>): Map<string, SafeTensor> {
  const weights = new Map<string, SafeTensor>();
  for (const [given, tensor] of tensors) {
    if (IGNORED.test(given)) continue;
    const name = given.startsWith(PREFIX) || given === OUTPUT ? given : PREFIX + given;
    const other = weights.get(name);
    if (other && !isSame(other, tensor)) {
      throw new Error(`The weights hold ${name} twice, with and without "${PREFIX}" at its beginning, and the two differ: remove the one that does not belong there.`);
    }
    weights.set(name, tensor);
  }
  return weights;
}

/** Keeps a tied table only under the name of the token embeddings. */
function keepOneName(weights: Map<string, SafeTensor>): void {
  const [tokens, output] = [weights.get(TOKENS), weights.get(OUTPUT)];
  if (!output) return;
  if (tokens && !isSame(tokens, output)) {
    throw new Error(`${OUTPUT} differs from the token embeddings, but config.json ties them: it should say "tie_word_embeddings": false.`);
  }
  weights.set(TOKENS, output);
  weights.delete(OUTPUT);
}

/** Checks that config and weights belong together before a model of the config's size is allocated. */
function checkBeforeBuilding(config: GPTConfig, weights: ReadonlyMap<string, SafeTensor>): void {
  const isTied = config.tiedEmbeddings ?? true;
  for (const name of isTied ? [TOKENS] : [TOKENS, OUTPUT]) {
    const table = weights.get(name);
    if (!table) throw new Error(`The weights lack the tensor ${name}, which config.json asks for${isTied ? '' : ', for tie_word_embeddings is false'}.`);
    checkShape(name, table, [config.vocabSize, config.width]);
  }
  const stored = [...weights.values()].reduce((count, { shape }) => count + shape.reduce((a, b) => a * b, 1), 0);
  if (countParameters(config) > stored) {
    throw new Error(`The config describes a model of ${countParameters(config)} numbers, but the weights hold only ${stored}: they do not belong together.`);
  }
}

function fill(model: GPT, weights: Map<string, SafeTensor>): void {
  for (const [name, tensor] of huggingFaceNames(model)) {
    const weight = weights.get(name);
    if (!weight) throw new Error(`The weights lack the tensor ${name}, which config.json asks for.`);
    checkShape(name, weight, tensor.shape);
    const values = toFloat32(weight);
    if (!areFinite(values)) throw new Error(`${name} holds numbers that are not finite: the model was ruined before it was saved, or the file is damaged. Take another copy or an earlier checkpoint.`);
    tensor.set(values);
    weights.delete(name);
  }
  const [unknown] = weights.keys();
  if (unknown !== undefined) throw new Error(`The weights hold a tensor that GPT-2 does not have, ${unknown}: config.json and weights do not belong together.`);
}

function checkShape(name: string, { shape }: SafeTensor, expected: readonly number[]): void {
  if (shape.join() !== expected.join()) {
    throw new Error(`${name} has shape (${shape.join(', ')}); config.json asks for (${expected.join(', ')}).`);
  }
}

function isSame(a: SafeTensor, b: SafeTensor): boolean {
  return a.dtype === b.dtype && a.shape.join() === b.shape.join() && a.data.length === b.data.length && a.data.every((byte, i) => byte === b.data[i]);
}
