// Reads and writes config.json of a Hugging Face GPT-2 folder.
import { checkConfig, type GPTConfig } from '../model/config.js';

/** The contents of config.json for GPT2LMHeadModel. */
export function toHuggingFaceConfig(config: GPTConfig): Record<string, unknown> {
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
    activation_function: 'gelu_new',
    layer_norm_epsilon: config.layerNormEpsilon ?? 1e-5,
    resid_pdrop: config.dropout,
    embd_pdrop: config.dropout,
    attn_pdrop: config.dropout,
    initializer_range: 0.02,
    scale_attn_weights: true,
    tie_word_embeddings: true,
    use_cache: true,
    torch_dtype: 'float32',
    bos_token_id: null,
    eos_token_id: null,
  };
}

/**
 * Reads config.json of a GPT-2.
 * @param json the parsed file
 * @throws Error that names the field when it is missing, has the wrong type, or needs something that GPT-2 does not support
 */
export function fromHuggingFaceConfig(json: unknown): GPTConfig {
  if (!json || typeof json !== 'object' || Array.isArray(json)) throw new TypeError('config.json must hold an object.');
  const fields = new Map<string, unknown>(Object.entries(json));
  const number = (name: string): number => {
    const value = fields.get(name);
    if (typeof value !== 'number') throw new TypeError(`config.json: ${name} must be a number; got ${JSON.stringify(value) ?? 'nothing'}.`);
    return value;
  };
  const expect = (name: string, allowed: readonly unknown[], why: string): void => {
    const value = fields.get(name);
    if (value !== undefined && !allowed.includes(value)) throw new RangeError(`config.json: ${name} is ${JSON.stringify(value)}; ${why}.`);
  };
  expect('model_type', ['gpt2'], 'only GPT-2 models (gpt2) can be read');
  expect('activation_function', ['gelu_new', 'gelu_pytorch_tanh'], 'only GPT-2\'s own activation, gelu_new, is supported');
  expect('scale_attn_weights', [true], 'attention is always scaled by 1 / sqrt(head size)');
  expect('scale_attn_by_inverse_layer_idx', [false], 'attention is not scaled by layer');
  expect('add_cross_attention', [false], 'there is no cross-attention');
  expect('tie_word_embeddings', [true], 'the output layer shares the token embeddings');
  const width = number('n_embd');
  expect('n_inner', [null, 4 * width], `the inner width is always 4 times n_embd, ${4 * width}`);
  const dropouts = ['resid_pdrop', 'embd_pdrop', 'attn_pdrop'].map((name) => (fields.has(name) ? number(name) : 0));
  if (new Set(dropouts).size > 1) throw new RangeError(`config.json: resid_pdrop, embd_pdrop and attn_pdrop are ${dropouts.join(', ')}; they must be equal.`);
  const config: GPTConfig = {
    vocabSize: number('vocab_size'),
    contextLength: number('n_positions'),
    layers: number('n_layer'),
    heads: number('n_head'),
    width,
    dropout: dropouts[0]!,
    layerNormEpsilon: fields.has('layer_norm_epsilon') ? number('layer_norm_epsilon') : 1e-5,
  };
  checkConfig(config);
  return config;
}
