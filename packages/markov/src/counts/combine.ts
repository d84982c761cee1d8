// Adds the counts of two sets of texts, or subtracts one from the other, without counting again.
import { join } from './count-ngrams.js';
import { NgramCounts, noCounts } from './ngram-counts.js';

const HIGHEST_COUNT = 2 ** 31 - 1;

/**
 * The counts of `a` plus `weight` times those of `b`; a negative weight subtracts. The result equals counting the texts together (or
 * without those of `b`): n-grams whose count becomes 0 are dropped.
 *
 * Level by level, it merges the children of every n-gram of either trie like sorted lists: one pass over both tries.
 *
 * @throws RangeError if a count would exceed 2^31 - 1 or be negative
 */
export function combine(a: NgramCounts, b: NgramCounts, weight: number): NgramCounts {
  const total = a.table.counts[0] + weight * b.table.counts[0];
  if (total > HIGHEST_COUNT) throw new RangeError(`the weighted texts have ${total} tokens together: expected at most ${HIGHEST_COUNT}; lower the weights`);
  if (total === 0) return noCounts(a.order, a.vocabSize);
  const levels: ReturnType<typeof mergeLevel>['level'][] = [];
  // The nodes of the level above in a and in b, paired; -1 if one of them lacks it.
  let parents = { a: Int32Array.of(0), b: Int32Array.of(0) };
  for (let length = 0; length <= a.order && parents.a.length > 0; length++) {
    const { level, children } = mergeLevel(a, b, weight, parents);
    if (level.tokens.length === 0) break;
    levels.push(level);
    parents = children;
  }
  return new NgramCounts(a.order, a.vocabSize, join(levels, total));
}

interface Pairs {
  a: Int32Array;
  b: Int32Array;
}

function mergeLevel(a: NgramCounts, b: NgramCounts, weight: number, parents: Pairs) {
  const most = childrenIn(a, parents.a) + childrenIn(b, parents.b);
  const tokens = new Int32Array(most);
  const counts = new Int32Array(most);
  const children = { a: new Int32Array(most), b: new Int32Array(most) };
  const firstChild = new Int32Array(parents.a.length);
  let size = 0;
  for (let parent = 0; parent < firstChild.length; parent++) {
    firstChild[parent] = size;
    const [fromA, endOfA] = rangeOf(a, parents.a[parent]);
    const [fromB, endOfB] = rangeOf(b, parents.b[parent]);
    let inA = fromA;
    let inB = fromB;
    while (inA < endOfA || inB < endOfB) {
      const tokenOfA = inA < endOfA ? a.table.tokens[inA] : Infinity;
      const tokenOfB = inB < endOfB ? b.table.tokens[inB] : Infinity;
      const token = Math.min(tokenOfA, tokenOfB);
      const nodeOfA = tokenOfA === token ? inA++ : -1;
      const nodeOfB = tokenOfB === token ? inB++ : -1;
      const count = (nodeOfA < 0 ? 0 : a.table.counts[nodeOfA]) + (nodeOfB < 0 ? 0 : weight * b.table.counts[nodeOfB]);
      if (count === 0) continue;
      if (count < 0) throw new RangeError('these texts are not among those that were counted: nothing can be taken away that was not added');
      tokens[size] = token;
      counts[size] = count;
      children.a[size] = nodeOfA;
      children.b[size] = nodeOfB;
      size++;
    }
  }
  return {
    level: { tokens: tokens.slice(0, size), counts: counts.slice(0, size), firstChild },
    children: { a: children.a.subarray(0, size), b: children.b.subarray(0, size) },
  };
}

function rangeOf({ table: { firstChild } }: NgramCounts, node: number): [number, number] {
  return node < 0 || node >= firstChild.length - 1 ? [0, 0] : [firstChild[node], firstChild[node + 1]];
}

function childrenIn(counts: NgramCounts, nodes: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const [from, to] = rangeOf(counts, nodes[i]);
    sum += to - from;
  }
  return sum;
}
