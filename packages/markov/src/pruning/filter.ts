// Makes a smaller model: removes n-grams and recomputes the backoff weights of their contexts.
import type { BackoffTable } from '../backoff-table.js';
import { childOf, levelStarts, ROOT, suffixLinks } from '../counts/trie.js';

/** @throws TypeError if a table's contexts do not back off to shorter ones with probabilities */
export function checkPrunable(table: BackoffTable): void {
  if (table.normalizers !== undefined) throw new TypeError('scores of stupid backoff are no probabilities and cannot be pruned; choose another smoothing');
  if (table.lower === 'uniform') throw new TypeError('additive smoothing does not back off to shorter contexts, so that nothing can be pruned; choose another smoothing');
}

/**
 * The model without the n-grams of two or more tokens that are not kept; prefixes of kept n-grams stay. The removed probability goes to
 * shorter contexts, so that every context that summed to one still does.
 *
 * @param kept 1 for each node to keep, 0 for others, shape (nodes,). It is modified: prefixes of kept n-grams are set to 1
 */
export function filterTable(table: BackoffTable, kept: Uint8Array): BackoffTable {
  const { tokens, firstChild, probabilities, backoffs } = table;
  const contexts = firstChild.length - 1;
  const [, , afterUnigrams = tokens.length] = levelStarts(table);
  kept.fill(1, 0, afterUnigrams);
  for (let context = contexts - 1; context > 0; context--) {
    for (let child = firstChild[context]; child < firstChild[context + 1]; child++) if (kept[child] === 1) kept[context] = 1;
  }
  let nodes = 0;
  let keptContexts = 0;
  for (let node = 0; node < tokens.length; node++) {
    nodes += kept[node];
    if (node < contexts) keptContexts += kept[node];
  }
  const small = {
    tokens: new Int32Array(nodes),
    firstChild: new Int32Array(keptContexts + 1).fill(nodes),
    probabilities: new Float64Array(nodes),
    backoffs: new Float64Array(keptContexts).fill(1),
  };
  for (let node = 0, at = 0; node < tokens.length; node++) {
    if (kept[node] === 0) continue;
    small.tokens[at] = tokens[node];
    small.probabilities[at] = probabilities[node];
    if (node < contexts) small.backoffs[at] = backoffs[node];
    at++;
  }
  let children = 1;
  for (let context = 0, at = 0; context < contexts; context++) {
    if (kept[context] === 0) continue;
    small.firstChild[at++] = children;
    for (let child = firstChild[context]; child < firstChild[context + 1]; child++) children += kept[child];
  }
  const suffixes = suffixLinks(small, keptContexts);
  const result: BackoffTable = { ...table, ...small, suffixes };
  // Shorter contexts first, because longer ones need their values.
  for (let context = 1; context < keptContexts; context++) {
    let seen = 0;
    let lower = 0;
    for (let child = small.firstChild[context]; child < small.firstChild[context + 1]; child++) {
      seen += small.probabilities[child];
      lower += probabilityBelow(result, context, small.tokens[child]);
    }
    const left = 1 - seen;
    small.backoffs[context] = left > 1e-12 && 1 - lower > 1e-12 ? left / (1 - lower) : 0;
    if (small.firstChild[context] === small.firstChild[context + 1]) small.backoffs[context] = 1;
  }
  return result;
}

/** The probability of a token in the contexts shorter than this one. */
export function probabilityBelow(table: BackoffTable, context: number, token: number): number {
  let weight = 1;
  for (let node = context; node !== ROOT; ) {
    node = table.suffixes[node];
    const child = childOf(table, node, token);
    if (child >= 0) return weight * table.probabilities[child];
    weight *= table.backoffs[node];
  }
  return token === table.startToken ? 0 : weight / Math.max(1, table.vocabSize - (table.startToken < 0 ? 0 : 1));
}
