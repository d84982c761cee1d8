// Computes the previous-token score, which tells whether a head looks one position back.
import { meanOverQueries, type AttentionPatterns } from './patterns.js';

/**
 * The attention that a query gives to the position before it, averaged over all queries but the first. Such heads are the first half of the
 * circuit that induction heads need (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits").
 * @returns [layer][head]: from 0 to 1, where all attention goes one position back
 * @throws RangeError when these are no attention weights, or of a single position
 */
export function previousTokenScores(patterns: AttentionPatterns): number[][] {
  return meanOverQueries('previousTokenScores', patterns, 2, ({ query, weightOf }) => (query === 0 ? null : weightOf(query - 1)));
}
