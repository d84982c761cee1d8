// What losses are measured on: the beginning of a split, or, of several files of tokens, the beginnings of their splits in proportion to the
// files' weights. All of a long split would take longer to measure than to train on.
import { evaluate, type LanguageModel, type Measured, type TokenIds } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';

/** A split of one text or file, or its beginning. */
export interface MeasuredPart {
  /** At least two: a token to predict, and one before it. */
  ids: TokenIds;
  /** How much its loss counts beside those of the other parts: as many rows of a training are from its file. */
  weight: number;
  /** The UTF-8 bytes that the ids without the first stand for, where their text is known. Otherwise the tokenizer counts them. */
  bytes?: number;
}

/** Tokens that are measured during a training, as in nanoGPT (20 batches of 12 windows of 64). */
const ESTIMATE_TOKENS = 15_360;

/**
 * The beginnings that are measured: of each part as many predicted tokens as its share of the weights, or all where it has fewer.
 * @param most  predicted tokens of all parts together
 */
export function beginningsOf(parts: readonly MeasuredPart[], most: number): TokenIds[] {
  const weights = sumOf(parts, ({ weight }) => weight);
  return parts.map(({ ids, weight }) => ids.subarray(0, Math.max(1, Math.floor((most * weight) / weights)) + 1));
}

/**
 * The mean of the parts' losses by their weights, which is the loss that the training lowers. A part that is shorter than its share counts
 * no less.
 * @param most  predicted tokens of all parts together
 * @throws the signal's reason when stopped
 */
export async function measure(model: LanguageModel, parts: readonly MeasuredPart[], most: number, { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number) => void } = {}): Promise<Measured> {
  const beginnings = beginningsOf(parts, most);
  let tokens = 0;
  let loss = 0;
  for (const [i, ids] of beginnings.entries()) {
    const before = tokens;
    const part = await evaluate(model, ids, { signal, onProgress: (done) => onProgress?.(before + done) });
    tokens += part.tokens;
    loss += part.loss * parts[i].weight;
  }
  return { loss: loss / sumOf(parts, ({ weight }) => weight), tokens };
}

/** For `train`: the loss on at most 15,360 tokens of a split; undefined without a split. */
export function estimateOf(model: LanguageModel, parts: readonly MeasuredPart[]): ((signal?: AbortSignal) => Promise<Measured>) | undefined {
  return parts.length === 0 ? undefined : (signal) => measure(model, parts, ESTIMATE_TOKENS, { signal });
}

/** The UTF-8 bytes of a measured token: the mean of the parts' by their weights. What a tokenizer cannot write again is spread over its tokens. */
export function bytesPerToken(parts: readonly MeasuredPart[], most: number, tokenizer: Tokenizer): number {
  const lengths = new Map<number, number>();
  const lengthOf = (id: number): number => {
    const length = lengths.get(id) ?? tokenizer.tokenBytes(id).length;
    lengths.set(id, length);
    return length;
  };
  const bytesOf = (ids: TokenIds): number => {
    let bytes = 0;
    for (let i = 1; i < ids.length; i++) bytes += lengthOf(ids[i]);
    return bytes;
  };
  const beginnings = beginningsOf(parts, most);
  const bytes = sumOf(parts, ({ ids, weight, bytes: known }, i) => {
    const measured = beginnings[i];
    if (known === undefined) return (weight * bytesOf(measured)) / (measured.length - 1);
    const share = measured.length === ids.length ? 1 : bytesOf(measured) / bytesOf(ids);
    return (weight * known * share) / (measured.length - 1);
  });
  return bytes / sumOf(parts, ({ weight }) => weight);
}

const sumOf = (parts: readonly MeasuredPart[], value: (part: MeasuredPart, index: number) => number): number => parts.reduce((sum, part, i) => sum + value(part, i), 0);
