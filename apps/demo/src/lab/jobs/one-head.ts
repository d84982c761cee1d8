// Chapter 6: from the whole model to one number: what every layer adds, and every number of one head.
import { inspect, type HeadNumbers } from '@kk/gpt/explain';
import { defineJob } from '../job.js';
import { lookedText } from '../looked-text.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import type { Piece } from '../model-text.js';

export interface OneHeadInput {
  model: string;
  text: string;
  /** Counted from 0; one that the model does not have becomes its last. */
  layer: number;
  head: number;
}

/** How long the vectors of a layer are, at each place: the root of the sum of the squares of their numbers. */
export interface LayerLengths {
  input: Float32Array;
  attention: Float32Array;
  feedForward: Float32Array;
  output: Float32Array;
}

export interface OneHead extends ModelSize {
  tokens: Piece[];
  isCut: boolean;
  layer: number;
  head: number;
  layers: number;
  heads: number;
  /** How many numbers stand for each place, and how many of them a head works with. */
  width: number;
  headSize: number;
  lengths: LayerLengths[];
  /** Of each head of the layer, row by row: who looks at whom, (time, time). */
  weights: Float32Array[];
  /** Every number of the head. */
  numbers: HeadNumbers;
}

export default defineJob(async function* (input: OneHeadInput, tools): AsyncGenerator<OneHead, OneHead> {
  const model = await tools.model(input.model);
  const { config } = model.gpt;
  const { ids, tokens, isCut } = lookedText(model, input.text);
  const layer = Math.min(input.layer, config.layers - 1);
  const head = Math.min(input.head, config.heads - 1);
  const inspection = inspect(model.gpt, ids);
  try {
    const lengths: LayerLengths[] = [];
    for (let at = 0; at < config.layers; at++) {
      const block = await inspection.block(at);
      const of = (values: ArrayLike<number>): Float32Array => lengthsOf(values, config.width);
      lengths.push({ input: of(block.input), attention: of(block.attention), feedForward: of(block.feedForward), output: of(block.output) });
      await tools.breathe();
    }
    const numbers: HeadNumbers[] = [];
    for (let at = 0; at < config.heads; at++) {
      numbers.push(await inspection.head(layer, at));
      await tools.breathe();
    }
    const result: OneHead = {
      tokens, isCut, layer, head, layers: config.layers, heads: config.heads, width: config.width, headSize: numbers[head]!.query.length / ids.length, lengths,
      weights: numbers.map(({ weights }) => Float32Array.from(weights)), numbers: numbers[head]!, ...sizeOf(config),
    };
    yield result;
    return result;
  } finally {
    inspection.dispose();
  }
});

/** The length of each row. */
function lengthsOf(values: ArrayLike<number>, width: number): Float32Array {
  return Float32Array.from({ length: values.length / width }, (_, row) => Math.hypot(...Array.from({ length: width }, (__, i) => values[row * width + i]!)));
}
