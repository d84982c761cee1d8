// A trie of n-grams in flat integer arrays, the layout of both counts and probabilities. A node is an n-gram; its children are the n-grams
// with one more token, stored contiguously and sorted by that token. Nodes are numbered level by level: node 0 is the empty n-gram, then
// come all 1-grams, all 2-grams ...

export interface Trie {
  /** Last token of each node, shape (nodes,); that of node 0 is unused. */
  readonly tokens: Int32Array;
  /** Where the children of each node begin, shape (contexts + 1,); contexts are the nodes above the last level. */
  readonly firstChild: Int32Array;
}

/** The empty n-gram. */
export const ROOT = 0;

/** The child of a node for a token, or -1. Binary search among the children; a node of the last level has none. */
export function childOf(trie: Trie, node: number, token: number): number {
  const { tokens, firstChild } = trie;
  if (node >= firstChild.length - 1) return -1;
  // If the root has all tokens up to this one (the usual case), the node is the token id + 1.
  if (node === ROOT && token + 1 < firstChild[1] && tokens[token + 1] === token) return token + 1;
  const end = firstChild[node + 1];
  let low = firstChild[node];
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle] < token) low = middle + 1;
    else high = middle;
  }
  return low < end && tokens[low] === token ? low : -1;
}

/** Where each level begins, and finally the number of nodes: [0, 1, 1 + number of 1-grams, ...]. */
export function levelStarts({ tokens, firstChild }: Trie): number[] {
  const contexts = firstChild.length - 1;
  const starts = [ROOT, 1];
  while (starts[starts.length - 1] < contexts) starts.push(firstChild[starts[starts.length - 1]]);
  if (starts[starts.length - 1] !== tokens.length) starts.push(tokens.length);
  return starts;
}

/**
 * For each node: the node of its longest proper suffix in the trie: "b c" for "a b c", or "c" if there is no "b c". Shape (nodes,) or, with
 * `until`, (until,). Count tries contain every suffix of their n-grams; pruned models may not. The root links to itself.
 *
 * A child's suffix is searched among the children of its parent's suffix, starting from the last one found.
 */
export function suffixLinks(trie: Trie, until = trie.tokens.length): Int32Array {
  const { tokens, firstChild } = trie;
  const links = new Int32Array(until);
  const contexts = firstChild.length - 1;
  for (let parent = 1; parent < contexts; parent++) {
    const end = Math.min(until, firstChild[parent + 1]);
    const shorter = links[parent];
    let from = firstChild[shorter];
    const limit = firstChild[shorter + 1];
    for (let child = firstChild[parent]; child < end; child++) {
      const token = tokens[child];
      let low = from;
      let high = limit;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (tokens[middle] < token) low = middle + 1;
        else high = middle;
      }
      from = low;
      links[child] = low < limit && tokens[low] === token ? low : knownEnd(trie, links, shorter, token);
    }
  }
  return links;
}

/** The longest known suffix of a context extended by a token, if the context itself does not have that child. */
function knownEnd(trie: Trie, links: Int32Array, context: number, token: number): number {
  for (let node = context; node !== ROOT; ) {
    node = links[node];
    const child = childOf(trie, node, token);
    if (child >= 0) return child;
  }
  return ROOT;
}
