// Chapter 6: at whom every token of a text looks, in every head, and what the model expects after it.
import { inspect } from '@kk/gpt/explain';
import { defineJob } from '../job.js';
import { chancesAfter, lookedText, type Chance } from '../looked-text.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import type { Piece } from '../model-text.js';

export interface AttentionLooksInput {
  model: string;
  text: string;
  /** How many of the most probable next tokens are wanted. */
  top: number;
}

export interface AttentionLooks extends ModelSize {
  tokens: Piece[];
  isCut: boolean;
  layers: number;
  heads: number;
  /** Who looks at whom: (layers, heads, time, time), the row is the token that looks. */
  weights: Float32Array;
  /** The mean of all heads of all layers: (time, time). */
  mean: Float32Array;
  /** What is expected after each token. */
  next: Chance[][];
}

export default defineJob(async function* (input: AttentionLooksInput, tools): AsyncGenerator<AttentionLooks, AttentionLooks> {
  const model = await tools.model(input.model);
  const { ids, tokens, isCut } = lookedText(model, input.text);
  const inspection = inspect(model.gpt, ids);
  try {
    const predictions = await inspection.predictions({ alternatives: input.top });
    const { weights, shape } = await inspection.patterns();
    const [layers, heads, time] = shape as [number, number, number, number];
    const mean = new Float32Array(time * time);
    for (let head = 0; head < layers * heads; head++) {
      for (let link = 0; link < mean.length; link++) mean[link]! += weights[head * mean.length + link]! / (layers * heads);
      await tools.breathe();
    }
    const result: AttentionLooks = {
      tokens, isCut, layers, heads, weights: weights as Float32Array, mean,
      next: predictions.map(({ alternatives }, place) => chancesAfter(model, ids.slice(0, place + 1), alternatives)),
      ...sizeOf(model.gpt.config),
    };
    yield result;
    return result;
  } finally {
    inspection.dispose();
  }
});
