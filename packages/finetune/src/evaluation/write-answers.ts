// Lets a model write an answer to each of many prompts, several side by side.
import { BatchDecoder, type BatchText, type LanguageModel } from '@kk/gpt';

export interface WriteOptions {
  /** Tokens that end an answer. */
  readonly stopTokens: readonly number[];
  /** The most tokens of an answer. */
  readonly maxTokens: number;
  /** 0 always takes the most probable token; above 0 tokens are drawn. */
  readonly temperature: number;
  /** Answer i draws from seed + i. */
  readonly seed: number;
  /** How many answers are written side by side. */
  readonly sequences: number;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @param prompts at least one, each of 1 id to one fewer than the model's context
 * @returns the texts in the order of the prompts
 * @throws RangeError when an option is out of range; the signal's reason when it is aborted
 */
export async function writeAnswers(model: LanguageModel, prompts: readonly ArrayLike<number>[], options: WriteOptions): Promise<BatchText[]> {
  const { stopTokens, maxTokens, temperature, seed, sequences, onProgress, signal } = options;
  const longest = Math.max(...prompts.map(({ length }) => length));
  const capacity = Math.min(model.config.contextLength, longest + maxTokens);
  const decoder = new BatchDecoder(model, { sequences: Math.min(sequences, prompts.length), capacity });
  try {
    const texts: BatchText[] = [];
    let done = 0;
    while (done < prompts.length) {
      signal?.throwIfAborted();
      while (decoder.room > 0 && texts.length < prompts.length) texts.push(decoder.add(prompts[texts.length]!, { maxTokens, stopTokens, temperature, seed: seed + texts.length }));
      const ended = (await decoder.step()).filter(({ text }) => text.end !== null).length;
      done += ended;
      if (ended > 0) onProgress?.(done, prompts.length);
    }
    return texts;
  } finally {
    decoder.dispose();
  }
}
