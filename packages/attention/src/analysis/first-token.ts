// Computes the first-token score, which tells whether a head looks at the beginning of the text, where it often rests when it has nothing to do.
import { meanOverQueries, type AttentionPatterns } from './patterns.js';

/**
 * The attention that a query gives to position 0, averaged over all queries but the first, which may see nothing else (Vig and Belinkov
 * 2019, section 4.2, "null attention"; Xiao et al. 2023 call such a position an attention sink).
 * @returns [layer][head]: from 0 to 1, where all attention goes to the first position
 * @throws RangeError when these are no attention weights, or of a single position
 */
export function firstTokenScores(patterns: AttentionPatterns): number[][] {
  return meanOverQueries('firstTokenScores', patterns, 2, ({ query, weightOf }) => (query === 0 ? null : weightOf(0)));
}
