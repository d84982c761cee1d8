// Lets a model answer questions, and counts by kind: exact matches, right forms, answers that end by themselves.

import type { BatchText, LanguageModel } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { normalizeAnswer } from './normalize-answer.js';
import type { Question } from './question.js';
import { writeAnswers } from './write-answers.js';

export interface AnswerOptions {
  /** The text of ids, such as `(ids) => tokenizer.decode(ids)`. */
  decode: (ids: readonly number[]) => string;
  /** Tokens that end an answer, such as the end of a turn; they are not part of the text. */
  stopTokens: readonly number[];
  /** The most tokens of an answer. One that has not ended by then is cut. Default 64. */
  maxTokens?: number;
  /** 0 always takes the most probable token, which is the default; above 0 tokens are drawn. */
  temperature?: number;
  /** For temperatures above 0: question i draws from seed + i. A whole number of 0 or more, default 1. */
  seed?: number;
  /** How many answers are written side by side, default 16. */
  sequences?: number;
  /** Two answers are equal if this makes the same text of them. Default `normalizeAnswer`. */
  normalize?: (text: string) => string;
  /** Called with the number of answers that ended, and that of all. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

export const answerOptionNames: OptionNames<AnswerOptions> = {
  decode: 'required', stopTokens: 'required', maxTokens: 'optional', temperature: 'optional', seed: 'optional', sequences: 'optional', normalize: 'optional', onProgress: 'optional', signal: 'optional',
};

/** What the model answered. */
export interface GivenAnswer {
  readonly kind: string;
  /** Without the token that ended it. */
  readonly text: string;
  /** Its tokens, without the one that ended it. */
  readonly ids: readonly number[];
  /** Whether a stop token ended it, and not its length. */
  readonly endsByItself: boolean;
  /** Null where the question has no single right answer. */
  readonly isExact: boolean | null;
  /** Null where the question does not say its form. */
  readonly hasRightForm: boolean | null;
  /** The log-probability of all its tokens, the end included, in the model's own distribution: nats, 0 or less. */
  readonly logProbability: number;
}

/** Shares from 0 to 1; null where no question counts. */
export interface AnswerShares {
  readonly questions: number;
  readonly exact: number | null;
  readonly rightForm: number | null;
  readonly endsByItself: number | null;
  /** The mean number of tokens, without the end. */
  readonly meanTokens: number | null;
}

export interface AnswerEvaluation {
  /** In the order of the questions. */
  readonly answers: readonly GivenAnswer[];
  readonly all: AnswerShares;
  /** In the order in which the kinds occur. */
  readonly kinds: Readonly<Record<string, AnswerShares>>;
}

/**
 * Answers all questions with a `BatchDecoder`. The model is not changed.
 *
 * @throws RangeError when there is no question, a prompt leaves no room for an answer in the model's context (the question is named), or an option is out of range
 * @throws TypeError when an option is unknown or missing; the signal's reason when it is aborted
 */
export async function evaluateAnswers(model: LanguageModel, questions: readonly Question[], options: AnswerOptions): Promise<AnswerEvaluation> {
  checkOptions('evaluateAnswers', options, answerOptionNames);
  const { stopTokens, maxTokens = 64, temperature = 0, seed = 1, sequences = 16, onProgress, signal } = options;
  checkQuestions(model, questions);
  const texts = await writeAnswers(model, questions.map(({ prompt }) => prompt), { stopTokens, maxTokens, temperature, seed, sequences, onProgress, signal });
  const answers = questions.map((question, i) => judge(question, texts[i]!, options));
  return { answers, ...countByKind(answers) };
}

function checkQuestions({ config: { contextLength } }: LanguageModel, questions: readonly Question[]): void {
  if (questions.length === 0) throw new RangeError('evaluateAnswers: there are no questions; expected at least one.');
  for (const [i, { prompt, kind }] of questions.entries()) {
    if (prompt.length >= 1 && prompt.length < contextLength) continue;
    throw new RangeError(`evaluateAnswers: the prompt of question ${i} (${kind}) has ${prompt.length} tokens; expected 1 to ${contextLength - 1}, so that an answer has room in the model's context of ${contextLength}: shorten it or leave the question out.`);
  }
}

function judge({ kind, answers, hasRightForm }: Question, { ids, end, logProbabilities }: BatchText, { decode, normalize = normalizeAnswer }: AnswerOptions): GivenAnswer {
  const endsByItself = end === 'stop token';
  const own = endsByItself ? ids.slice(0, -1) : ids;
  const text = decode(own);
  return {
    kind, text, ids: own, endsByItself,
    isExact: answers === undefined || answers.length === 0 ? null : answers.some((answer) => normalize(answer) === normalize(text)),
    hasRightForm: hasRightForm === undefined ? null : hasRightForm(text),
    logProbability: logProbabilities.reduce((sum, one) => sum + one, 0),
  };
}

/** The shares of answers, of all and by kind. */
function countByKind(answers: readonly GivenAnswer[]): Pick<AnswerEvaluation, 'all' | 'kinds'> {
  const kinds = new Map<string, GivenAnswer[]>();
  for (const answer of answers) kinds.set(answer.kind, [...(kinds.get(answer.kind) ?? []), answer]);
  return { all: sharesOf(answers), kinds: Object.fromEntries([...kinds].map(([kind, own]) => [kind, sharesOf(own)])) };
}

function sharesOf(answers: readonly GivenAnswer[]): AnswerShares {
  return {
    questions: answers.length,
    exact: meanOf(answers.map(({ isExact }) => isExact)),
    rightForm: meanOf(answers.map(({ hasRightForm }) => hasRightForm)),
    endsByItself: meanOf(answers.map(({ endsByItself }) => endsByItself)),
    meanTokens: meanOf(answers.map(({ ids }) => ids.length)),
  };
}

/** The mean of those that are not null, true as 1; null if there are none. */
function meanOf(values: readonly (number | boolean | null)[]): number | null {
  const known = values.filter((value) => value !== null).map(Number);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
