// Runs the forward pass of a GPT or Llama with interventions, from parts that the model has anyway. It keeps what explanations read; the
// model's own `forward` knows nothing of it. Dropout never applies.
import { intervenedSelfAttention, type AttentionLink } from '@kk/attention';
import { add, type Tensor } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { interventionsIn, type Interventions } from './interventions.js';

/** What one block computed: all (batch, time, width) but the first. */
export interface BlockTrace {
  /** Query, key and value side by side, turned by rotary positions, (batch, time, (heads + 2 * keyValueHeads) * headSize). */
  readonly queryKeyValue: Tensor;
  /** What the attention added to the residual stream. */
  readonly attention: Tensor;
  /** What the feed-forward network added to it. */
  readonly feedForward: Tensor;
  /** The residual stream after the block. */
  readonly stream: Tensor;
}

/**
 * Adds the embeddings of the positions, or of others, to those of the tokens. A Llama has none: it learns of positions inside of attention.
 * @param tokens (batch, time, width)
 * @returns the residual stream before the first block, (batch, time, width)
 */
export function withPositions(model: Transformer, tokens: Tensor, { positions }: Interventions): Tensor {
  const [, time] = tokens.shape as [number, number, number];
  if (!('positions' in model)) return tokens;
  if (positions === undefined) return add(tokens, model.positions.at(0, time));
  if (positions === 'none') return tokens;
  return add(tokens, model.positions.forward(model.engine.tensor(positions, [time], 'int32')));
}

/**
 * All blocks, one after the other.
 * @param stream the residual stream before the first block, (batch, time, width)
 * @param cutsOfSequences links that are cut in every layer, each in one sequence of the batch
 */
export function runBlocks(model: Transformer, stream: Tensor, interventions: Interventions, cutsOfSequences: readonly AttentionLink[] = []): BlockTrace[] {
  const { engine } = model;
  const traces: BlockTrace[] = [];
  const turns = rotaryPositions(model, stream, interventions);
  model.blocks.forEach((block, layer) => {
    const before = traces.at(-1)?.stream ?? stream;
    const run = (): BlockTrace => {
      const { queryKeyValue, output: attention } = intervenedSelfAttention(block.attention, block.attentionNorm.forward(before), interventionsIn(layer, interventions, cutsOfSequences), turns);
      const between = add(before, attention);
      const feedForward = block.feedForward.forward(block.feedForwardNorm.forward(between));
      return { queryKeyValue, attention, feedForward, stream: add(between, feedForward) };
    };
    // A scope frees the scores of all pairs at once, but no gradient leaves it.
    traces.push(engine.isRecording ? run() : engine.scope(run));
  });
  return traces;
}

/** The positions by which a Llama turns queries and keys, int32 (batch, time), where they are others than usual. At the same position for all, none is told from another. */
function rotaryPositions(model: Transformer, stream: Tensor, { positions }: Interventions): Tensor | undefined {
  if ('positions' in model || positions === undefined) return undefined;
  const [batch, time] = stream.shape as [number, number, number];
  const row = positions === 'none' ? new Array<number>(time).fill(0) : positions;
  return model.engine.tensor(Int32Array.from({ length: batch * time }, (_, i) => row[i % time]!), [batch, time], 'int32');
}
