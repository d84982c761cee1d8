// How often each n-gram occurred: a trie in four flat integer arrays.
// A node is an n-gram; its children are the n-grams that are one token longer, side by side and in the order of that token.
// This file looks things up; count-ngrams.ts fills the arrays.

/** The arrays of a trie. Nodes are numbered level by level: node 0 is the empty n-gram, then come all 1-grams, all 2-grams ... */
export interface NgramTable {
  /** Last token of each node, shape (nodes,). */
  tokens: Int32Array;
  /** How often each node occurred, shape (nodes,); node 0: the length of the text. */
  counts: Int32Array;
  /** Where the children of each node begin, shape (contexts + 1,), contexts being the nodes above the last level. */
  firstChild: Int32Array;
  /** How many tokens followed each node, shape (contexts,): the sum of its children's counts. */
  followed: Int32Array;
}

/** The empty n-gram. */
const ROOT = 0;

export class NgramCounts {
  /**
   * @param order the longest context, in tokens
   * @param vocabSize token ids run from 0 to vocabSize - 1
   */
  constructor(
    readonly order: number,
    readonly vocabSize: number,
    readonly table: NgramTable,
  ) {}

  /**
   * The nodes of all known ends of a context that something followed, the shortest (the empty one, always known) first,
   * the longest at most `order` tokens long.
   */
  path(context: ArrayLike<number>): number[] {
    let path = [ROOT];
    for (let i = Math.max(0, context.length - this.order); i < context.length; i++) path = this.advance(path, context[i]);
    return path;
  }

  /** The path after one more token. */
  advance(path: readonly number[], token: number): number[] {
    const longer = [ROOT];
    for (let length = 0; length < path.length && length < this.order; length++) {
      const child = this.child(path[length], token);
      // A longer end is known only if the shorter one is. (A node below the last context has no entry: nothing followed it.)
      if (child < 0 || !(this.table.followed[child] > 0)) break;
      longer.push(child);
    }
    return longer;
  }

  /** The node of a context that is one token longer, or -1. Binary search among the children. */
  child(node: number, token: number): number {
    const { tokens, firstChild } = this.table;
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

  /** How often a token followed a context. */
  count(node: number, token: number): number {
    const child = this.child(node, token);
    return child < 0 ? 0 : this.table.counts[child];
  }

  /** How many different tokens followed a context. */
  distinct(node: number): number {
    return this.table.firstChild[node + 1] - this.table.firstChild[node];
  }
}
