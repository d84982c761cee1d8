// Computes multi-head, grouped-query and multi-query attention from plain operations: the readable form of `attention` in @kk/nn-core,
// which gives the same numbers and stores no weights. There, query head h finds its head of keys in one line: `enter` in
// assembly/attention/head.ts.
import { checkOptions, type OptionNames, type Tensor } from '@kk/nn-core';
import { joinHeads, repeatHeads, splitHeads } from './heads.js';
import { checkWhole } from './positions/check-whole.js';
import { scaledDotProductAttention, type ScaledDotProductOptions } from './scaled-dot-product.js';

export interface GroupedQueryAttentionOptions extends ScaledDotProductOptions {
  /** Query heads; must divide the width of the queries. */
  heads: number;
  /** Heads of keys and values; must divide `heads`. Default `heads`: multi-head attention. 1: multi-query attention. */
  keyValueHeads?: number;
}

const OPTIONS: OptionNames<GroupedQueryAttentionOptions> = { heads: 'required', keyValueHeads: 'optional', mask: 'optional', dropout: 'optional' };

/**
 * Each head of keys and values serves heads / keyValueHeads query heads in a row (Ainslie et al. 2023). With as many as query heads this is
 * multi-head attention (Vaswani et al. 2017), with one it is multi-query attention (Shazeer 2019).
 * @param query (batch, queries, heads * headSize)
 * @param key (batch, keys, keyValueHeads * headSize)
 * @param value the shape of `key`
 * @returns output (batch, queries, heads * headSize) and attentionWeights (batch, heads, queries, keys)
 * @throws RangeError when the heads do not fit the widths or each other; TypeError when an option is unknown
 */
export function groupedQueryAttention(query: Tensor, key: Tensor, value: Tensor, options: GroupedQueryAttentionOptions): { output: Tensor; attentionWeights: Tensor } {
  checkOptions('groupedQueryAttention', options, OPTIONS);
  const { heads, keyValueHeads = heads, ...others } = options;
  checkWhole('groupedQueryAttention', 'heads', heads, 1);
  if (!Number.isInteger(keyValueHeads) || keyValueHeads < 1 || heads % keyValueHeads !== 0) {
    throw new RangeError(`groupedQueryAttention: ${heads} heads cannot share ${keyValueHeads} heads of keys and values: choose a number of keyValueHeads that divides ${heads}.`);
  }
  checkWidths(query, key, value, heads, keyValueHeads);
  const shared = (x: Tensor): Tensor => repeatHeads(splitHeads(x, keyValueHeads), heads / keyValueHeads);
  const { output, attentionWeights } = scaledDotProductAttention(splitHeads(query, heads), shared(key), shared(value), others);
  return { output: joinHeads(output), attentionWeights };
}

/** @throws RangeError naming the shape that keys or values must have */
function checkWidths(query: Tensor, key: Tensor, value: Tensor, heads: number, keyValueHeads: number): void {
  const [batch, , width] = query.shape as [number, number, number];
  if (query.rank !== 3 || width % heads !== 0) throw new RangeError(`groupedQueryAttention: queries are ${shapeOf(query)}; expected (batch, queries, width), with a width that ${heads} heads divide.`);
  const headSize = width / heads;
  for (const [name, tensor] of [['keys', key], ['values', value]] as const) {
    const [sequences, time, columns] = tensor.shape as [number, number, number];
    if (tensor.rank === 3 && sequences === batch && time === key.shape[1] && columns === keyValueHeads * headSize) continue;
    // Narrow keys are most often those of grouped queries, whose option was left out.
    const theirs = key.shape[2]! / headSize;
    const advice = theirs !== keyValueHeads && Number.isInteger(theirs) && heads % theirs === 0 ? ` For keys of ${theirs} ${theirs === 1 ? 'head' : 'heads'}, give { keyValueHeads: ${theirs} }.` : '';
    throw new RangeError(
      `groupedQueryAttention: queries are ${shapeOf(query)} with ${heads} heads of ${headSize}, so ${name} must be (${batch}, keys, ${keyValueHeads * headSize}) for ${keyValueHeads} heads, with the same number of keys and values; got ${shapeOf(tensor)}.${advice}`,
    );
  }
}

const shapeOf = ({ shape }: Tensor): string => `(${shape.join(', ')})`;
