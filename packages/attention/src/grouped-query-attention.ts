// Multi-head, grouped-query and multi-query attention from plain operations: the readable form of `attention` in @kk/nn-core, which gives
// the same numbers and stores no weights. There, query head h finds its head of keys in one line: `enter` in assembly/attention/head.ts.
import { type Tensor } from '@kk/nn-core';
import { joinHeads, repeatHeads, splitHeads } from './heads.js';
import { scaledDotProductAttention, type ScaledDotProductOptions } from './scaled-dot-product.js';

export interface GroupedQueryAttentionOptions extends ScaledDotProductOptions {
  /** Query heads; must divide the width of the queries. */
  heads: number;
  /** Heads of keys and values; must divide `heads`. Default `heads`: multi-head attention. 1: multi-query attention. */
  keyValueHeads?: number;
}

/**
 * Each head of keys and values serves heads / keyValueHeads query heads in a row (Ainslie et al. 2023). With as many as query heads this is
 * multi-head attention (Vaswani et al. 2017), with one it is multi-query attention (Shazeer 2019).
 * @param query (batch, queries, heads * headSize)
 * @param key (batch, keys, keyValueHeads * headSize)
 * @param value the shape of `key`
 * @returns output (batch, queries, heads * headSize) and attentionWeights (batch, heads, queries, keys)
 * @throws RangeError when the heads do not fit the widths or each other
 */
export function groupedQueryAttention(query: Tensor, key: Tensor, value: Tensor, options: GroupedQueryAttentionOptions): { output: Tensor; attentionWeights: Tensor } {
  const { heads, keyValueHeads = heads, ...others } = options;
  if (!Number.isInteger(keyValueHeads) || keyValueHeads < 1 || heads % keyValueHeads !== 0) {
    throw new RangeError(`groupedQueryAttention: ${heads} heads cannot share ${keyValueHeads} heads of keys and values: choose a number of keyValueHeads that divides ${heads}.`);
  }
  const shared = (x: Tensor): Tensor => repeatHeads(splitHeads(x, keyValueHeads), heads / keyValueHeads);
  const { output, attentionWeights } = scaledDotProductAttention(splitHeads(query, heads), shared(key), shared(value), others);
  return { output: joinHeads(output), attentionWeights };
}
