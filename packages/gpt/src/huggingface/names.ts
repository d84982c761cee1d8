// Knows the names that parameters have in Hugging Face files.
import type { Tensor } from '@kk/nn-core';
import { GPT } from '../model/gpt.js';
import type { Transformer } from '../model/transformer.js';

/** How the files of an architecture name things. */
export interface Naming {
  /** What users call it. */
  readonly title: string;
  /** The beginning of all names but that of the output layer; files may lack it. */
  readonly prefix: string;
  /** Where the blocks are: the name of block 3 begins with prefix, blocks and `3.`. */
  readonly blocks: string;
  /** Our name of each layer of a block -> its name there. */
  readonly blockLayers: Readonly<Record<string, string>>;
  /** The same for the layers outside of blocks. */
  readonly otherLayers: Readonly<Record<string, string>>;
  /** Buffers in older files, which hold no weights. */
  readonly buffers: RegExp;
  /** Matrices that files hold as (outputs, inputs), and we as (inputs, outputs). */
  readonly transposed: RegExp;
}

/** The output layer has this name everywhere; a tied one may be left out of a file. */
export const OUTPUT = 'lm_head.weight';

/** GPT2LMHeadModel. Its Conv1D stores (inputs, outputs), as we do, so nothing is transposed. */
export const GPT2_NAMING: Naming = {
  title: 'GPT-2',
  prefix: 'transformer.',
  blocks: 'h.',
  blockLayers: {
    attentionNorm: 'ln_1',
    'attention.queryKeyValue': 'attn.c_attn',
    'attention.projection': 'attn.c_proj',
    feedForwardNorm: 'ln_2',
    'feedForward.expansion': 'mlp.c_fc',
    'feedForward.projection': 'mlp.c_proj',
  },
  otherLayers: { tokens: 'wte', positions: 'wpe', finalNorm: 'ln_f' },
  buffers: /(^|\.)attn\.(bias|masked_bias)$/,
  transposed: /^(?!)/,
};

/**
 * LlamaForCausalLM, MistralForCausalLM and Qwen2ForCausalLM. Their rows of query and key are in the order that `rotaryEmbedding` wants,
 * which pairs number i of a head with number i + headSize / 2: the tools that convert Meta's own files have changed it already.
 */
export const LLAMA_NAMING: Naming = {
  title: 'Llama',
  prefix: 'model.',
  blocks: 'layers.',
  blockLayers: {
    attentionNorm: 'input_layernorm',
    'attention.query': 'self_attn.q_proj',
    'attention.key': 'self_attn.k_proj',
    'attention.value': 'self_attn.v_proj',
    'attention.projection': 'self_attn.o_proj',
    feedForwardNorm: 'post_attention_layernorm',
    'feedForward.gate': 'mlp.gate_proj',
    'feedForward.value': 'mlp.up_proj',
    'feedForward.projection': 'mlp.down_proj',
  },
  otherLayers: { tokens: 'embed_tokens', finalNorm: 'norm' },
  buffers: /(^|\.)rotary_emb\.inv_freq$/,
  transposed: /_proj\.weight$/,
};

export const namingOf = (model: Transformer): Naming => (model instanceof GPT ? GPT2_NAMING : LLAMA_NAMING);

/**
 * All parameters of the model by their names in Hugging Face files, for example `transformer.h.0.attn.c_attn.weight` in a GPT-2, or
 * `model.layers.0.self_attn.q_proj.weight`, which is transposed there. A tied output layer has no name.
 * @throws Error when a layer was replaced by one that the architecture does not have
 */
export function huggingFaceNames(model: Transformer): Map<string, Tensor> {
  const naming = namingOf(model);
  const names = new Map<string, Tensor>();
  for (const [name, tensor] of model.namedTensors()) names.set(toHuggingFace(naming, name), tensor);
  return names;
}

/**
 * The name of a layer in Hugging Face files, without `.weight`: `blocks.0.attention.projection` is `transformer.h.0.attn.c_proj` in a GPT-2, and
 * `model.layers.0.self_attn.o_proj` in a Llama.
 * @throws RangeError when the architecture has no such layer
 */
export function huggingFaceLayer(model: Transformer, layer: string): string {
  const found = layerName(namingOf(model), layer);
  if (found === undefined) throw new RangeError(`huggingFaceLayer: a ${namingOf(model).title} has no layer ${JSON.stringify(layer)}; expected a name such as 'blocks.0.attention.projection' or 'tokens'.`);
  return found;
}

function layerName({ prefix, blocks, blockLayers, otherLayers }: Naming, name: string): string | undefined {
  if (name === 'outputEmbedding') return OUTPUT.replace(/\.weight$/, '');
  const [, block, layer = ''] = /^(?:blocks\.(\d+)\.)?(.+)$/.exec(name) ?? [];
  const names = block === undefined ? otherLayers : blockLayers;
  if (!Object.hasOwn(names, layer)) return undefined;
  return block === undefined ? `${prefix}${names[layer]}` : `${prefix}${blocks}${block}.${names[layer]}`;
}

function toHuggingFace(naming: Naming, name: string): string {
  const [, layer = '', parameter] = /^(.+)\.(weight|bias)$/.exec(name) ?? [];
  const theirs = layerName(naming, layer);
  if (theirs === undefined) throw new Error(`${naming.title} has no place for ${name}, a tensor of a layer that was replaced: save the model before layers are replaced, as by quantizeModel().`);
  return `${theirs}.${parameter}`;
}
