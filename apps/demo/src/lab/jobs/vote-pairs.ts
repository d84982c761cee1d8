// Chapter 10: pairs of continuations that a visitor chooses from, as they are written.
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { modelOf } from '../tuning/recipe.js';
import { pairsOfBlock, TOGETHER } from '../votes/pairs.js';
import type { PairSource } from '../votes/recipe.js';

export interface VotePairsInput extends PairSource {
  /** How many there shall be at least. */
  count: number;
}

export interface ShownPair {
  /** How the story begins. */
  beginning: string;
  /** How it may go on. */
  a: string;
  b: string;
  /** The tokens of the three. */
  ids: Readonly<Record<'prompt' | 'a' | 'b', readonly number[]>>;
}

export interface VotePairs extends PairSource, ModelSize {
  pairs: readonly ShownPair[];
}

export default defineJob(async function* ({ count, ...source }: VotePairsInput, tools): AsyncGenerator<VotePairs, VotePairs> {
  const { gpt, tokenizer } = await tools.model(modelOf(source.language));
  const text = (ids: Int32Array): string => tokenizer.decode(ids).trim();
  const pairs: ShownPair[] = [];
  const state = (): VotePairs => ({ ...source, ...sizeOf(gpt.config), pairs: [...pairs] });
  for (let block = 0; TOGETHER * block < count; block++) {
    for (const { beginning, prompt, a, b } of await pairsOfBlock(tools, source, block)) pairs.push({ beginning, a: text(a), b: text(b), ids: { prompt: [...prompt], a: [...a], b: [...b] } });
    yield state();
  }
  return state();
});
