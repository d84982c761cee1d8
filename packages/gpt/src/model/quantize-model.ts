// Rounds the matrices of a model to int8, so that generation reads a quarter of the bytes.
import { OutputEmbedding } from '@kk/embeddings';
import { checkOptions, Linear, QuantizedLinear, QuantizedMatrix, replaceLayers, type Layer, type Module, type NoOptions } from '@kk/nn-core';
import type { Transformer } from './transformer.js';

/**
 * Replaces every `Linear` of the model and its output layer by layers with int8 weights, with one scale per column (see `quantize` of
 * @kk/nn-core), and frees the float32 matrices. Embedding tables, biases and norms stay in float32, so a tied table is kept in addition to
 * its int8 copy. To measure the increase of the loss, call `evaluate` before and after.
 *
 * The model can no longer be trained or saved. Trainers and optimizers of it must be disposed of first.
 * @param options there are none: int8 is the only way
 * @returns the same model
 * @throws RangeError when a weight is not finite, TypeError when an option is given; the model is then unchanged
 */
export async function quantizeModel<M extends Transformer>(model: M, options: NoOptions = {}): Promise<M> {
  checkOptions('quantizeModel', options, {});
  const replaced = await replaceLayers(model, /^/, quantizedLayer);
  for (const layer of replaced.values()) layer.dispose({ except: model });
  return model;
}

async function quantizedLayer(layer: Module): Promise<Layer | undefined> {
  if (layer instanceof Linear) return QuantizedLinear.of(layer);
  if (layer instanceof OutputEmbedding) return new QuantizedLinear(await QuantizedMatrix.of(layer.weight, { transposed: true }));
  return undefined;
}
