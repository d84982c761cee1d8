// One token's attention: a row of a head's weights, or of the mean of all heads.
import type { AttentionLooks } from '../../lab/jobs/attention-looks.js';

export interface Row {
  /** The place of the token that looks, from 0. */
  at: number;
  /** How much it gives to each token. */
  weights: Float32Array;
  /** The places that it may look at, those that get most first. */
  strongest: number[];
}

/**
 * @param at  the place of the token that looks
 * @param head  counted from 0; null for the mean of all heads
 */
export function rowOf({ tokens, heads, weights, mean }: AttentionLooks, at: number, head: { layer: number; head: number } | null): Row {
  const time = tokens.length;
  const all = head ? weights : mean;
  const from = ((head ? head.layer * heads + head.head : 0) * time + at) * time;
  const row = all.slice(from, from + time);
  return { at, weights: row, strongest: Array.from({ length: at + 1 }, (_, place) => place).sort((a, b) => row[b]! - row[a]! || a - b) };
}
