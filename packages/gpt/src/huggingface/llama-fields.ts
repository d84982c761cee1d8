// The fields of config.json that are accepted for LlamaForCausalLM, MistralForCausalLM and Qwen2ForCausalLM. A field that is in none of
// these lists might change the numbers, so it is refused by its name unless it is null.
import type { LlamaFamily } from '../model/llama-config.js';

/** Fields that are read, in each of the families. */
const READ = [
  'architectures', 'model_type', 'vocab_size', 'max_position_embeddings', 'num_hidden_layers', 'num_attention_heads', 'num_key_value_heads',
  'head_dim', 'hidden_size', 'intermediate_size', 'rms_norm_eps', 'rope_theta', 'rope_scaling', 'rope_parameters', 'tie_word_embeddings',
];

/** Fields that are read in one family only. */
const READ_IN: Readonly<Record<LlamaFamily, readonly string[]>> = {
  llama: ['attention_bias', 'mlp_bias'],
  mistral: ['sliding_window'],
  qwen2: ['sliding_window', 'use_sliding_window', 'max_window_layers', 'layer_types'],
};

/** Fields that would change the numbers, and the only value that each may have. */
export const ONLY_VALUES: Readonly<Record<string, unknown>> = {
  hidden_act: 'silu',
  attention_dropout: 0,
  partial_rotary_factor: 1,
  rope_interleaved: false,
  // Of other families; a false one changes nothing.
  attention_bias: false,
  mlp_bias: false,
  use_sliding_window: false,
  add_cross_attention: false,
  is_encoder_decoder: false,
};

/** Fields that change none of the numbers: names and versions, how weights begin, special tokens, how to generate, and how to compute. */
const WITHOUT_EFFECT = [
  '_name_or_path', 'name_or_path', 'transformers_version', 'torch_dtype', 'dtype', 'is_llama_config', 'transformers.js_config', 'unsloth_version', 'unsloth_fixed',
  'initializer_range',
  'bos_token_id', 'eos_token_id', 'pad_token_id', 'unk_token_id', 'tokenizer_class',
  'do_sample', 'temperature', 'top_p', 'top_k', 'repetition_penalty', 'max_length', 'max_new_tokens',
  'use_cache', 'pretraining_tp', '_attn_implementation', '_attn_implementation_autoset', 'attn_implementation', 'output_attentions', 'output_hidden_states', 'return_dict',
];

/**
 * Refuses every field that is not in the lists of its family.
 * @throws RangeError that names the first one
 */
export function checkLlamaFields(family: LlamaFamily, fields: ReadonlyMap<string, unknown>): void {
  const known = new Set([...READ, ...READ_IN[family], ...WITHOUT_EFFECT]);
  for (const [name, value] of fields) {
    if (value === null || known.has(name)) continue;
    const isFixed = Object.hasOwn(ONLY_VALUES, name);
    if (isFixed && value === ONLY_VALUES[name]) continue;
    if (isFixed) throw new RangeError(`config.json: ${name} is ${JSON.stringify(value)}; for a ${family} only ${JSON.stringify(ONLY_VALUES[name])} is supported.`);
    throw new RangeError(`config.json: the field ${name} (${JSON.stringify(value)?.slice(0, 60)}) of a ${family} is not known here and might change what the model computes. If it changes nothing, remove it.`);
  }
}
