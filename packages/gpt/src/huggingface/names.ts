// The names of our parameters in a Hugging Face GPT-2 file.
import type { Tensor } from '@kk/nn-core';
import type { GPT } from '../model/gpt.js';

/** Our name of each layer of a block -> its name there. */
const BLOCK_LAYERS: Readonly<Record<string, string>> = {
  attentionNorm: 'ln_1',
  'attention.queryKeyValue': 'attn.c_attn',
  'attention.projection': 'attn.c_proj',
  feedForwardNorm: 'ln_2',
  'feedForward.expansion': 'mlp.c_fc',
  'feedForward.projection': 'mlp.c_proj',
};
const OTHER_LAYERS: Readonly<Record<string, string>> = {
  tokens: 'transformer.wte',
  positions: 'transformer.wpe',
  finalNorm: 'transformer.ln_f',
  outputEmbedding: 'lm_head',
};

/**
 * All parameters of the model by their names in GPT2LMHeadModel, for example `transformer.h.0.attn.c_attn.weight`. Conv1D stores (inputs,
 * outputs), as we do, so nothing is transposed. A tied output layer has no name.
 * @throws Error when a layer was replaced by one that GPT-2 does not have
 */
export function huggingFaceNames(model: GPT): Map<string, Tensor> {
  const names = new Map<string, Tensor>();
  for (const [name, tensor] of model.namedTensors()) names.set(toHuggingFace(name), tensor);
  return names;
}

function toHuggingFace(name: string): string {
  const [, block, layer, parameter] = /^(?:blocks\.(\d+)\.)?(.+)\.(weight|bias)$/.exec(name) ?? [];
  const theirs = layer && (block === undefined ? OTHER_LAYERS[layer] : BLOCK_LAYERS[layer]);
  if (!theirs) throw new Error(`GPT-2 has no place for ${name}, a tensor of a layer that was replaced: save the model before layers are replaced, as by quantizeModel().`);
  return block === undefined ? `${theirs}.${parameter}` : `transformer.h.${block}.${theirs}.${parameter}`;
}
