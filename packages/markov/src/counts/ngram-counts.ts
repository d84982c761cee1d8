// A trie with the count of each n-gram. This file does lookups; count-ngrams.ts fills the arrays.
import { childOf, ROOT, type Trie } from './trie.js';

/** The arrays of a trie, and its counts. */
export interface NgramTable extends Trie {
  /** The count of each node, shape (nodes,); that of node 0 is the number of tokens of all texts. */
  readonly counts: Int32Array;
}

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

  /** The node of an n-gram that is one token longer, or -1. */
  child(node: number, token: number): number {
    return childOf(this.table, node, token);
  }

  /** The node of a whole context, or -1 if it never occurred. */
  find(context: ArrayLike<number>, from = 0): number {
    let node = ROOT;
    for (let i = from; i < context.length && node >= 0; i++) node = childOf(this.table, node, context[i]);
    return node;
  }
}

/** Empty counts. */
export function noCounts(order: number, vocabSize: number): NgramCounts {
  return new NgramCounts(order, vocabSize, { tokens: new Int32Array(1), counts: new Int32Array(1), firstChild: Int32Array.of(1, 1) });
}
