// The fields of adapter_config.json, PEFT's settings of a LoRA adapter: which of them are written, and which can be read.
import { describe, parseJson } from './json.js';

/** What the file says of an adapter, with names of its own; the names of layers are those of Hugging Face files. */
export interface PeftConfig {
  readonly rank: number;
  readonly alpha: number;
  readonly rsLora: boolean;
  readonly dropout: number;
  /** Whether the base stores its matrices as (inputs, outputs), as GPT-2 does. The adapter's own are the same either way. */
  readonly fanInFanOut: boolean;
  /** Names of layers or their ends; 'all-linear'; or a regular expression. */
  readonly targets: readonly string[] | string;
  /** By regular expressions that the end of a layer's name has to match. */
  readonly rankPattern: Readonly<Record<string, number>>;
  readonly alphaPattern: Readonly<Record<string, number>>;
  /** Ids of tokens whose rows were trained, by the layer. */
  readonly tokens: Readonly<Record<string, readonly number[]>>;
  readonly baseModel: string | null;
}

/** Fields that say how an adapter was made, or where from; they change no number of a trained one. */
const NOTES = new Set([
  'arrow_config', 'auto_mapping', 'base_model_name_or_path', 'corda_config', 'ensure_weight_tying', 'eva_config', 'inference_mode', 'init_lora_weights',
  'loftq_config', 'lora_ga_config', 'megatron_config', 'megatron_core', 'peft_version', 'qalora_group_size', 'revision', 'runtime_config', 'task_type',
]);

const READ = new Set(['peft_type', 'r', 'lora_alpha', 'use_rslora', 'lora_dropout', 'fan_in_fan_out', 'target_modules', 'rank_pattern', 'alpha_pattern', 'trainable_token_indices']);

/** The text of adapter_config.json, its fields in the order of the alphabet, as PEFT writes them. */
export function writePeftConfig(config: PeftConfig): string {
  const { rank, alpha, rsLora, dropout, fanInFanOut, targets, rankPattern, alphaPattern, tokens, baseModel } = config;
  const fields = {
    alpha_pattern: alphaPattern, auto_mapping: null, base_model_name_or_path: baseModel, bias: 'none', corda_config: null, eva_config: null, exclude_modules: null,
    fan_in_fan_out: fanInFanOut, inference_mode: true, init_lora_weights: true, layer_replication: null, layers_pattern: null, layers_to_transform: null,
    loftq_config: {}, lora_alpha: alpha, lora_bias: false, lora_dropout: dropout, megatron_config: null, megatron_core: 'megatron.core', modules_to_save: null,
    peft_type: 'LORA', r: rank, rank_pattern: rankPattern, revision: null, target_modules: targets, task_type: 'CAUSAL_LM',
    trainable_token_indices: Object.keys(tokens).length === 0 ? null : tokens, use_dora: false, use_rslora: rsLora,
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

/**
 * Reads the text of adapter_config.json.
 * @throws Error that names the field when it is missing, of another type or out of range, or needs what this package does not have
 */
export function readPeftConfig(text: string): PeftConfig {
  const json = parseJson(text);
  if (!isObject(json)) throw new TypeError(`adapter_config.json holds ${describe(json)}; expected an object with the fields of PEFT.`);
  const fields = new Map(Object.entries(json));
  if (fields.get('peft_type') !== 'LORA') throw new RangeError(`adapter_config.json: peft_type is ${describe(fields.get('peft_type'))}; only "LORA" can be read.`);
  for (const [name, value] of fields) checkKnown(name, value);
  const number = (name: string, missing?: number): number => {
    const value = fields.get(name) ?? missing;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`adapter_config.json: ${name} is ${describe(value)}; expected a number.`);
    return value;
  };
  const flag = (name: string): boolean => {
    const value = fields.get(name) ?? false;
    if (typeof value !== 'boolean') throw new TypeError(`adapter_config.json: ${name} is ${describe(value)}; expected true or false.`);
    return value;
  };
  const baseModel = fields.get('base_model_name_or_path') ?? null;
  const alphaPattern = readPatterns('alpha_pattern', fields.get('alpha_pattern'));
  const alphas = [['lora_alpha', number('lora_alpha')] as const, ...Object.entries(alphaPattern).map(([layer, value]) => [`alpha_pattern[${JSON.stringify(layer)}]`, value])];
  for (const [name, alpha] of alphas) {
    if (alpha === 0) throw new RangeError(`adapter_config.json: ${name} is 0, with which the adapter changes nothing; expected another number, such as 16.`);
  }
  return {
    rank: number('r'),
    alpha: number('lora_alpha'),
    rsLora: flag('use_rslora'),
    dropout: number('lora_dropout', 0),
    fanInFanOut: flag('fan_in_fan_out'),
    targets: readTargets(fields.get('target_modules')),
    rankPattern: readPatterns('rank_pattern', fields.get('rank_pattern')),
    alphaPattern,
    tokens: readTokens(fields.get('trainable_token_indices')),
    baseModel: typeof baseModel === 'string' ? baseModel : null,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Other fields have to be switched off: use_dora, modules_to_save, layers_to_transform and what a newer PEFT adds change what is computed.
 * @throws RangeError that names the field
 */
function checkKnown(name: string, value: unknown): void {
  if (READ.has(name) || NOTES.has(name)) return;
  const isOff = value === null || value === false || (typeof value === 'object' && Object.keys(value).length === 0);
  if (name === 'bias' ? value === 'none' : isOff) return;
  throw new RangeError(`adapter_config.json: ${name} is ${describe(value)}, which changes what the adapter computes, and which this package does not have: only ${name === 'bias' ? '"none"' : 'null or false'} can be read.`);
}

function readTargets(value: unknown): readonly string[] | string {
  if (typeof value === 'string' && value !== '') return value;
  if (Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string' && name !== '')) return value as string[];
  throw new TypeError(`adapter_config.json: target_modules is ${describe(value)}; expected names of layers in a list, or a text.`);
}

function readPatterns(name: string, value: unknown = {}): Readonly<Record<string, number>> {
  const patterns = value ?? {};
  if (!isObject(patterns) || !Object.values(patterns).every((number) => typeof number === 'number' && Number.isFinite(number))) {
    throw new TypeError(`adapter_config.json: ${name} is ${describe(patterns)}; expected an object with numbers by names of layers.`);
  }
  return patterns as Record<string, number>;
}

/** A list is of the token embeddings, which the empty name stands for here. */
function readTokens(value: unknown): Readonly<Record<string, readonly number[]>> {
  if (value === undefined || value === null) return {};
  const byLayer = Array.isArray(value) ? { '': value as unknown[] } : value;
  const isList = (ids: unknown): boolean => Array.isArray(ids) && ids.length > 0 && ids.every((id) => Number.isSafeInteger(id) && id >= 0) && new Set(ids).size === ids.length;
  if (!isObject(byLayer) || !Object.values(byLayer).every(isList)) {
    throw new TypeError(`adapter_config.json: trainable_token_indices is ${describe(value)}; expected a list of different token ids, or such lists by names of layers.`);
  }
  return byLayer as Record<string, number[]>;
}
