// Computes the induction score, which tells whether a head finds an earlier occurrence of the present token and looks at what came after it.
import { checkPatterns, meanOverQueries, type AttentionPatterns } from './patterns.js';

/** A query and a key at which it would look. */
export interface InductionLink {
  readonly query: number;
  readonly key: number;
}

/**
 * Where an induction head would look: from each token to the tokens that came right after its earlier occurrences. In `A B ... A` the last
 * A looks at B, and the head predicts B.
 * @param ids the tokens of a text
 * @returns in the order of queries, then of keys; key < query. Empty when no token occurs twice with another token between
 */
export function inductionLinks(ids: ArrayLike<number>): InductionLink[] {
  const links: InductionLink[] = [];
  const positions = new Map<number, number[]>();
  for (let query = 0; query < ids.length; query++) {
    const earlier = positions.get(ids[query]!) ?? [];
    if (earlier.length === 0) positions.set(ids[query]!, earlier);
    // After an occurrence right before comes the query itself: looking at itself is no induction.
    for (const position of earlier) if (position + 1 < query) links.push({ query, key: position + 1 });
    earlier.push(query);
  }
  return links;
}

/**
 * The attention that goes along `inductionLinks`: its sum for each query that has such a link, averaged over these queries (the
 * prefix-matching score of Olsson et al. 2022, "In-context Learning and Induction Heads", measured there on random tokens that are repeated).
 * @param ids the tokens of the text, (time)
 * @returns [layer][head]: from 0 to 1, where all attention goes along the links
 * @throws RangeError when these are no attention weights of so many tokens, or no token occurs twice
 */
export function inductionScores(patterns: AttentionPatterns, ids: ArrayLike<number>): number[][] {
  const { time } = checkPatterns('inductionScores', patterns);
  if (ids.length !== time) throw new RangeError(`inductionScores: got ${ids.length} token ids for weights of ${time} positions; expected an id for each.`);
  const keysOf: number[][] = Array.from({ length: time }, () => []);
  const links = inductionLinks(ids);
  for (const { query, key } of links) keysOf[query]!.push(key);
  if (links.length === 0) throw new RangeError('inductionScores: no token occurs a second time, with another token between: there is nothing to look back at. Give a text with repetitions.');
  return meanOverQueries('inductionScores', patterns, 1, ({ query, weightOf }) => {
    const keys = keysOf[query]!;
    return keys.length === 0 ? null : keys.reduce((sum, key) => sum + weightOf(key), 0);
  });
}
