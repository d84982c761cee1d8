// Finds which tokens mattered by one pass back: gradient times input.
import { backward, QuantizedLinear, sum, type Tensor } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { runBlocks, withPositions } from './forward-with.js';
import { answerTo, checkQuestion, type Importance, type ImportanceOptions } from './importance.js';
import type { Interventions } from './interventions.js';

/**
 * Gradient times input (Shrikumar et al. 2016, "Not Just a Black Box"): for each token the dot product of its embedding, without that of
 * the position, and the gradient of the target's log-probability by it. To first order that is what the log-probability loses when the
 * embedding becomes 0. A step that large may lead elsewhere, so ablation is the measurement and this the quick estimate.
 *
 * It costs one forward and one backward pass, however long the text is. The model's own gradients stay as they are.
 * @param ids 1 to contextLength token ids
 * @returns importance (time), the last token included
 * @throws RangeError when ids or options do not fit the model; TypeError when a name is unknown; Error when the weights are in int8
 */
export async function importanceByGradient(model: Transformer, ids: ArrayLike<number>, options: ImportanceOptions = {}): Promise<Importance> {
  const interventions = checkQuestion('importanceByGradient', model, ids, options);
  if ([...model.namedModules().values()].some((layer) => layer instanceof QuantizedLinear)) {
    throw new Error('importanceByGradient: int8 weights have no gradient: use importanceByAblation, or the model before quantizeModel().');
  }
  const tensors = passBack(model, ids, interventions, options.target);
  const [embeddings, gradient, [target], [logProbability]] = await Promise.all(tensors.map((tensor) => tensor.data()));
  for (const tensor of tensors) tensor.dispose();
  const { width } = model.config;
  const importance = Float64Array.from({ length: ids.length }, (_, position) => {
    let product = 0;
    for (let i = position * width; i < (position + 1) * width; i++) product += embeddings![i]! * gradient![i]!;
    return product;
  });
  return { target: target!, logProbability: logProbability!, importance };
}

/** Embeddings of the tokens and their gradients, (1, time, width), the target and its log-probability, (1). */
function passBack(model: Transformer, ids: ArrayLike<number>, interventions: Interventions, wanted: number | undefined): [embeddings: Tensor, gradient: Tensor, target: Tensor, logProbability: Tensor] {
  const { engine } = model;
  const embeddings = engine.parameter(engine.noGradient(() => engine.scope(() => model.tokens.forward(engine.tensor(ids, [1, ids.length], 'int32')))));
  // The gradients of the weights would cost most of the time, and add to those of a training. Nothing awaits until they are trainable again.
  const trainable = model.trainableParameters();
  for (const parameter of trainable) parameter.requiresGradient = false;
  try {
    const { target, logProbability } = engine.withRecording(true, () =>
      engine.scope(() => {
        const blocks = runBlocks(model, withPositions(model, embeddings, interventions), interventions);
        const answer = answerTo(model, blocks.at(-1)!.stream, wanted);
        backward(sum(answer.logProbability));
        return answer;
      }),
    );
    return [embeddings, embeddings.gradient!, target, logProbability];
  } finally {
    for (const parameter of trainable) parameter.requiresGradient = true;
  }
}
