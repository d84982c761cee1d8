// The words of a text, and which of its tokens write each of them.
import type { ReadyModel } from './ready-model.js';

export interface TextWord {
  text: string;
  /** The places of its tokens. A token that also writes a space or a mark counts. */
  places: number[];
}

export function wordsOfTokens({ tokenizer }: Pick<ReadyModel, 'tokenizer'>, ids: readonly number[]): TextWord[] {
  const encoder = new TextEncoder();
  const parts = ids.map((id) => tokenizer.tokenBytes(id));
  const text = new TextDecoder().decode(Uint8Array.from(parts.flatMap((part) => [...part])));
  let length = 0;
  const spans = parts.map((part) => ({ from: length, to: (length += part.length) }));
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[’'-][\p{L}\p{N}]+)*/gu)].map((found) => {
    const from = encoder.encode(text.slice(0, found.index)).length;
    const to = from + encoder.encode(found[0]).length;
    return { text: found[0], places: spans.flatMap((span, place) => (span.from < to && span.to > from ? [place] : [])) };
  });
}

/** The places of all words that are written like this one, large or small. */
export function placesOfWord(words: readonly TextWord[], text: string): number[] {
  const wanted = text.toLowerCase();
  return words.flatMap((word) => (word.text.toLowerCase() === wanted ? word.places : []));
}
