// Tells what the model would say if it had to answer after each block: the logit lens.
import { checkOptions } from '@kk/nn-core';
import type { Inspection, Numbers } from './inspection.js';
import { predictionNames, predictionOf, type Prediction, type PredictionOptions } from './predictions.js';

/**
 * The final norm and the output layer, applied to the residual stream after each block (nostalgebraist 2020, "interpreting GPT: the logit
 * lens"). They are the model's present ones: use it before the model is trained further. It computes and reads time * vocabSize logits for
 * each layer, one layer at a time.
 * @returns [blocks][position]: after 0 blocks (the embeddings alone) to all of them, which is what the model says
 * @throws RangeError when an option is out of range
 */
export async function logitLens(inspection: Inspection, options: PredictionOptions = {}): Promise<Prediction[][]> {
  checkOptions('logitLens', options, predictionNames);
  const { model, ids } = inspection;
  const { engine, config } = model;
  const { layers, vocabSize } = config;
  const rows: Prediction[][] = [];
  for (let blocks = 0; blocks <= layers; blocks++) {
    const tensor = engine.noGradient(() => engine.scope(() => model.logits(inspection.streamTensor(blocks))));
    const logits = (await tensor.data()) as Numbers;
    tensor.dispose();
    rows.push(ids.map((_, position) => predictionOf(logits.subarray(position * vocabSize, (position + 1) * vocabSize), ids[position + 1], options)));
  }
  return rows;
}
