// The pairs that a visitor chooses from: a story's first sentence, and two ways in which the shipped model goes on.
import { writeStory } from '@kk/corpora';
import type { Tools } from '../job.js';
import { modelOf } from '../tuning/recipe.js';
import { beginningIds, sentenceEnds, writeTwoSentences } from './two-sentences.js';
import type { PairSource } from './recipe.js';

export interface AnswerPair {
  /** The story's first sentence. */
  readonly beginning: string;
  readonly prompt: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Pairs that are written side by side. */
export const TOGETHER = 4;
/** The seeds from here on are of stories that no model has read. */
const FIRST_UNREAD = 2 ** 31;
/** More pairs than one visitor votes on; other seeds have other stories. */
const MOST_PAIRS = 1000;

/** The first sentence of story i that belongs to a source. */
export function beginningOf({ language, seed }: PairSource, i: number): string {
  const story = writeStory(language, FIRST_UNREAD + MOST_PAIRS * seed + i);
  return /^.*?[.!?…]["“”]?(?=\s|$)/s.exec(story)![0];
}

/** With which a side of pair i is written. */
export const seedOf = ({ seed }: PairSource, i: number, side: 0 | 1): number => 2 * (MOST_PAIRS * seed + i) + side;

/** Pairs `TOGETHER * block` and those after it. They are kept. */
export function pairsOfBlock(tools: Tools, source: PairSource, block: number): Promise<readonly AnswerPair[]> {
  return tools.keep(`pairs ${source.language} ${source.seed} ${block}`, async () => {
    const { gpt, tokenizer } = await tools.model(modelOf(source.language));
    const ends = await tools.keep(`sentence ends ${source.language}`, () => sentenceEnds(tokenizer));
    const indices = Array.from({ length: TOGETHER }, (_, i) => TOGETHER * block + i);
    const beginnings = indices.map((i) => beginningOf(source, i));
    const prompts = beginnings.map((beginning) => beginningIds(tokenizer, beginning));
    const written = await writeTwoSentences(tools, gpt, [...prompts, ...prompts], { seeds: ([0, 1] as const).flatMap((side) => indices.map((i) => seedOf(source, i, side))), ends });
    return beginnings.map((beginning, i): AnswerPair => ({ beginning, prompt: prompts[i]!, a: written[i]!.answer, b: written[TOGETHER + i]!.answer }));
  });
}

/** The first so many pairs. */
export async function firstPairs(tools: Tools, source: PairSource, count: number): Promise<AnswerPair[]> {
  const pairs: AnswerPair[] = [];
  for (let block = 0; TOGETHER * block < count; block++) pairs.push(...(await pairsOfBlock(tools, source, block)));
  return pairs.slice(0, count);
}

