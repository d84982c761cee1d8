// What is looked at while a model learns from votes: how it goes on after beginnings that nobody voted on, how far it is from where it was, and what it would have voted.
import { scoreAnswers } from '@kk/finetune';
import type { Transformer } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';
import type { Tools } from '../job.js';
import type { AnswerPair } from './pairs.js';
import { BETA } from './recipe.js';
import { beginningIds, sentenceEnds, writeTwoSentences } from './two-sentences.js';

export interface VoteLook {
  step: number;
  /** How it goes on after each beginning. */
  texts: readonly string[];
  /** The estimated KL divergence from the model before, in nats an answer: the mean of log pi - log pi_ref over what it wrote. Below 0 by chance at most. */
  distance: number;
}

/** Rows that are scored at once. */
const SCORED_TOGETHER = 8;

export class VoteLooker {
  readonly #prompts: readonly Int32Array[];
  readonly #ends: readonly number[];

  constructor(
    readonly tools: Tools,
    readonly base: { gpt: Transformer; tokenizer: Tokenizer },
    beginnings: readonly string[],
    readonly seed: number,
  ) {
    this.#prompts = beginnings.map((beginning) => beginningIds(base.tokenizer, beginning));
    this.#ends = sentenceEnds(base.tokenizer);
  }

  async look(gpt: Transformer, step: number): Promise<VoteLook> {
    const { tools, base, seed } = this;
    const written = await writeTwoSentences(tools, gpt, this.#prompts, { seeds: this.#prompts.map((_, i) => this.#prompts.length * seed + i), ends: this.#ends });
    const ratios = await logRatios(tools, gpt, base.gpt, written);
    return { step, texts: written.map(({ answer }) => base.tokenizer.decode(answer).trim()), distance: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length };
  }
}

/** DPO's own reward of answer a - that of answer b: above 0 where the model has come to prefer a. */
export async function margins(tools: Pick<Tools, 'breathe'>, gpt: Transformer, reference: Transformer, pairs: readonly AnswerPair[]): Promise<number[]> {
  if (pairs.length === 0) return [];
  const ratios = await logRatios(tools, gpt, reference, pairs.flatMap(({ prompt, a, b }) => [{ prompt, answer: a }, { prompt, answer: b }]));
  return pairs.map((_, i) => BETA * (ratios[2 * i]! - ratios[2 * i + 1]!));
}

/** log pi - log pi_ref of each answer, in nats. */
async function logRatios(tools: Pick<Tools, 'breathe'>, gpt: Transformer, reference: Transformer, answered: readonly { prompt: Int32Array; answer: Int32Array }[]): Promise<number[]> {
  const ratios: number[] = [];
  for (let start = 0; start < answered.length; start += SCORED_TOGETHER) {
    const some = answered.slice(start, start + SCORED_TOGETHER);
    await tools.breathe();
    const own = await scoreAnswers(gpt, some);
    await tools.breathe();
    const before = await scoreAnswers(reference, some);
    ratios.push(...some.map((_, i) => own[i]! - before[i]!));
  }
  return ratios;
}
