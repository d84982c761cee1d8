// Reads and writes config.json of LlamaForCausalLM, MistralForCausalLM and Qwen2ForCausalLM, in the fields of transformers 4 and 5.
// `llama-fields.ts` lists which fields are accepted, `rope-fields.ts` reads those of rotary positions.
import { checkLlamaConfig, llamaSizes, type LlamaConfig, type LlamaFamily } from '../model/llama-config.js';
import { checkDType, TORCH_NAMES, type WeightsOptions } from './dtype.js';
import { checkLlamaFields } from './llama-fields.js';
import { fromRopeFields, toRopeFields } from './rope-fields.js';

const CLASSES: Readonly<Record<LlamaFamily, string>> = { llama: 'LlamaForCausalLM', mistral: 'MistralForCausalLM', qwen2: 'Qwen2ForCausalLM' };

/** What the configuration classes of transformers take for a field that is absent. */
const DEFAULTS: Readonly<Record<LlamaFamily, { contextLength: number; keyValueHeads?: number; window: number | null }>> = {
  llama: { contextLength: 2048, window: null },
  mistral: { contextLength: 131_072, keyValueHeads: 8, window: 4096 },
  qwen2: { contextLength: 32_768, keyValueHeads: 32, window: 4096 },
};
const DEFAULT_NORM_EPSILON = 1e-6;
const DEFAULT_MAX_WINDOW_LAYERS = 28;

export const isLlamaFamily = (type: unknown): type is LlamaFamily => typeof type === 'string' && Object.hasOwn(CLASSES, type);

/** The contents of config.json, in the fields of transformers 4, which version 5 reads, too. */
export function toLlamaConfig(config: LlamaConfig, options: WeightsOptions = {}): Record<string, unknown> {
  const dtype = checkDType('toHuggingFaceConfig', options.dtype);
  const sizes = llamaSizes(config);
  const { family, window, layersWithoutWindow } = sizes;
  const ofFamily = {
    llama: { attention_bias: sizes.attentionBias, mlp_bias: sizes.feedForwardBias },
    mistral: { sliding_window: window || null },
    qwen2: { use_sliding_window: window > 0, sliding_window: window || null, max_window_layers: window > 0 ? layersWithoutWindow : sizes.layers },
  };
  return {
    architectures: [CLASSES[family]],
    model_type: family,
    vocab_size: sizes.vocabSize,
    max_position_embeddings: sizes.contextLength,
    hidden_size: sizes.width,
    intermediate_size: sizes.feedForwardWidth,
    num_hidden_layers: sizes.layers,
    num_attention_heads: sizes.heads,
    num_key_value_heads: sizes.keyValueHeads,
    head_dim: sizes.headSize,
    hidden_act: 'silu',
    rms_norm_eps: sizes.normEpsilon,
    ...toRopeFields(sizes),
    ...ofFamily[family],
    attention_dropout: 0,
    initializer_range: 0.02,
    tie_word_embeddings: sizes.tiedEmbeddings,
    use_cache: true,
    torch_dtype: TORCH_NAMES[dtype],
    bos_token_id: null,
    eos_token_id: null,
  };
}

/**
 * Reads config.json. A field that is absent has the default of its class in transformers.
 * @param fields those of the file
 * @throws Error that names the field when it is missing, has the wrong type, is not known, or asks for something that is not supported
 */
export function fromLlamaConfig(family: LlamaFamily, fields: ReadonlyMap<string, unknown>): LlamaConfig {
  checkLlamaFields(family, fields);
  const number = (name: string, byDefault?: number): number => typed('number', fields.get(name) ?? byDefault, name);
  const flag = (name: string, byDefault: boolean): boolean => typed('boolean', fields.get(name) ?? byDefault, name);
  const classes = fields.get('architectures') ?? [CLASSES[family]];
  if (!Array.isArray(classes) || classes.length !== 1 || classes[0] !== CLASSES[family]) {
    throw new RangeError(`config.json: architectures is ${JSON.stringify(classes)}; for a ${family} only ["${CLASSES[family]}"] can be read.`);
  }
  const byDefault = DEFAULTS[family];
  const [layers, heads] = [number('num_hidden_layers'), number('num_attention_heads')];
  const contextLength = number('max_position_embeddings', byDefault.contextLength);
  const config: LlamaConfig = {
    family,
    vocabSize: number('vocab_size'),
    contextLength,
    layers,
    heads,
    // null says: as many as heads; absent, the class decides.
    keyValueHeads: number('num_key_value_heads', fields.has('num_key_value_heads') ? heads : (byDefault.keyValueHeads ?? heads)),
    width: number('hidden_size'),
    feedForwardWidth: number('intermediate_size'),
    ...fromRopeFields(fields, contextLength),
    normEpsilon: number('rms_norm_eps', DEFAULT_NORM_EPSILON),
    tiedEmbeddings: flag('tie_word_embeddings', false),
    ...windowFields(family, fields, layers),
  };
  if ((fields.get('head_dim') ?? null) !== null) config.headSize = number('head_dim');
  if (family === 'llama') Object.assign(config, { attentionBias: flag('attention_bias', false), feedForwardBias: flag('mlp_bias', false) });
  checkLlamaConfig(config);
  return config;
}

function windowFields(family: LlamaFamily, fields: ReadonlyMap<string, unknown>, layers: number): Pick<LlamaConfig, 'window' | 'layersWithoutWindow'> {
  const given = fields.has('sliding_window') ? fields.get('sliding_window') : DEFAULTS[family].window;
  const hasWindow = (family === 'mistral' || (family === 'qwen2' && typed('boolean', fields.get('use_sliding_window') ?? false, 'use_sliding_window'))) && given !== null;
  const types = fields.get('layer_types') ?? null;
  if (!hasWindow && types === null) return {};
  const window = hasWindow ? typed('number', given, 'sliding_window') : 0;
  if (hasWindow && !(window >= 1)) throw new RangeError(`config.json: sliding_window is ${window}; expected a whole number of at least 1, or null for no window.`);
  if (family === 'mistral') return { window };
  const first = types === null ? typed('number', fields.get('max_window_layers') ?? DEFAULT_MAX_WINDOW_LAYERS, 'max_window_layers') : firstWithWindow(types, layers, hasWindow);
  return hasWindow ? { window, layersWithoutWindow: Math.min(first, layers) } : {};
}

/** The index of the first layer with a window; before it there is none, and from it on every layer has it. */
function firstWithWindow(types: unknown, layers: number, hasWindow: boolean): number {
  const wanted = (first: number): string[] => Array.from({ length: layers }, (_, layer) => (layer < first ? 'full_attention' : 'sliding_attention'));
  const first = Array.isArray(types) ? types.filter((type) => type === 'full_attention').length : -1;
  if (JSON.stringify(types) === JSON.stringify(wanted(first)) && (hasWindow || first === layers)) return first;
  throw new RangeError(
    `config.json: layer_types is ${JSON.stringify(types)}; expected "full_attention" for the first of the ${layers} layers and "sliding_attention" for all others${hasWindow ? '' : ', of which there are none without a window'}.`,
  );
}

function typed(type: 'number', value: unknown, name: string): number;
function typed(type: 'boolean', value: unknown, name: string): boolean;
function typed(type: 'number' | 'boolean', value: unknown, name: string): unknown {
  if (typeof value === type) return value;
  throw new TypeError(`config.json: ${name} must be ${type === 'number' ? 'a number' : 'true or false'}; got ${JSON.stringify(value) ?? 'nothing'}.`);
}
