// Reads and writes config.json of a GPT-2.
import { checkConfig, dropoutsOf, type GPTConfig } from '../model/config.js';
import { checkDType, TORCH_NAMES, type WeightsOptions } from './dtype.js';

/**
 * The names of each size. Where several are present they must be equal. The length is also called n_ctx, which is read only without the
 * others: transformers sizes the table of positions by n_positions, whatever n_ctx says.
 */
const SIZE_NAMES = {
  vocabSize: ['vocab_size'],
  contextLength: ['n_positions', 'max_position_embeddings'],
  layers: ['n_layer', 'num_hidden_layers'],
  heads: ['n_head', 'num_attention_heads'],
  width: ['n_embd', 'hidden_size'],
} as const;

/** The names of the two forms of GELU in Hugging Face files; the first of each is written. */
const ACTIVATION_NAMES = {
  gelu: ['gelu_new', 'gelu_pytorch_tanh'],
  geluErf: ['gelu', 'gelu_python'],
} as const;

/**
 * The contents of config.json for GPT2LMHeadModel.
 * @param options the precision of the weights beside it, default F32
 */
export function toGPT2Config(config: GPTConfig, options: WeightsOptions = {}): Record<string, unknown> {
  const dtype = checkDType('toHuggingFaceConfig', options.dtype);
  const dropouts = dropoutsOf(config);
  return {
    architectures: ['GPT2LMHeadModel'],
    model_type: 'gpt2',
    vocab_size: config.vocabSize,
    n_positions: config.contextLength,
    n_ctx: config.contextLength,
    n_embd: config.width,
    n_layer: config.layers,
    n_head: config.heads,
    n_inner: null,
    activation_function: ACTIVATION_NAMES[config.activation ?? 'gelu'][0],
    layer_norm_epsilon: config.layerNormEpsilon ?? 1e-5,
    resid_pdrop: dropouts.residual,
    embd_pdrop: dropouts.embedding,
    attn_pdrop: dropouts.attention,
    initializer_range: 0.02,
    scale_attn_weights: true,
    tie_word_embeddings: config.tiedEmbeddings ?? true,
    use_cache: true,
    torch_dtype: TORCH_NAMES[dtype],
    bos_token_id: null,
    eos_token_id: null,
  };
}

/**
 * Reads config.json of a GPT-2.
 * @param fields those of the file
 * @throws Error that names the field when it is missing, has the wrong type, or needs something that GPT-2 does not support
 */
export function fromGPT2Config(fields: ReadonlyMap<string, unknown>): GPTConfig {
  const number = (name: string): number => {
    const value = fields.get(name);
    if (typeof value !== 'number') throw new TypeError(`config.json: ${name} must be a number; got ${JSON.stringify(value) ?? 'nothing'}.`);
    return value;
  };
  const size = (names: readonly string[], alone?: string): number => {
    const present = names.filter((name) => fields.has(name));
    const [first, other] = present;
    if (first === undefined) return number(alone !== undefined && fields.has(alone) ? alone : names[0]!);
    if (other !== undefined && number(first) !== number(other)) throw new RangeError(`config.json: ${first} is ${number(first)} and ${other} is ${number(other)}; they mean the same and must be equal.`);
    return number(first);
  };
  const expect = (name: string, allowed: readonly unknown[], why: string): void => {
    const value = fields.get(name);
    if (value !== undefined && !allowed.includes(value)) throw new RangeError(`config.json: ${name} is ${JSON.stringify(value)}; ${why}.`);
  };
  expect('activation_function', Object.values(ACTIVATION_NAMES).flat(), 'only GELU is supported: gelu_new, which is GPT-2\'s own, or gelu');
  expect('scale_attn_weights', [true], 'attention is always scaled by 1 / sqrt(head size)');
  expect('scale_attn_by_inverse_layer_idx', [false], 'attention is not scaled by layer');
  expect('add_cross_attention', [false], 'there is no cross-attention');
  expect('tie_word_embeddings', [true, false], 'expected true or false');
  // True divides by the root of the head size before the product of query and key instead of after it, so that half precision does not
  // overflow. In float32, which is computed here, the logits are the same but for rounding.
  expect('reorder_and_upcast_attn', [true, false], 'expected true or false');
  const width = size(SIZE_NAMES.width);
  expect('n_inner', [null, 4 * width], `the inner width is always 4 times the width, ${4 * width}`);
  const share = (name: string): number => (fields.has(name) ? number(name) : 0);
  const config: GPTConfig = {
    vocabSize: size(SIZE_NAMES.vocabSize),
    contextLength: size(SIZE_NAMES.contextLength, 'n_ctx'),
    layers: size(SIZE_NAMES.layers),
    heads: size(SIZE_NAMES.heads),
    width,
    ...dropoutFields(share('resid_pdrop'), share('embd_pdrop'), share('attn_pdrop')),
    layerNormEpsilon: fields.has('layer_norm_epsilon') ? number('layer_norm_epsilon') : 1e-5,
  };
  if ((ACTIVATION_NAMES.geluErf as readonly unknown[]).includes(fields.get('activation_function'))) config.activation = 'geluErf';
  if (fields.get('tie_word_embeddings') === false) config.tiedEmbeddings = false;
  checkConfig(config);
  return config;
}

/** One number where all are equal. */
function dropoutFields(residual: number, embedding: number, attention: number): Pick<GPTConfig, 'dropout' | 'embeddingDropout' | 'attentionDropout'> {
  return {
    dropout: residual,
    ...(embedding === residual ? {} : { embeddingDropout: embedding }),
    ...(attention === residual ? {} : { attentionDropout: attention }),
  };
}
