// Checks of the ids that a `BatchDecoder` is given, and that they still mean what they did.
import type { LanguageModel } from '../model/language-model.js';

interface Bounds {
  /** The most tokens of a text. */
  readonly capacity: number;
  readonly contextLength: number;
  readonly vocabSize: number;
}

/** A copy of the prompt. @throws RangeError when it is empty, longer than the capacity, or holds what is no id */
export function copyPrompt(prompt: ArrayLike<number>, { capacity, contextLength, vocabSize }: Bounds): number[] {
  const ids = Array.from(prompt);
  if (ids.length === 0) throw new RangeError('BatchDecoder: the prompt is empty; a model needs at least one token to continue.');
  if (ids.length > capacity) throw new RangeError(`BatchDecoder: the prompt has ${ids.length} tokens and a text at most ${capacity}: give its last part, or make the decoder with a larger capacity, at most the context length ${contextLength}.`);
  checkIds('prompt', ids, vocabSize);
  return ids;
}

/** @throws RangeError naming the first value that is not an id from 0 to vocabSize - 1 */
export function checkIds(name: string, ids: readonly number[], vocabSize: number): void {
  const position = ids.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
  if (position < 0) return;
  throw new RangeError(`BatchDecoder: ${name}[${position}] is ${String(ids[position])}, which is no token id; the vocabulary has the ids 0 to ${vocabSize - 1}. Where tokens were added to the tokenizer, call resizeVocabulary first.`);
}

/** @throws Error when the model's vocabulary is no more the one that the decoder was made for */
export function requireSameVocabulary(model: LanguageModel, made: number): void {
  const { vocabSize } = model.config;
  if (vocabSize !== made) throw new Error(`BatchDecoder: the vocabulary of the model was resized from ${made} to ${vocabSize} since the decoder was made: make a new one.`);
}
