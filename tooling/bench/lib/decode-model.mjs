// The model of the decoding benchmark, the shape of GPT-2 124M with the same random weights in every process.
import { GPT } from '@kk/gpt';
import { Random } from '@kk/nn-core';
import { decode } from './sizes.mjs';

const { promptLength, ...config } = decode;

/** What everybody reads first. */
export const prompt = Array.from({ length: promptLength }, (_, i) => (i * 7919) % config.vocabSize);

/** Drawing 124 million normal numbers would take longer than all measurements: these are uniform, of the same deviation. */
export function decodeModel(engine) {
  let state = 1;
  Random.prototype.fillNormal = (array, mean, deviation) => {
    const scale = (deviation * Math.sqrt(12)) / 2 ** 32;
    for (let i = 0; i < array.length; i++) {
      // A step of xorshift (Marsaglia 2003).
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      array[i] = mean + state * scale;
    }
  };
  return new GPT(engine, { ...config, dropout: 0 });
}

/** The position of the largest logit: the next token at temperature 0. */
export function largest(logits) {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i] > logits[best]) best = i;
  return best;
}
