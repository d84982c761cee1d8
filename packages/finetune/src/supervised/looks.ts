// Measures on the way of a training: the loss on answers that are not trained on, and on text of the base, which says how much is forgotten.
import { evaluate, evaluateRows, type TokenIds, type Transformer } from '@kk/gpt';
import type { TuningRows } from '../data/tuning-rows.js';

/** Nats per token, each; null where nothing is held out. */
export interface Look {
  /** Steps done. */
  readonly step: number;
  /** On the targets of the examples that are held out. */
  readonly task: number | null;
  /** On text of the base that is held out. */
  readonly base: number | null;
}

export interface HeldOut {
  /** Examples that are not trained on. */
  readonly examples?: TuningRows;
  /** Text like that of the base, which is not replayed. */
  readonly baseText?: TokenIds;
}

/** The most held-out rows of examples that a look measures: more makes an estimate hardly better, and each look slower. */
export const mostLookedRows = 64;
/** The most held-out tokens of the base's text that a look measures. */
export const mostLookedTokens = 15_360;

/** @throws the signal's reason when it is aborted */
export async function look(model: Transformer, step: number, { examples, baseText }: HeldOut, signal?: AbortSignal): Promise<Look> {
  const task = examples && (await evaluateRows(model, examples, { rows: Math.min(examples.rowsPerEpoch, mostLookedRows), signal }));
  const base = baseText && (await evaluate(model, baseText.subarray(0, mostLookedTokens + 1), { signal }));
  return { step, task: task?.loss ?? null, base: base?.loss ?? null };
}

export function isLook(value: unknown): value is Look {
  const { step, task, base } = Object(value) as Partial<Record<keyof Look, unknown>>;
  const isLoss = (loss: unknown): boolean => loss === null || Number.isFinite(loss);
  return Number.isSafeInteger(step) && (step as number) >= 0 && isLoss(task) && isLoss(base);
}
