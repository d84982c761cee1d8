// What our parameters are called in a Hugging Face GPT-2 file.
import type { Tensor } from '@kk/nn-core';
import type { GPT } from '../model/gpt.js';

/**
 * Every parameter of the model under its name in GPT2LMHeadModel, for example `transformer.h.0.attn.c_attn.weight`.
 * Conv1D stores (inputs, outputs), as we do, so nothing is transposed. The output layer is tied and has no name.
 */
export function huggingFaceNames(model: GPT): Map<string, Tensor> {
  const names = new Map<string, Tensor>();
  const add = (name: string, layer: { weight: Tensor; bias?: Tensor | undefined }): void => {
    names.set(`transformer.${name}.weight`, layer.weight);
    if (layer.bias) names.set(`transformer.${name}.bias`, layer.bias);
  };
  add('wte', model.tokens);
  add('wpe', model.positions);
  model.blocks.forEach((block, i) => {
    add(`h.${i}.ln_1`, block.attentionNorm);
    add(`h.${i}.attn.c_attn`, block.attention.queryKeyValue);
    add(`h.${i}.attn.c_proj`, block.attention.projection);
    add(`h.${i}.ln_2`, block.networkNorm);
    add(`h.${i}.mlp.c_fc`, block.networkIn);
    add(`h.${i}.mlp.c_proj`, block.networkOut);
  });
  add('ln_f', model.finalNorm);
  return names;
}
