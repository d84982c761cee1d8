// Turns a text into one vector, to compare texts by what the model makes of them.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { inspect } from './inspection.js';

export interface TextEmbeddingOptions {
  /** After how many blocks the residual stream is read, from 0 to all of them, the default. Only after all of them the final norm follows, as in transformers' `last_hidden_state`. */
  blocks?: number;
  /** 'mean' (default): the mean of all positions. 'last': the last position, which alone has seen the whole text. */
  pooling?: 'mean' | 'last';
}

const OPTIONS: OptionNames<TextEmbeddingOptions> = { blocks: 'optional', pooling: 'optional' };

/**
 * A vector for a text. A GPT was never trained to make such vectors, so expect less of their cosines than of a model that was. It costs a
 * forward pass of the text.
 * @param ids 1 to contextLength token ids
 * @returns (width)
 * @throws RangeError when ids or options do not fit the model; TypeError when a name is unknown
 */
export async function textEmbedding(model: Transformer, ids: ArrayLike<number>, options: TextEmbeddingOptions = {}): Promise<Float32Array> {
  checkOptions('textEmbedding', options, OPTIONS);
  const { layers, width } = model.config;
  const { blocks = layers, pooling = 'mean' } = options;
  if (pooling !== 'mean' && pooling !== 'last') throw new RangeError(`textEmbedding: pooling is ${JSON.stringify(pooling)}; expected 'mean' or 'last'.`);
  const inspection = inspect(model, ids);
  try {
    const { engine } = model;
    const stream = inspection.streamTensor(blocks);
    const tensor = blocks === layers ? engine.noGradient(() => engine.scope(() => model.finalNorm.forward(stream))) : stream;
    const vectors = await tensor.data();
    if (tensor !== stream) tensor.dispose();
    const first = pooling === 'last' ? ids.length - 1 : 0;
    const mean = new Float64Array(width);
    for (let i = first * width; i < vectors.length; i++) mean[i % width]! += vectors[i]! / (ids.length - first);
    return Float32Array.from(mean);
  } finally {
    inspection.dispose();
  }
}
