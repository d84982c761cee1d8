// Reads an adapter that PEFT or this package wrote, and puts it into its base.
import { GPT, huggingFaceLayer, type Transformer } from '@kk/gpt';
import { checkOptions, Linear, toFloat32, type OptionNames, type SafeTensor } from '@kk/nn-core';
import { addLora } from '../add-lora.js';
import type { Adapter } from '../adapter.js';
import { LoraLinear } from '../lora-linear.js';
import { readPeftConfig, type PeftConfig } from './config-file.js';
import { PREFIX, ROWS } from './names.js';
import { isTarget, valueForName } from './patterns.js';

export interface FromPeftOptions {
  /** The adapter's name in the model; default 'default'. */
  name?: string;
}

const NAMES: OptionNames<FromPeftOptions> = { name: 'optional' };

/** The numbers of one layer, as PEFT stores them. */
interface LayerTensors {
  a?: SafeTensor;
  b?: SafeTensor;
}

/**
 * Puts an adapter of a PEFT folder into its base. As after `addLora`, the base is frozen and the adapter is trainable.
 * @param config the text of adapter_config.json
 * @param tensors those of adapter_model.safetensors: `readSafetensors(bytes).tensors`
 * @throws Error that names the field or the tensor when it is missing, unknown, of the wrong shape or not finite, when both do not fit
 * together or the adapter belongs to another base, or needs what this package does not have. The model is then unchanged
 */
export function fromPeft<M extends Transformer>(model: M, config: string, tensors: ReadonlyMap<string, SafeTensor>, options: FromPeftOptions = {}): Adapter<M> {
  checkOptions('fromPeft', options, NAMES);
  const settings = readPeftConfig(config);
  if (settings.fanInFanOut !== model instanceof GPT) {
    throw new RangeError(`adapter_config.json: fan_in_fan_out is ${settings.fanInFanOut}, which is ${settings.fanInFanOut ? 'that of a GPT-2' : 'not that of a GPT-2'}, and the model is a ${model instanceof GPT ? 'GPT' : 'Llama'}: the adapter belongs to another base.`);
  }
  const layers = layersByName(model);
  const { found, rows } = sortTensors(tensors, layers, tablesByName(model));
  checkTargets(settings, [...layers.keys()], found);
  const ranks: Record<string, number> = {};
  const alphas: Record<string, number> = {};
  const values = new Map<string, { down: Float32Array; up: Float32Array }>();
  for (const [theirs, { a, b }] of found) {
    const ours = layers.get(theirs)!;
    const rank = valueForName('rank_pattern', settings.rankPattern, theirs) ?? settings.rank;
    const [inputs, outputs] = sizesOf(model, ours);
    values.set(ours, { down: turned(`${theirs}.lora_A.weight`, a, [rank, inputs]), up: turned(`${theirs}.lora_B.weight`, b, [outputs, rank]) });
    ranks[ours] = rank;
    alphas[ours] = valueForName('alpha_pattern', settings.alphaPattern, theirs) ?? settings.alpha;
  }
  const tokens = tokensOf(model, settings, rows);
  const { rank, alpha, rsLora, dropout } = settings;
  const adapter = addLora(model, {
    rank, alpha, rsLora, dropout, targets: [...values.keys()], rankPattern: ranks, alphaPattern: alphas, trainableTokens: tokens, seed: 0, ...options,
  });
  for (const [name, { down, up }] of values) {
    const { weights } = adapter.layers.get(name)!;
    weights.down.set(down);
    weights.up.set(up);
  }
  for (const [name, { weights }] of adapter.tables) {
    const stored = rows.get(name);
    if (stored) weights.rows.set(stored);
  }
  return adapter;
}

/** Our name of each linear layer by its name in Hugging Face files. */
function layersByName(model: Transformer): Map<string, string> {
  const found = new Map<string, string>();
  const modules = model.namedModules();
  for (const [name, module] of modules) {
    if (!(module instanceof Linear || module instanceof LoraLinear) || modules.get(name.replace(/\.[^.]+$/, '')) instanceof LoraLinear) continue;
    found.set(huggingFaceLayer(model, name), name);
  }
  return found;
}

const tablesByName = (model: Transformer): Map<string, string> => new Map(['tokens', 'outputEmbedding'].map((name) => [huggingFaceLayer(model, name), name]));

