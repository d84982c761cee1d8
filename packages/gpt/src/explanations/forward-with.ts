// The forward pass of a GPT with interventions, from parts that the model has anyway. It keeps what explanations read; the model's own
// `forward` knows nothing of it. Dropout never applies.
import { intervenedSelfAttention, type AttentionLink } from '@kk/attention';
import { add, type Tensor } from '@kk/nn-core';
import type { GPT } from '../model/gpt.js';
import { interventionsIn, type Interventions } from './interventions.js';

/** What one block computed: all (batch, time, width) but the first. */
export interface BlockTrace {
  /** Query, key and value side by side, (batch, time, 3 * width). */
  readonly queryKeyValue: Tensor;
  /** What the attention added to the residual stream. */
  readonly attention: Tensor;
  /** What the feed-forward network added to it. */
  readonly feedForward: Tensor;
  /** The residual stream after the block. */
  readonly stream: Tensor;
}

/**
 * Adds the embeddings of the positions, or of others, to those of the tokens.
 * @param tokens (batch, time, width)
 * @returns the residual stream before the first block, (batch, time, width)
 */
export function withPositions(model: GPT, tokens: Tensor, { positions }: Interventions): Tensor {
  const [, time] = tokens.shape as [number, number, number];
  if (positions === undefined) return add(tokens, model.positions.at(0, time));
  if (positions === 'none') return tokens;
  return add(tokens, model.positions.forward(model.engine.tensor(positions, [time], 'int32')));
}

/**
 * All blocks, one after the other.
 * @param stream the residual stream before the first block, (batch, time, width)
 * @param cutsOfSequences links that are cut in every layer, each in one sequence of the batch
 */
export function runBlocks(model: GPT, stream: Tensor, interventions: Interventions, cutsOfSequences: readonly AttentionLink[] = []): BlockTrace[] {
  const { engine } = model;
  const traces: BlockTrace[] = [];
  model.blocks.forEach((block, layer) => {
    const before = traces.at(-1)?.stream ?? stream;
    const run = (): BlockTrace => {
      const { queryKeyValue, output: attention } = intervenedSelfAttention(block.attention, block.attentionNorm.forward(before), interventionsIn(layer, interventions, cutsOfSequences));
      const between = add(before, attention);
      const feedForward = block.feedForward.forward(block.feedForwardNorm.forward(between));
      return { queryKeyValue, attention, feedForward, stream: add(between, feedForward) };
    };
    // A scope frees the scores of all pairs at once, but no gradient leaves it.
    traces.push(engine.isRecording ? run() : engine.scope(run));
  });
  return traces;
}
