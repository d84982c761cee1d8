// Computes what a `BatchDecoder` asks of the model in one step.
import type { LanguageModel } from '../model/language-model.js';
import type { WritingText } from './batch-text.js';

/** What one text computes: its last token, or a piece of its prompt. */
export interface Part {
  /** Has its place in the cache. */
  readonly text: WritingText;
  readonly ids: number[];
  /** Whether nothing of the text is left to compute then, so that a token is drawn. */
  readonly isWhole: boolean;
}

/**
 * @returns the logits after each part that is whole, row after row
 * @throws what the model throws; then the cache is as before
 */
export async function logitsOf(model: LanguageModel, parts: readonly Part[]): Promise<Float32Array> {
  const before = parts.map(({ text }) => text.sequence!.length);
  try {
    const tensor = model.forwardCached(parts.map(({ text, ids, isWhole }) => ({ sequence: text.sequence!, ids, logits: Number(isWhole) })));
    const values = await tensor.data().finally(() => tensor.dispose());
    return values instanceof Float32Array ? values : Float32Array.from(values);
  } catch (error) {
    // Or these texts would count as computed, and no step would go on with them. One that was removed meanwhile has no sequence.
    parts.forEach(({ text }, i) => text.sequence?.truncate(before[i]!));
    throw error;
  }
}
