// Classifier-free guidance as a model: what the prompt adds to a text without it, or with a negative prompt, made stronger.
import { type NextTokenModel } from '../model.js';
import { classifierFreeGuidance } from '../processors/classifier-free-guidance.js';
import { checkCount, checkIds, checkLogits } from './ask.js';

export interface GuidedOptions {
  /** 1 is the model itself, more than 1 follows the prompt more closely: a finite number. */
  scale: number;
  /** How many ids at the beginning of each context are the prompt: what is compared against lacks them. An integer from 0. */
  promptLength: number;
  /** What stands in the prompt's place: a negative prompt, or the token that begins every text. Whether it may be empty is up to the model. */
  negativePrompt: ArrayLike<number>;
}

/**
 * A model whose logits are those of classifierFreeGuidance() between the context and the same continuation behind the negative prompt.
 * It asks the model twice per token, one after the other, for the model may use the memory of its logits anew. A model that caches one
 * context only is better given as two: `guided(model, options, sameModelAgain)`.
 *
 * @param unconditional who is asked for the second logits; `model` if left out
 * @throws RangeError if an option is out of range or both vocabularies differ in size
 */
export function guided(model: NextTokenModel, { scale, promptLength, negativePrompt }: GuidedOptions, unconditional: NextTokenModel = model): NextTokenModel {
  if (!Number.isFinite(scale)) throw new RangeError(`scale must be a finite number, got ${String(scale)}; 1 changes nothing`);
  checkCount('promptLength', promptLength, 0);
  const { vocabSize } = model;
  if (unconditional.vocabSize !== vocabSize) throw new RangeError(`the unconditional model has a vocabulary of ${unconditional.vocabSize} tokens, expected that of the model: ${vocabSize}`);
  const negative = Array.from(negativePrompt);
  checkIds('negativePrompt', negative, vocabSize);
  return {
    vocabSize,
    async next(context) {
      if (context.length < promptLength) throw new RangeError(`the context has ${context.length} ids, fewer than promptLength ${promptLength}`);
      const withPrompt = (await model.next(context)).slice();
      checkLogits(withPrompt, vocabSize);
      const withoutPrompt = await unconditional.next([...negative, ...Array.from(context).slice(promptLength)]);
      checkLogits(withoutPrompt, vocabSize);
      return classifierFreeGuidance(withPrompt, withoutPrompt, scale, withPrompt);
    },
  };
}
