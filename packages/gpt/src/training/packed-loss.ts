// Computes the loss of rows that hold several documents: the model's forward pass with attention that stays inside of each document. The
// model's own `forward` knows one sequence in each row; this puts the same parts together, in the same order, with segments.
import { add, checkpointActivations, crossEntropy, selfAttention, type Tensor } from '@kk/nn-core';
import { dropoutsOf } from '../model/config.js';
import type { GPT } from '../model/gpt.js';
import type { LlamaBlock } from '../model/llama-block.js';
import { Llama } from '../model/llama.js';
import type { Transformer } from '../model/transformer.js';
import type { TransformerBlock } from '../model/transformer-block.js';

/** int32 (batch, time) each. */
export interface PackedTensors {
  readonly inputs: Tensor;
  /** The token that follows, or a negative number where nothing is to be predicted. */
  readonly targets: Tensor;
  /** A place sees earlier places with its own number only. */
  readonly segments: Tensor;
  /** From 0 to below the context length. Rotary positions are relative, so a Llama does not read them. */
  readonly positions: Tensor;
}

/**
 * The mean cross-entropy in nats over all targets that are not negative. The documents of a row are computed as if each were alone; with
 * positions that begin anew for each, losses and gradients are the same but for rounding.
 */
export function packedLoss(model: Transformer, { inputs, targets, segments, positions }: PackedTensors): Tensor {
  let x = model.tokens.forward(inputs);
  if (!(model instanceof Llama)) x = model.dropout.forward(add(x, model.positions.forward(positions)));
  for (const block of model.blocks) {
    const run = (input: Tensor): Tensor => (model instanceof Llama ? llamaBlock(block as LlamaBlock, input, segments) : gptBlock(model, block as TransformerBlock, input, segments));
    x = model.checkpointsActivations ? checkpointActivations(run, x, block.parameters()) : run(x);
  }
  return crossEntropy(model.outputEmbedding.forward(model.finalNorm.forward(x)), targets);
}

function gptBlock(model: GPT, block: TransformerBlock, x: Tensor, segments: Tensor): Tensor {
  const { attention } = block;
  const dropout = attention.training ? dropoutsOf(model.config).attention : 0;
  const qkv = attention.queryKeyValue.forward(block.attentionNorm.forward(x));
  const attended = attention.projection.forward(selfAttention(qkv, { heads: attention.heads, causal: true, segments, dropout }));
  const y = add(x, block.dropout.forward(attended));
  return add(y, block.dropout.forward(block.feedForward.forward(block.feedForwardNorm.forward(y))));
}

function llamaBlock(block: LlamaBlock, x: Tensor, segments: Tensor): Tensor {
  const input = block.attentionNorm.forward(x);
  const y = add(x, block.attention.forward(input, input, { segments }));
  return add(y, block.feedForward.forward(block.feedForwardNorm.forward(y)));
}
