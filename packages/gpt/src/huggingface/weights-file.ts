// Reads and writes the weights of a Hugging Face folder, model.safetensors; `shards.ts` reads weights that are in several files.
import { checkOptions, readSafetensors, toFloat32, writeSafetensors, type Engine, type OptionNames, type SafeTensor, type TensorToWrite } from '@kk/nn-core';
import { areFinite } from '../model/finite.js';
import { countParameters, createTransformer, isLlamaConfig, type Transformer, type TransformerConfig, type TransformerOf } from '../model/transformer.js';
import { checkDType, type WeightsOptions } from './dtype.js';
import { GPT2_NAMING, huggingFaceNames, LLAMA_NAMING, namingOf, OUTPUT, type Naming } from './names.js';
import { transposed } from './transposed.js';

const OPTIONS: OptionNames<WeightsOptions> = { dtype: 'optional' };

/**
 * Writes the weights of a model as the bytes of model.safetensors.
 * @throws Error when a layer was replaced by one that the architecture does not have, or a weight is not a finite number in float32;
 * RangeError that names the tensor when a weight is too large for F16 or BF16, or the precision is another
 */
export async function toSafetensors(model: Transformer, options: WeightsOptions = {}): Promise<Uint8Array> {
  checkOptions('toSafetensors', options, OPTIONS);
  const dtype = checkDType('toSafetensors', options.dtype);
  const naming = namingOf(model);
  const tensors = new Map<string, TensorToWrite>();
  for (const [name, tensor] of huggingFaceNames(model)) {
    const data = Float32Array.from(await tensor.data());
    if (!areFinite(data)) throw new Error(`The model is not saved: ${name} holds numbers that are not finite, as after a training that broke down. Take an earlier checkpoint, or train anew.`);
    const [rows, columns] = tensor.shape as [number, number];
    tensors.set(name, naming.transposed.test(name) ? { dtype, shape: [columns, rows], data: transposed(data, rows, columns) } : { dtype, shape: [...tensor.shape], data });
  }
  return writeSafetensors(tensors, { format: 'pt' });
}

/**
 * Creates a model with the weights of a file; see `fromTensors`.
 * @param bytes the contents of model.safetensors
 */
export function fromSafetensors<C extends TransformerConfig>(engine: Engine, config: C, bytes: Uint8Array): TransformerOf<C> {
  return fromTensors(engine, config, readSafetensors(bytes).tensors);
}

/**
 * Creates a model with the weights of one file or several. Names may lack their prefix, `transformer.` or `model.`; a tensor that is present
 * with and without it must be the same twice. With tied embeddings, one of the tables of the token embeddings and of `lm_head.weight` is
 * enough; if both are present, they must be equal.
 * @throws Error that names the tensor when one is missing, unknown, of the wrong shape, present twice with different numbers, or holds
 * numbers that are not finite
 */
export function fromTensors<C extends TransformerConfig>(engine: Engine, config: C, tensors: ReadonlyMap<string, SafeTensor>): TransformerOf<C> {
  const naming = isLlamaConfig(config) ? LLAMA_NAMING : GPT2_NAMING;
  const tokens = `${naming.prefix}${naming.otherLayers.tokens}.weight`;
  const weights = withPrefix(naming, tensors);
  const isTied = config.tiedEmbeddings ?? !isLlamaConfig(config);
  if (isTied) keepOneName(weights, tokens);
  checkBeforeBuilding(config, weights, isTied ? [tokens] : [tokens, OUTPUT]);
  const model = createTransformer(engine, config, { blank: true });
  try {
    fill(model, weights);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

/** The weights by their names with the prefix. */
function withPrefix({ prefix, buffers }: Naming, tensors: ReadonlyMap<string, SafeTensor>): Map<string, SafeTensor> {
  const weights = new Map<string, SafeTensor>();
  for (const [given, tensor] of tensors) {
    if (buffers.test(given)) continue;
    const name = given.startsWith(prefix) || given === OUTPUT ? given : prefix + given;
    const other = weights.get(name);
    if (other && !isSame(other, tensor)) {
      throw new Error(`The weights hold ${name} twice, with and without "${prefix}" at its beginning, and the two differ: remove the one that does not belong there.`);
    }
    weights.set(name, tensor);
  }
  return weights;
}

/** Keeps a tied table only under the name of the token embeddings. */
function keepOneName(weights: Map<string, SafeTensor>, tokensName: string): void {
  const [tokens, output] = [weights.get(tokensName), weights.get(OUTPUT)];
  if (!output) return;
  if (tokens && !isSame(tokens, output)) {
    throw new Error(`${OUTPUT} differs from the token embeddings, but config.json ties them: it should say "tie_word_embeddings": false.`);
  }
  weights.set(tokensName, output);
  weights.delete(OUTPUT);
}

/** Checks that config and weights belong together before a model of the config's size is allocated. */
function checkBeforeBuilding(config: TransformerConfig, weights: ReadonlyMap<string, SafeTensor>, tables: readonly string[]): void {
  for (const name of tables) {
    const table = weights.get(name);
    if (!table) throw new Error(`The weights lack the tensor ${name}, which config.json asks for${tables.length === 1 ? '' : ', for tie_word_embeddings is false'}.`);
    checkShape(name, table, [config.vocabSize, config.width]);
  }
  const stored = [...weights.values()].reduce((count, { shape }) => count + shape.reduce((a, b) => a * b, 1), 0);
  if (countParameters(config) > stored) {
    throw new Error(`The config describes a model of ${countParameters(config)} numbers, but the weights hold only ${stored}: they do not belong together.`);
  }
}

function fill(model: Transformer, weights: Map<string, SafeTensor>): void {
  const naming = namingOf(model);
  for (const [name, tensor] of huggingFaceNames(model)) {
    const weight = weights.get(name);
    if (!weight) throw new Error(`The weights lack the tensor ${name}, which config.json asks for.`);
    const isTransposed = naming.transposed.test(name);
    const shape = isTransposed ? [...tensor.shape].reverse() : tensor.shape;
    checkShape(name, weight, shape);
    const values = toFloat32(weight);
    if (!areFinite(values)) throw new Error(`${name} holds numbers that are not finite: the model was ruined before it was saved, or the file is damaged. Take another copy or an earlier checkpoint.`);
    tensor.set(isTransposed ? transposed(values, shape[0]!, shape[1]!) : values);
    weights.delete(name);
  }
  const [unknown] = weights.keys();
  if (unknown !== undefined) throw new Error(`The weights hold a tensor that ${naming.title} does not have, ${unknown}: config.json and weights do not belong together.`);
}

function checkShape(name: string, { shape }: SafeTensor, expected: readonly number[]): void {
  if (shape.join() !== expected.join()) {
    throw new Error(`${name} has shape (${shape.join(', ')}); config.json asks for (${expected.join(', ')}).`);
  }
}

function isSame(a: SafeTensor, b: SafeTensor): boolean {
  return a.dtype === b.dtype && a.shape.join() === b.shape.join() && a.data.length === b.data.length && a.data.every((byte, i) => byte === b.data[i]);
}
