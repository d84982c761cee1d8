// Checks that a merged adapter is the adapter: the same logits but for rounding, and others than those of the base.
import { QuantizedLinear, Random } from '@kk/nn-core';
import type { Adapter } from './adapter.js';

export interface MergeCheck {
  /** The greatest difference of a logit, merged from unmerged: rounding. */
  readonly difference: number;
  /** The greatest difference of a logit, with the adapter from without it. */
  readonly change: number;
}

/** Rounding of float32, in proportion to the greatest logit, or to 1. A product that is added twice, or not at all, is far above it. */
const TOLERANCE = 1e-3;
const MOST_TOKENS = 32;

/**
 * Computes the logits of a fixed text of random tokens three times: with the adapter, merged, and without it. The adapter is then as it was.
 * @throws Error when the merged model computes something else than the model with the adapter, or the adapter changes nothing, as before
 * its training; when it was removed, or layers have int8 weights
 */
export async function checkMerge(adapter: Adapter): Promise<MergeCheck> {
  const { isActive, isMerged } = adapter;
  const rounded = [...adapter.layers].find(([, { layer }]) => layer.base instanceof QuantizedLinear)?.[0];
  if (rounded !== undefined) throw new Error(`The adapter ${adapter.name} cannot be checked or saved: ${rounded} has int8 weights, into which nothing can be merged. Save the adapter before quantizeModel().`);
  if (isMerged) adapter.unmerge();
  try {
    const apart = await logitsOf(adapter.enable());
    const merged = await logitsOf(adapter.merge());
    adapter.unmerge();
    const base = await logitsOf(adapter.disable());
    const [difference, change] = [farthest(merged, apart), farthest(base, apart)];
    const greatest = Array.from(apart).reduce((most, logit) => Math.max(most, Math.abs(logit)), 1);
    if (!(difference <= TOLERANCE * greatest)) throw new Error(`The adapter ${adapter.name} merged gives logits that differ by up to ${difference} from those beside the weights; expected at most ${TOLERANCE * greatest}. Its numbers are too large, or not finite: take an earlier checkpoint, or train with a lower learning rate.`);
    if (!(change > 0)) throw new Error(`The adapter ${adapter.name} changes no logit: nothing has trained it yet. Train it first. If it made steps, they taught nothing, as where all answers to a prompt get the same reward.`);
    return { difference, change };
  } finally {
    if (adapter.isMerged) adapter.unmerge();
    adapter.enable();
    if (isMerged) adapter.merge();
    if (!isActive) adapter.disable();
  }
}

/** The logits of random tokens, those whose rows are trained among them. */
async function logitsOf({ model, settings }: Adapter): Promise<Float32Array | Float64Array> {
  const { contextLength, vocabSize } = model.config;
  const random = new Random(0);
  const ids = Array.from({ length: Math.min(contextLength, MOST_TOKENS) }, (_, i) => settings.trainableTokens[i] ?? Math.floor(random.uniform() * vocabSize));
  const { engine } = model;
  const logits = engine.noGradient(() => engine.scope(() => model.forward(engine.tensor(ids, [1, ids.length], 'int32'))));
  const numbers = (await logits.data()) as Float32Array | Float64Array;
  logits.dispose();
  return numbers;
}

/** The greatest difference; NaN where one of the numbers is. */
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
