// Computes the mean attention distance, which tells how far back, or ahead, a head looks.
import { meanOverQueries, type AttentionPatterns } from './patterns.js';

/**
 * The distance |query - key| in positions, weighted by attention: sum(w |query - key|) / sum(w), over all queries that see a key (Vig and
 * Belinkov 2019, "Analyzing the Structure of Attention in a Transformer Language Model", equation 3).
 * @returns [layer][head], in positions: from 0 (each looks at itself) to time - 1
 * @throws RangeError when these are no attention weights
 */
export function meanAttentionDistance(patterns: AttentionPatterns): number[][] {
  return meanOverQueries('meanAttentionDistance', patterns, 1, ({ query, time, weightOf }) => {
    let distance = 0;
    let seen = 0;
    for (let key = 0; key < time; key++) {
      distance += weightOf(key) * Math.abs(query - key);
      seen += weightOf(key);
    }
    return seen > 0 ? distance / seen : null;
  });
}
