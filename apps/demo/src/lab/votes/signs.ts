// What can be measured of the texts that a model writes, without knowing what was wanted: signs that show when it does too much of a good thing.
import type { Tokenizer } from '@kk/tokenizer';

export interface TextSigns {
  /** The share of texts that end with a sentence, and were not cut off, from 0 to 1. */
  readonly ends: number;
  /** Of all groups of three tokens in a text, the share that stood in it before, from 0 to 1. */
  readonly repeats: number;
  /** Of all sentences, the share that stand in one text only, from 0 to 1. */
  readonly own: number;
}

/** Tokens of a group. */
const GROUP = 3;

/**
 * @param texts  as ids, at least one
 * @param ends  the ids with which a sentence ends
 */
export function signsOfTexts(texts: readonly Int32Array[], ends: readonly number[], tokenizer: Pick<Tokenizer, 'decode'>): TextSigns {
  const isEnd = new Set(ends);
  const groups = texts.map((ids) => Array.from({ length: Math.max(0, ids.length - GROUP + 1) }, (_, i) => ids.subarray(i, i + GROUP).join(' ')));
  const count = groups.reduce((sum, { length }) => sum + length, 0);
  const different = groups.reduce((sum, one) => sum + new Set(one).size, 0);
  const sentences = texts.map((ids) => new Set(sentencesOf(tokenizer.decode(ids))));
  const inTexts = new Map<string, number>();
  for (const one of sentences) for (const sentence of one) inTexts.set(sentence, (inTexts.get(sentence) ?? 0) + 1);
  const all = sentences.flatMap((one) => [...one]);
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    ends: share(texts.filter((ids) => isEnd.has(ids.at(-1)!)).length, texts.length),
    repeats: share(count - different, count),
    own: share(all.filter((sentence) => inTexts.get(sentence) === 1).length, all.length),
  };
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?…]["“”«»]?)\s+/u).map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
