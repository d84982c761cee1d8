// Classifier-free guidance as a model: strengthens the effect of the prompt, compared with no prompt or a negative prompt.
import { describe, requireList } from '@kk/options';
import { requireKnown } from '../checks.js';
import type { NextTokenModel } from '../model.js';
import { classifierFreeGuidance } from '../processors/classifier-free-guidance.js';
import { checkCount, checkIds, checkLogits } from './ask.js';
import { requireModel } from './check-model.js';

export interface GuidedOptions {
  /** 1 is the plain model, above 1 follows the prompt more closely: a finite number. */
  scale: number;
  /** The length of the prompt: so many ids at the start of each context are replaced for the comparison. An integer from 0. */
  promptLength: number;
  /**
   * Replaces the prompt for the comparison: a negative prompt, or the token that begins every text. The model decides whether it may be
   * empty.
   */
  negativePrompt: ArrayLike<number>;
}

/**
 * A model whose logits are classifierFreeGuidance() of two contexts: the given one, and the same continuation after the negative prompt. It
 * calls the model twice per token, one after the other, because the model may reuse the memory of its logits. If the model caches only one
 * context, pass two instances: `guided(model, options, sameModelAgain)`.
 *
 * @param unconditional the model for the second logits; default `model`
 * @throws TypeError if an option is unknown, or a model or an option is of a wrong kind
 * @throws RangeError if an option is out of range or both vocabularies differ in size
 */
export function guided(model: NextTokenModel, options: GuidedOptions, unconditional: NextTokenModel = model): NextTokenModel {
  requireKnown<GuidedOptions>('guided', options, { scale: true, promptLength: true, negativePrompt: true });
  const { scale, promptLength, negativePrompt } = options;
  if (!Number.isFinite(scale)) throw new RangeError(`scale must be a finite number, got ${describe(scale)}; 1 changes nothing`);
  checkCount('promptLength', promptLength, 0);
  requireModel('model', model);
  requireModel('unconditional', unconditional);
  const { vocabSize } = model;
  if (unconditional.vocabSize !== vocabSize) throw new RangeError(`the unconditional model has a vocabulary of ${unconditional.vocabSize} tokens, expected that of the model: ${vocabSize}`);
  requireList('negativePrompt', negativePrompt, 'a list of token ids');
  const negative = Array.from(negativePrompt);
  checkIds('negativePrompt', negative, vocabSize);
  return {
    vocabSize,
    async next(context) {
      if (context.length < promptLength) throw new RangeError(`the context has ${context.length} ids, fewer than promptLength ${promptLength}`);
      const logits = await model.next(context);
      checkLogits(logits, vocabSize);
      const withPrompt = logits.slice();
      const withoutPrompt = await unconditional.next([...negative, ...Array.from(context).slice(promptLength)]);
      checkLogits(withoutPrompt, vocabSize);
      return classifierFreeGuidance(withPrompt, withoutPrompt, scale, withPrompt);
    },
  };
}
