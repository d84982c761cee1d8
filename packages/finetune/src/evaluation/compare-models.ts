// Measures a model before and after tuning with the same questions and texts, and puts the results side by side.

import { evaluate, type LanguageModel, type TokenIds } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { LabelledTokens } from '../data/examples.js';
import { answerOptionNames, evaluateAnswers, type AnswerOptions, type AnswerShares, type GivenAnswer } from './answers.js';
import type { CopiedPassages, CopyFinder } from './copy-finder.js';
import type { Question } from './question.js';
import { evaluatePairs, type ProbeResult, type SentencePair } from './sentence-pairs.js';
import { lossOf, type MeanLoss } from './sequence-loss.js';

export interface ComparedModel {
  readonly model: LanguageModel;
  /** Default `base` and `tuned`. */
  readonly name?: string;
  /** Called before this one is measured. Where an adapter makes the difference, both have the same model, and this switches the adapter off or on. */
  readonly activate?: () => void | Promise<void>;
}

export interface CompareOptions extends AnswerOptions {
  base: ComparedModel;
  tuned: ComparedModel;
  questions: readonly Question[];
  /** Examples of the task that were not trained on: the loss on their learned tokens. */
  examples?: readonly LabelledTokens[];
  /** Text like that of the base, which was not trained on either: the loss says what was forgotten. */
  baseText?: TokenIds;
  /** Finds what answers copy from the text that was learned. */
  copies?: CopyFinder;
  /** Probes for bias. */
  pairs?: readonly SentencePair[];
}

/** Everything measured of one model. What was not asked for is null. */
export interface ModelMeasures {
  readonly name: string;
  readonly answers: AnswerShares;
  readonly kinds: Readonly<Record<string, AnswerShares>>;
  readonly task: MeanLoss | null;
  readonly baseText: MeanLoss | null;
  readonly copies: CopiedPassages | null;
  readonly probes: Readonly<Record<string, ProbeResult>> | null;
}

/** One question with both answers. */
export interface ComparedAnswer {
  readonly kind: string;
  readonly question: string;
  /** The right answers; empty where there is no single one. */
  readonly expected: readonly string[];
  readonly base: ShownAnswer;
  readonly tuned: ShownAnswer;
}

export type ShownAnswer = Pick<GivenAnswer, 'text' | 'endsByItself' | 'isExact' | 'hasRightForm' | 'logProbability'>;

/** Plain data: `JSON.stringify` writes all of it. */
export interface Comparison {
  readonly base: ModelMeasures;
  readonly tuned: ModelMeasures;
  /** In the order of the questions. */
  readonly answers: readonly ComparedAnswer[];
  /** The loss of the tuned model on the base's text divided by that of the base, minus 1: 0.05 is 5 % worse. Null without such a text. */
  readonly forgotten: number | null;
}

const OPTIONS: OptionNames<CompareOptions> = {
  ...answerOptionNames, base: 'required', tuned: 'required', questions: 'required', examples: 'optional', baseText: 'optional', copies: 'optional', pairs: 'optional',
};
const MODEL: OptionNames<ComparedModel> = { model: 'required', name: 'optional', activate: 'optional' };

/**
 * Measures the base, then the tuned model. The one that was measured last stays active.
 *
 * @throws as `evaluateAnswers`, `lossOf`, `evaluatePairs` and `evaluate` of @kk/gpt; TypeError when an option is unknown or missing
 */
export async function compareModels(options: CompareOptions): Promise<Comparison> {
  checkOptions('compareModels', options, OPTIONS);
  checkOptions('compareModels: base', options.base, MODEL);
  checkOptions('compareModels: tuned', options.tuned, MODEL);
  const total = 2 * options.questions.length;
  const base = await measure({ name: 'base', ...options.base }, options, (done) => options.onProgress?.(done, total));
  const tuned = await measure({ name: 'tuned', ...options.tuned }, options, (done) => options.onProgress?.(total / 2 + done, total));
  const [before, after] = [base.measures.baseText, tuned.measures.baseText];
  return {
    base: base.measures,
    tuned: tuned.measures,
    answers: options.questions.map(({ kind, text, answers = [] }, i) => ({ kind, question: text, expected: answers, base: shown(base.given[i]!), tuned: shown(tuned.given[i]!) })),
    forgotten: before && after && after.loss / before.loss - 1,
  };
}

async function measure({ model, name, activate }: ComparedModel & { name: string }, options: CompareOptions, onProgress: (done: number) => void): Promise<{ measures: ModelMeasures; given: readonly GivenAnswer[] }> {
  const { questions, examples, baseText, copies, pairs, decode, stopTokens, maxTokens, temperature, seed, sequences, normalize, signal } = options;
  await activate?.();
  const { answers, all, kinds } = await evaluateAnswers(model, questions, { decode, stopTokens, maxTokens, temperature, seed, sequences, normalize, signal, onProgress });
  return {
    given: answers,
    measures: {
      name, answers: all, kinds,
      task: examples === undefined ? null : await lossOf(model, examples, signal),
      baseText: baseText === undefined ? null : await evaluate(model, baseText, { signal }),
      copies: copies?.measure(answers.map(({ ids }) => ids)) ?? null,
      probes: pairs === undefined ? null : await evaluatePairs(model, pairs, signal),
    },
  };
}

const shown = ({ text, endsByItself, isExact, hasRightForm, logProbability }: GivenAnswer): ShownAnswer => ({ text, endsByItself, isExact, hasRightForm, logProbability });
