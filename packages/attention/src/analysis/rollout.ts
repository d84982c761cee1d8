// Computes the attention rollout, which tells how much of each input position arrives at each position, through all layers up to one.
import { checkPatterns, type AttentionPatterns } from './patterns.js';

/**
 * Attention rollout (Abnar and Zuidema 2020, "Quantifying Attention Flow in Transformers"): each layer mixes the positions by half of what
 * its heads attend to in the mean, and half of what the residual connection keeps, and the mixtures of the layers are multiplied:
 *
 *     A = (mean over heads of W + I) / 2
 *     rollout after layer l = A[l] A[l - 1] ... A[0]
 *
 * It knows nothing of values, projections and feed-forward networks: it says where information may come from, not what is made of it.
 * It takes layers * time^3 multiplications.
 * @param patterns weights (layers, heads, time, time), the first layer first
 * @returns for each layer (time, time) row by row: the share of each input position in each position. Rows sum to one where every query sees
 *   a key
 * @throws RangeError when these are no attention weights
 */
export function attentionRollout(patterns: AttentionPatterns): Float64Array[] {
  const { layers, heads, time } = checkPatterns('attentionRollout', patterns);
  const rollouts: Float64Array[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const mixture = mixtureOfLayer(patterns.weights, layer, heads, time);
    const before = rollouts.at(-1);
    rollouts.push(before ? product(mixture, before, time) : mixture);
  }
  return rollouts;
}

/** (mean over heads + identity) / 2, (time, time). */
function mixtureOfLayer(weights: ArrayLike<number>, layer: number, heads: number, time: number): Float64Array {
  const mixture = new Float64Array(time * time);
  for (let head = 0; head < heads; head++) {
    const from = (layer * heads + head) * time * time;
    for (let i = 0; i < mixture.length; i++) mixture[i]! += weights[from + i]! / (2 * heads);
  }
  for (let position = 0; position < time; position++) mixture[position * time + position]! += 0.5;
  return mixture;
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = a[row * size + inner]!;
      if (factor === 0) continue; // the half above the diagonal, under a causal mask
      for (let column = 0; column < size; column++) result[row * size + column]! += factor * b[inner * size + column]!;
    }
  }
  return result;
}
