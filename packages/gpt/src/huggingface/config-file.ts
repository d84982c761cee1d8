// Reads and writes config.json of a Hugging Face folder: GPT-2, and the Llama-shaped families. `model_type` says which one it is.
import { checkOptions } from '@kk/nn-core';
import { isLlamaConfig, type TransformerConfig } from '../model/transformer.js';
import type { WeightsOptions } from './dtype.js';
import { fromGPT2Config, toGPT2Config } from './gpt2-config.js';
import { fromLlamaConfig, isLlamaFamily, toLlamaConfig } from './llama-config-file.js';

/**
 * The contents of config.json for GPT2LMHeadModel, LlamaForCausalLM, MistralForCausalLM or Qwen2ForCausalLM.
 * @param options the precision of the weights beside it, default F32
 */
export function toHuggingFaceConfig(config: TransformerConfig, options: WeightsOptions = {}): Record<string, unknown> {
  checkOptions<WeightsOptions>('toHuggingFaceConfig', options, { dtype: 'optional' });
  return isLlamaConfig(config) ? toLlamaConfig(config, options) : toGPT2Config(config, options);
}

/**
 * Reads config.json. Without a model_type it is read as one of a GPT-2.
 * @param json the parsed file
 * @throws Error that names the field when it is missing, has the wrong type, or needs something that the models here do not have
 */
export function fromHuggingFaceConfig(json: unknown): TransformerConfig {
  if (!json || typeof json !== 'object' || Array.isArray(json)) throw new TypeError('config.json must hold an object.');
  const fields = new Map<string, unknown>(Object.entries(json));
  const type = fields.get('model_type') ?? 'gpt2';
  if (isLlamaFamily(type)) return fromLlamaConfig(type, fields);
  if (type !== 'gpt2') throw new RangeError(`config.json: model_type is ${JSON.stringify(type)}; only these models can be read: gpt2, llama, mistral, qwen2.`);
  return fromGPT2Config(fields);
}
