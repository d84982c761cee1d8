// The Huffman tree of hierarchical softmax: frequent words get short paths. A word's probability is the product of the decisions on its
// path, so that an example costs log2(words) updates, not one for each word.
//
// Source: Mikolov, Chen, Corrado and Dean, "Efficient estimation of word representations in vector space", 2013.

/** The path of word w: `steps[starts[w]]` to `steps[starts[w + 1] - 1]`, from the root on. A step is 2 * node + bit; nodes count from 0. */
export interface HuffmanPaths {
  starts: Uint32Array;
  steps: Uint32Array;
}

/** @param counts  how often each of at least two words occurs, numbers from 0, in any order */
export function huffmanPaths(counts: ArrayLike<number>): HuffmanPaths {
  const leaves = counts.length;
  const nodes = 2 * leaves - 1;
  const order = Uint32Array.from({ length: leaves }, (_, i) => i).sort((a, b) => counts[a] - counts[b] || b - a);
  const weight = new Float64Array(nodes).fill(Infinity);
  for (let i = 0; i < leaves; i++) weight[i] = counts[order[i]];
  const parent = new Uint32Array(nodes);
  const bit = new Uint8Array(nodes);
  // Leaves are in ascending order, and inner nodes come into being in ascending order: the lightest two are at the fronts of two queues.
  let leaf = 0;
  let inner = leaves;
  const lightest = (): number => (leaf < leaves && weight[leaf] <= weight[inner] ? leaf++ : inner++);
  for (let node = leaves; node < nodes; node++) {
    const first = lightest();
    const second = lightest();
    weight[node] = weight[first] + weight[second];
    parent[first] = parent[second] = node;
    bit[second] = 1;
  }
  return pathsFromRoot(order, parent, bit);
}

function pathsFromRoot(order: Uint32Array, parent: Uint32Array, bit: Uint8Array): HuffmanPaths {
  const leaves = order.length;
  const root = parent.length - 1;
  const paths: number[][] = [];
  for (let leaf = 0; leaf < leaves; leaf++) {
    const path: number[] = [];
    for (let node = leaf; node !== root; node = parent[node]) path.push(2 * (parent[node] - leaves) + bit[node]);
    paths[order[leaf]] = path.reverse();
  }
  const starts = new Uint32Array(leaves + 1);
  paths.forEach(({ length }, word) => (starts[word + 1] = starts[word] + length));
  return { starts, steps: Uint32Array.from(paths.flat()) };
}
