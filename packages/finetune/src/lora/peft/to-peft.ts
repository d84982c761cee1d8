// Writes an adapter as PEFT does: the text of adapter_config.json, and the tensors of adapter_model.safetensors.
import { GPT, huggingFaceLayer } from '@kk/gpt';
import { checkOptions, type OptionNames, type Tensor, type TensorToWrite } from '@kk/nn-core';
import type { Adapter } from '../adapter.js';
import { writePeftConfig } from './config-file.js';
import { PREFIX, ROWS } from './names.js';

export interface PeftFiles {
  /** The text of adapter_config.json. */
  readonly config: string;
  /** The tensors of adapter_model.safetensors, in float32. */
  readonly tensors: ReadonlyMap<string, TensorToWrite>;
}

export interface ToPeftOptions {
  /** The name or folder of the base, for `base_model_name_or_path`; default none. */
  baseModel?: string;
}

const NAMES: OptionNames<ToPeftOptions> = { baseModel: 'optional' };

/**
 * An adapter in the form of Python's PEFT, key for key.
 * @throws TypeError when an option is unknown; Error when the adapter was removed, or holds numbers that are not finite
 */
export async function toPeft(adapter: Adapter, options: ToPeftOptions = {}): Promise<PeftFiles> {
  checkOptions('toPeft', options, NAMES);
  const { model, settings, layers, tables } = adapter;
  if (adapter.isRemoved) throw new Error(`toPeft: the adapter ${adapter.name} was removed from its model: save it before.`);
  const tensors = new Map<string, TensorToWrite>();
  const rankPattern: Record<string, number> = {};
  const alphaPattern: Record<string, number> = {};
  for (const [layer, { weights }] of layers) {
    const name = huggingFaceLayer(model, layer);
    tensors.set(`${PREFIX}${name}.lora_A.weight`, await turned(weights.down, `${layer}.down`));
    tensors.set(`${PREFIX}${name}.lora_B.weight`, await turned(weights.up, `${layer}.up`));
    if (weights.rank !== settings.rank) rankPattern[name] = weights.rank;
    if (weights.alpha !== settings.alpha) alphaPattern[name] = weights.alpha;
  }
  const tokens: Record<string, readonly number[]> = {};
  const isTied = tables.get('tokens') !== undefined && tables.get('tokens')!.weights === tables.get('outputEmbedding')?.weights;
  for (const [layer, { weights }] of tables) {
    if (isTied && layer === 'outputEmbedding') continue; // PEFT ties the rows where the tables are tied
    const name = huggingFaceLayer(model, layer);
    const data = await numbersOf(weights.rows, `${layer}.rows`);
    tensors.set(`${PREFIX}${name}.${ROWS}`, { dtype: 'F32', shape: [...weights.rows.shape], data });
    tokens[name.split('.').at(-1)!] = weights.ids;
  }
  const { rank, alpha, rsLora, dropout } = settings;
  const config = writePeftConfig({
    rank, alpha, rsLora, dropout, fanInFanOut: model instanceof GPT, targets: targetsOf(adapter), rankPattern, alphaPattern, tokens, baseModel: options.baseModel ?? null,
  });
  return { config, tensors };
}

/** The names of layers without their blocks where all blocks have them, `attn.c_attn`; otherwise whole names. */
function targetsOf({ model, layers }: Adapter): string[] {
  const kinds = new Map<string, string[]>();
  for (const layer of layers.keys()) {
    const kind = layer.replace(/^blocks\.\d+\./, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), layer]);
  }
  return [...kinds.values()].flatMap((all) => {
    const names = all.map((layer) => huggingFaceLayer(model, layer));
    return all.length === model.config.layers ? [names[0]!.replace(/^.*?\.\d+\./, '')] : names;
  });
}

/** (rows, columns) as (columns, rows): PEFT's lora_A is (rank, inputs), and lora_B (outputs, rank). */
async function turned(tensor: Tensor, name: string): Promise<TensorToWrite> {
  const [rows, columns] = tensor.shape as [number, number];
  const numbers = await numbersOf(tensor, name);
  const data = Float32Array.from(numbers, (_, i) => numbers[(i % rows) * columns + Math.floor(i / rows)]!);
  return { dtype: 'F32', shape: [columns, rows], data };
}

async function numbersOf(tensor: Tensor, name: string): Promise<Float32Array> {
  const numbers = Float32Array.from(await tensor.data());
  if (!numbers.every(Number.isFinite)) throw new Error(`The adapter is not saved: ${name} holds numbers that are not finite, as after a training that broke down. Take an earlier checkpoint, or train anew.`);
  return numbers;
}
