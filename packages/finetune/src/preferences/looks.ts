// Measures on the way of a training: the loss on pairs that are not trained on, and what the model writes by itself, beside the reference.
import type { Transformer } from '@kk/gpt';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { writeAnswers } from '../evaluation/write-answers.js';
import type { Adapter } from '../lora/adapter.js';
import { measureBatches } from '../tuning/measure-batches.js';
import { EarlierWeights } from './earlier-weights.js';
import type { PreferenceRows } from './data/preference-rows.js';
import { scoreAnswers } from './log-probabilities.js';
import type { PreferencePairs, PreferenceTask } from './task.js';

/** Null where it is not measured. */
export interface PreferenceLook {
  /** Steps done. */
  readonly step: number;
  /** On the pairs that are held out. */
  readonly loss: number | null;
  /** Of these pairs: in how many the chosen answer has the higher reward, from 0 to 1. */
  readonly accuracy: number | null;
  /** Of these pairs: the mean reward of the chosen answers - that of the rejected ones. */
  readonly margin: number | null;
  /**
   * An estimate of the KL divergence of the model from the reference, in nats an answer: the mean of log pi - log pi_ref over answers that the model
   * wrote to the prompts that are held out. Below 0 by chance at most.
   */
  readonly kl: number | null;
  /** The share of these answers that end with a stop token, from 0 to 1. */
  readonly endsByItself: number | null;
  /** Their mean length in tokens, with the stop token. */
  readonly meanTokens: number | null;
}

/** What the model answers on the way. */
export interface HeldOutPrompts {
  /** Token ids up to where the answer begins. */
  readonly prompts: readonly ArrayLike<number>[];
  /** Tokens that end an answer. */
  readonly stopTokens: readonly number[];
  /** Default 64. */
  readonly maxTokens?: number;
  /** Answer i is drawn from seed + i, at temperature 1, so that what is scored is what was drawn from. Default 1. */
  readonly seed?: number;
}

export interface PreferenceHeldOut {
  /** Pairs that are not trained on. */
  readonly pairs?: PreferenceRows;
  readonly answers?: HeldOutPrompts;
}

const ANSWERS: OptionNames<HeldOutPrompts> = { prompts: 'required', stopTokens: 'required', maxTokens: 'optional', seed: 'optional' };

/** @throws TypeError when an option is unknown or missing; RangeError when there is no prompt, or one leaves no room for an answer */
export function checkHeldOutPrompts(owner: string, { config: { contextLength } }: Transformer, answers: HeldOutPrompts): void {
  checkOptions(`${owner}: heldOut.answers`, answers, ANSWERS);
  const { prompts } = answers;
  if (prompts.length === 0) throw new RangeError(`${owner}: heldOut.answers has no prompts; expected at least one.`);
  const wrong = prompts.findIndex(({ length }) => length < 1 || length >= contextLength);
  if (wrong >= 0) throw new RangeError(`${owner}: prompt ${wrong} of heldOut.answers has ${prompts[wrong]!.length} tokens; expected 1 to ${contextLength - 1}, so that an answer has room in the model's context of ${contextLength}.`);
}

const TEXTS_AT_ONCE = 16;

/** Means over the pairs. @throws Error when the loss is not finite; the signal's reason when it is aborted */
export const measurePairs = (model: Transformer, task: PreferenceTask, held: PreferencePairs, signal?: AbortSignal): Promise<Record<'loss' | 'accuracy' | 'margin', number>> =>
  measureBatches({ owner: 'PreferenceTuning', engine: model.engine, count: held.rows.pairsPerEpoch, batchOf: (indices) => task.batchOf(held, indices), loss: (batch, measure) => task.loss(batch, measure), names: ['accuracy', 'margin'], signal });

/**
 * Lets the model answer, and compares how probable it and the reference find what it wrote.
 * @param reference the model without this adapter, the model as it was earlier, another model, or none
 */
export async function measureAnswers(model: Transformer, { prompts, stopTokens, maxTokens = 64, seed = 1 }: HeldOutPrompts, reference: Adapter | EarlierWeights | Transformer | undefined, signal?: AbortSignal): Promise<Pick<PreferenceLook, 'kl' | 'endsByItself' | 'meanTokens'>> {
  const texts = await writeAnswers(model, prompts, { stopTokens, maxTokens, temperature: 1, seed, sequences: TEXTS_AT_ONCE, signal });
  const answered = texts.map(({ prompt, ids }) => ({ prompt, answer: ids }));
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const measured = { endsByItself: meanOf(texts.map(({ end }) => Number(end === 'stop token'))), meanTokens: meanOf(texts.map(({ ids }) => ids.length)) };
  if (!reference) return { ...measured, kl: null };
  const own = await scoreAnswers(model, answered, { signal });
  const others = await scoreByReference(model, answered, reference, signal);
  return { ...measured, kl: meanOf([...own].map((score, i) => score - others[i]!)) };
}

/** Log-probabilities of answers by the model without this adapter, by the model as it was earlier, or by another model. */
export async function scoreByReference(model: Transformer, answered: Parameters<typeof scoreAnswers>[1], reference: Adapter | EarlierWeights | Transformer, signal?: AbortSignal): Promise<Float64Array> {
  if (reference instanceof EarlierWeights) return reference.during(() => scoreAnswers(model, answered, { signal }));
  if (!('disable' in reference)) return scoreAnswers(reference, answered, { signal });
  reference.disable();
  try {
    return await scoreAnswers(model, answered, { signal });
  } finally {
    reference.enable();
  }
}

export function isPreferenceLook(value: unknown): value is PreferenceLook {
  const { step, ...numbers } = Object(value) as Record<string, unknown>;
  const names: readonly string[] = ['loss', 'accuracy', 'margin', 'kl', 'endsByItself', 'meanTokens'];
  return Number.isSafeInteger(step) && (step as number) >= 0 && names.every((name) => numbers[name] === null || Number.isFinite(numbers[name]));
}
