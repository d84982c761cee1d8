// A trie of n-grams in flat integer arrays: what counts and probabilities are both laid out on.
// A node is an n-gram; its children are the n-grams that are one token longer, side by side and in the order of that token.
// Nodes are numbered level by level: node 0 is the empty n-gram, then come all 1-grams, all 2-grams ...

export interface Trie {
  /** Last token of each node, shape (nodes,); that of node 0 means nothing. */
  readonly tokens: Int32Array;
  /** Where the children of each node begin, shape (contexts + 1,), contexts being the nodes above the last level. */
  readonly firstChild: Int32Array;
}

/** The empty n-gram. */
export const ROOT = 0;

/** The node of a context that is one token longer, or -1. Binary search among the children; a node of the last level has none. */
export function childOf(trie: Trie, node: number, token: number): number {
  const { tokens, firstChild } = trie;
  if (node >= firstChild.length - 1) return -1;
  // Where all tokens up to this one are known, which is usual after nothing, its place is its number.
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

/** Where each level begins, and after the last one the number of nodes: [0, 1, 1 + 1-grams, ...]. */
export function levelStarts({ tokens, firstChild }: Trie): number[] {
  const contexts = firstChild.length - 1;
  const starts = [ROOT, 1];
  while (starts[starts.length - 1] < contexts) starts.push(firstChild[starts[starts.length - 1]]);
  if (starts[starts.length - 1] !== tokens.length) starts.push(tokens.length);
  return starts;
}

/**
 * For each node the node of its longest proper end that is in the trie: "b c" for "a b c", "c" if there is no "b c". Shape (nodes,) or,
 * with `until`, (until,). Counts hold every end of what they hold; pruned models may not. The root's is the root.
 *
 * A child's end is looked for among the children of its parent's end, from where the child before it was found.
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

/** The longest known end of a context with one token more, the context itself not having that child. */
function knownEnd(trie: Trie, links: Int32Array, context: number, token: number): number {
  for (let node = context; node !== ROOT; ) {
    node = links[node];
    const child = childOf(trie, node, token);
    if (child >= 0) return child;
  }
  return ROOT;
}
