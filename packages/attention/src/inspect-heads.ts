// Computes attention in the readable form, with interventions, and keeps every number on the way for pictures and explanations.
// Training and generation use the fused form and do not pass here.
import { add, attention, checkOptions, concatenate, matmul, multiply, scale, selfAttention, softmax, type Tensor } from '@kk/nn-core';
import type { CausalSelfAttention } from './causal-self-attention.js';
import { joinHeads, splitQueryKeyValue } from './heads.js';
import { changesAttention, headFactors, visibleLinks, type AttentionInterventions } from './interventions.js';
import type { MultiHeadAttention } from './multi-head-attention.js';
import { checkWhole } from './positions/check-whole.js';

/** A layer whose attention can be looked into: a causal one, without ALiBi. */
export type InspectableAttention = CausalSelfAttention | MultiHeadAttention;

/** The numbers inside one attention layer, head by head. */
export interface InspectedHeads {
  /** (batch, heads, time, headSize) */
  readonly query: Tensor;
  /** (batch, heads, time, headSize) */
  readonly key: Tensor;
  /** (batch, heads, time, headSize) */
  readonly value: Tensor;
  /** query key^T / sqrt(headSize), (batch, heads, time, time): before the mask and the softmax, also where nothing may be seen. */
  readonly scores: Tensor;
  /** (batch, heads, time, time): rows sum to one, or are 0 where a query sees no key. */
  readonly weights: Tensor;
  /** weights value, (batch, heads, time, headSize): what each head takes along; 0 for a head that is off. */
  readonly headOutputs: Tensor;
}

/** Added to the scores of hidden links. Not -Infinity: shading languages promise nothing for it, and a row of it alone would give NaN. */
const HIDDEN = -1e9;

/**
 * Causal self-attention with interventions. The gradient passes through. It stores five times batch * heads * time^2 numbers.
 * @param query (batch, heads, time, headSize)
 * @param key the shape of `query`; repeat the heads of grouped queries first
 * @param value the shape of `query`
 * @param options.window how many positions away a key is hidden, the query's own counted; 0, the default: none is
 * @throws RangeError when an intervention names a head or a position that there is not; TypeError when a name is unknown
 */
export function inspectHeads(query: Tensor, key: Tensor, value: Tensor, interventions: AttentionInterventions = {}, options: { window?: number } = {}): InspectedHeads {
  changesAttention(interventions); // refuses misspelt names
  checkOptions<{ window?: number }>('inspectHeads', options, { window: 'optional' });
  const { window = 0 } = options;
  checkWhole('inspectHeads', 'window', window, 0);
  const { engine } = query;
  const [batch, heads, time, headSize] = query.shape as [number, number, number, number];
  const { values, shape } = visibleLinks({ batch, heads, time, window }, interventions);
  const mask = engine.tensor(values.map((isVisible) => (isVisible ? 0 : HIDDEN)), shape);
  const scores = scale(matmul(query, key, { transposeB: true }), 1 / Math.sqrt(headSize));
  // The product matters only to a query that sees no key, to which softmax gives equal weights.
  const weights = multiply(softmax(add(scores, mask)), engine.tensor(values, shape));
  const taken = matmul(weights, value);
  const { headsOff = [] } = interventions;
  const headOutputs = headsOff.length === 0 ? taken : multiply(taken, engine.tensor(headFactors(heads, headsOff), [1, heads, 1, 1]));
  return { query, key, value, scores, weights, headOutputs };
}

/**
 * `layer.forward(x)` with interventions; without any it gives the same bits as fast. Dropout never applies. The gradient passes through.
 * @param x (batch, time, width)
 * @param positions those that rotary positions turn by, int32 (batch, time); default 0 to time - 1. Only a layer with rotary positions has them
 * @returns output (batch, time, width), and queryKeyValue (batch, time, (heads + 2 * keyValueHeads) * headSize), turned by their positions,
 *   from which `inspectSelfAttention` gives the numbers of every head
 * @throws RangeError when an intervention names a head or a position that there is not, or the layer is not causal or has ALiBi; TypeError when a name is unknown
 */
export function intervenedSelfAttention(layer: InspectableAttention, x: Tensor, interventions: AttentionInterventions = {}, positions?: Tensor): { queryKeyValue: Tensor; output: Tensor } {
  const { heads, projection } = layer;
  const isChanged = changesAttention(interventions);
  if ('queryKeyValue' in layer) {
    const queryKeyValue = layer.queryKeyValue.forward(x);
    const joined = isChanged ? joinHeads(inspectSelfAttention(layer, queryKeyValue, interventions).headOutputs) : selfAttention(queryKeyValue, { heads, causal: true });
    return { queryKeyValue, output: projection.forward(joined) };
  }
  const { keyValueHeads, window, causal, hasAlibi } = layer;
  if (!causal || hasAlibi) throw new RangeError(`intervenedSelfAttention: the layer ${hasAlibi ? 'has ALiBi' : 'is not causal'}; expected a causal one without ALiBi.`);
  const parts = layer.queryKeyAndValue(x, positions);
  const queryKeyValue = concatenate(parts, -1);
  const joined = isChanged ? joinHeads(inspectSelfAttention(layer, queryKeyValue, interventions).headOutputs) : attention(...parts, { heads, keyValueHeads, causal, window });
  return { queryKeyValue, output: projection.forward(joined) };
}

/**
 * The numbers of every head of a layer; those of keys and values that several query heads share are there for each of them.
 * @param queryKeyValue as `intervenedSelfAttention` gives it
 * @throws RangeError when an intervention names a head or a position that there is not; TypeError when a name is unknown
 */
export function inspectSelfAttention(layer: InspectableAttention, queryKeyValue: Tensor, interventions: AttentionInterventions = {}): InspectedHeads {
  const { heads } = layer;
  const { keyValueHeads, window } = 'window' in layer ? layer : { keyValueHeads: heads, window: 0 };
  return inspectHeads(...splitQueryKeyValue(queryKeyValue, heads, keyValueHeads), interventions, { window });
}
