// Checks that what should be a model is one, before its first call.
import { describe, requireMethod } from '@kk/options';
import type { NextTokenModel } from '../model.js';

/**
 * @param name of the parameter, for the error message
 * @param method that the way of decoding calls
 * @throws TypeError unless the model has the method; RangeError unless its vocabSize is an integer from 1
 */
export function requireModel(name: string, model: NextTokenModel, method: 'next' | 'nextWithHidden' = 'next'): void {
  requireMethod(name, model, method, `a model with vocabSize and the method ${method}`);
  const { vocabSize } = model;
  if (!(Number.isSafeInteger(vocabSize) && vocabSize >= 1)) throw new RangeError(`${name}.vocabSize is ${describe(vocabSize)}; expected an integer from 1.`);
}
