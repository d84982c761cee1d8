// Computes the attention entropy, which tells whether a head looks at one position or spreads its attention over many.
import { meanOverQueries, type AttentionPatterns } from './patterns.js';

/**
 * The entropy -sum(w log w) of a query's attention, averaged over the queries that see a key (Clark et al. 2019, "What Does BERT Look At?",
 * section 3.2; Vig and Belinkov 2019, equation 4). 0: every query looks at one position; log(n): it looks at n positions alike. Under a
 * causal mask the first queries see few positions, so the mean stays below log(time).
 * @returns [layer][head], in nats: from 0 to log(time)
 * @throws RangeError when these are no attention weights
 */
export function attentionEntropy(patterns: AttentionPatterns): number[][] {
  return meanOverQueries('attentionEntropy', patterns, 1, ({ time, weightOf }) => {
    let entropy = 0;
    let seen = 0;
    for (let key = 0; key < time; key++) {
      const weight = weightOf(key);
      seen += weight;
      if (weight > 0) entropy -= weight * Math.log(weight);
    }
    return seen > 0 ? entropy : null;
  });
}
