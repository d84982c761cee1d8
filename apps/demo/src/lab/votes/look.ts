// What is looked at while a model learns from votes: how it goes on after beginnings that nobody voted on, how far it is from where it was, and what it would have voted.
import { followsRule, preferenceRules, type PreferenceRule } from '@kk/corpora/instructions';
import { scoreAnswers } from '@kk/finetune';
import type { Transformer } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';
import type { StoryLanguage } from '../../languages/stories.js';
import type { Tools } from '../job.js';
import type { AnswerPair } from './pairs.js';
import { BETA } from './recipe.js';
import { signsOfTexts, type TextSigns } from './signs.js';
import { beginningIds, sentenceEnds, writeTwoSentences } from './two-sentences.js';

export interface VoteLook {
  step: number;
  /** How it goes on after each beginning. */
  texts: readonly string[];
  /** The estimated KL divergence from the model before, in nats an answer: the mean of log pi - log pi_ref over what it wrote. Below 0 by chance at most. */
  distance: number;
  /** How surprised the model before is by what it reads now, in nats a token: plain language is what it expects. */
  surprise: number;
  signs: TextSigns;
  /** The share of texts that do what each rule likes, from 0 to 1. */
  follows: Readonly<Record<PreferenceRule, number>>;
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
    readonly source: { language: StoryLanguage; seed: number },
  ) {
    this.#prompts = beginnings.map((beginning) => beginningIds(base.tokenizer, beginning));
    this.#ends = sentenceEnds(base.tokenizer);
  }

  async look(gpt: Transformer, step: number): Promise<VoteLook> {
    const { tools, base, source: { language, seed } } = this;
    const written = await writeTwoSentences(tools, gpt, this.#prompts, { seeds: this.#prompts.map((_, i) => this.#prompts.length * seed + i), ends: this.#ends });
    const scores = await scored(tools, gpt, base.gpt, written);
    const tokens = sum(written.map(({ answer }) => answer.length));
    const texts = written.map(({ answer }) => base.tokenizer.decode(answer).trim());
    const shareOf = (rule: PreferenceRule): number => texts.filter((text) => followsRule(language, rule, text)).length / texts.length;
    return {
      step,
      texts,
      distance: sum(scores.map(({ now, before }) => now - before)) / scores.length,
      surprise: -sum(scores.map(({ before }) => before)) / tokens,
      signs: signsOfTexts(written.map(({ answer }) => answer), this.#ends, base.tokenizer),
      follows: Object.fromEntries(preferenceRules.map((rule) => [rule, shareOf(rule)])) as Record<PreferenceRule, number>,
    };
  }
}

/** DPO's own reward of answer a - that of answer b: above 0 where the model has come to prefer a. */
export async function margins(tools: Pick<Tools, 'breathe'>, gpt: Transformer, reference: Transformer, pairs: readonly AnswerPair[]): Promise<number[]> {
  if (pairs.length === 0) return [];
  const scores = await scored(tools, gpt, reference, pairs.flatMap(({ prompt, a, b }) => [{ prompt, answer: a }, { prompt, answer: b }]));
  const ratios = scores.map(({ now, before }) => now - before);
  return pairs.map((_, i) => BETA * (ratios[2 * i]! - ratios[2 * i + 1]!));
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** The log-probability of each answer, in nats: of the model now, and of the one before. */
async function scored(tools: Pick<Tools, 'breathe'>, gpt: Transformer, reference: Transformer, answered: readonly { prompt: Int32Array; answer: Int32Array }[]): Promise<{ now: number; before: number }[]> {
  const scores: { now: number; before: number }[] = [];
  for (let start = 0; start < answered.length; start += SCORED_TOGETHER) {
    const some = answered.slice(start, start + SCORED_TOGETHER);
    await tools.breathe();
    const now = await scoreAnswers(gpt, some);
    await tools.breathe();
    const before = await scoreAnswers(reference, some);
    scores.push(...some.map((_, i) => ({ now: now[i]!, before: before[i]! })));
  }
  return scores;
}
