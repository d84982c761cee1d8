// How often each n-gram occurred: a trie with counts. This file looks things up; count-ngrams.ts fills the arrays.
import { childOf, ROOT, type Trie } from './trie.js';

/** A trie's arrays and its counts. */
export interface NgramTable extends Trie {
  /** How often each node occurred, shape (nodes,); node 0: the tokens of all texts. */
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

/** Counts of nothing. */
export function noCounts(order: number, vocabSize: number): NgramCounts {
  return new NgramCounts(order, vocabSize, { tokens: new Int32Array(1), counts: new Int32Array(1), firstChild: Int32Array.of(1, 1) });
}
