// A model that is known: after each token it is nearly sure of the one with the next id, and after the last id of the first one.

import { GPT } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';

export function countingModel(engine: Engine, vocabSize: number, contextLength: number): GPT {
  const model = new GPT(engine, { vocabSize, contextLength, layers: 1, heads: 1, width: vocabSize, tiedEmbeddings: false }, { blank: true });
  const oneHot = (shift: number) => Float64Array.from({ length: vocabSize ** 2 }, (_, i) => ((Math.floor(i / vocabSize) + vocabSize - shift) % vocabSize === i % vocabSize ? 5 : 0));
  for (const [name, tensor] of model.namedTensors()) {
    if (name === 'tokens.weight') tensor.set(oneHot(0));
    else if (name === 'outputEmbedding.weight') tensor.set(oneHot(1));
    else if (name === 'finalNorm.weight') tensor.set(new Float64Array(vocabSize).fill(1));
  }
  return model;
}