/** @throws Error for a tensor that belongs to no layer of the model, or a number that is not finite */
function sortTensors(tensors: ReadonlyMap<string, SafeTensor>, layers: ReadonlyMap<string, string>, tables: ReadonlyMap<string, string>): { found: Map<string, LayerTensors>; rows: Map<string, Float32Array> } {
  const found = new Map<string, LayerTensors>();
  const rows = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) {
    const [, theirs = '', kind] = /^base_model\.model\.(.+)\.(lora_A\.weight|lora_B\.weight|token_adapter\.trainable_tokens_delta)$/.exec(name) ?? [];
    if (kind === ROWS && tables.has(theirs)) {
      rows.set(tables.get(theirs)!, finite(name, tensor));
    } else if (kind !== undefined && kind !== ROWS && layers.has(theirs)) {
      found.set(theirs, { ...found.get(theirs), [kind === 'lora_A.weight' ? 'a' : 'b']: tensor });
    } else {
      throw new Error(`adapter_model.safetensors holds ${JSON.stringify(name)}, which belongs to no linear layer of this model: expected names such as ${PREFIX}${[...layers.keys()][0]}.lora_A.weight. Adapters of embeddings and of the output layer cannot be read.`);
    }
  }
  if (found.size === 0) throw new Error('adapter_model.safetensors holds no adapter of a linear layer.');
  return { found, rows };
}

/** @throws Error when the file's targets are not the layers whose tensors it holds. A regular expression is not run: the tensors say what it matched. */
function checkTargets({ targets }: PeftConfig, layers: readonly string[], found: ReadonlyMap<string, LayerTensors>): void {
  if (typeof targets === 'string' && targets !== 'all-linear') return;
  const isMeant = (name: string): boolean => targets === 'all-linear' || isTarget(targets as readonly string[], name);
  const missing = layers.find((name) => isMeant(name) && !found.has(name));
  if (missing !== undefined) throw new Error(`adapter_model.safetensors lacks the tensors of ${missing}, which target_modules of adapter_config.json names.`);
  const unknown = [...found.keys()].find((name) => !isMeant(name));
  if (unknown !== undefined) throw new Error(`adapter_model.safetensors holds tensors of ${unknown}, which target_modules of adapter_config.json does not name.`);
}

function sizesOf(model: Transformer, layer: string): [inputs: number, outputs: number] {
  const module = model.namedModules().get(layer);
  const base = module instanceof LoraLinear ? module.base : module;
  if (!(base instanceof Linear)) throw new Error(`fromPeft: ${layer} has int8 weights: load the adapter first, and then call quantizeModel().`);
  return base.weight.shape as [number, number];
}

/** The numbers of a stored matrix, its axes swapped. @throws Error when it is missing, of another shape, or not finite */
function turned(name: string, tensor: SafeTensor | undefined, [rows, columns]: [number, number]): Float32Array {
  if (!tensor) throw new Error(`adapter_model.safetensors lacks ${PREFIX}${name}.`);
  if (tensor.shape.join() !== [rows, columns].join()) {
    throw new Error(`adapter_model.safetensors: ${PREFIX}${name} has shape (${tensor.shape.join(', ')}); the model and the ranks of adapter_config.json ask for (${rows}, ${columns}).`);
  }
  const numbers = finite(`${PREFIX}${name}`, tensor);
  return Float32Array.from(numbers, (_, i) => numbers[(i % rows) * columns + Math.floor(i / rows)]!);
}

function finite(name: string, tensor: SafeTensor): Float32Array {
  const numbers = toFloat32(tensor);
  if (!numbers.every(Number.isFinite)) throw new Error(`adapter_model.safetensors: ${name} holds numbers that are not finite: the adapter was ruined before it was saved, or the file is damaged.`);
  return numbers;
}

/** The ids whose rows the file holds: the same for the token embeddings and for an output layer of its own. */
function tokensOf(model: Transformer, { tokens }: PeftConfig, rows: ReadonlyMap<string, Float32Array>): readonly number[] {
  const isTied = model.config.tiedEmbeddings ?? model instanceof GPT;
  const ids = new Map<string, readonly number[]>();
  for (const [layer, list] of Object.entries(tokens)) {
    const ours = layer === '' ? 'tokens' : [...tablesByName(model)].find(([theirs]) => isTarget([layer], theirs))?.[1];
    if (ours === undefined) throw new Error(`adapter_config.json: trainable_token_indices names ${JSON.stringify(layer)}, which is no table of token embeddings of this model.`);
    ids.set(ours, list);
  }
  const wanted = [...ids.keys()];
  for (const name of new Set([...wanted, ...rows.keys()])) {
    if (isTied && name === 'outputEmbedding' && !rows.has(name)) continue;
    const count = ids.get(name)?.length ?? 0;
    if ((rows.get(name)?.length ?? 0) !== count * model.config.width || count === 0) {
      throw new Error(`The rows of ${name} in adapter_model.safetensors hold ${rows.get(name)?.length ?? 0} numbers; trainable_token_indices of adapter_config.json asks for ${count} rows of ${model.config.width}.`);
    }
  }
  const lists = wanted.map((name) => ids.get(name)!.join());
  if (new Set(lists).size > 1) throw new Error('adapter_config.json: trainable_token_indices has other tokens for the output layer than for the token embeddings, which there is not here.');
  if (wanted.length === 1 && wanted[0] === 'outputEmbedding' && !isTied) throw new Error('adapter_config.json: trainable_token_indices trains rows of the output layer alone, which there is not here.');
  return ids.get(wanted[0] ?? '') ?? [];
}
