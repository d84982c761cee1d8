// The candidate kernels for a matrix product with gpu.js. They differ in what an invocation computes and in which order neighbours read.
// Each computes y (side, side) = a (side, side) b (side, side). The kernels are source text as written for gpu.js; `gpu-matmul.mjs` runs
// them.

/** The number of terms per part if the sum is split, as in the backend. */
const PART = 64;
/** Some positions are computed in floats, which are exact up to 2^23 with a half added. */
const LARGEST_FLAT = 2 ** 23;

/** Integer arithmetic for kernels; without declared types gpu.js computes in floats. */
export const helpers = [
  ['function quotient(i, n) { return Math.floor((i + 0.5) / n); }', 2],
  ['function place(row, width, column) { return row * width + column; }', 3],
].map(([source, count]) => ({ source, settings: { argumentTypes: Array(count).fill('Integer'), returnType: 'Integer' } }));

/** The body of a kernel with four outputs per invocation: `reads` are done for each k, `products` are the four terms. */
const fourSums = (reads, products) => `(a, b, inner) {
  let t0 = 0; let t1 = 0; let t2 = 0; let t3 = 0;
  for (let k = 0; k < inner; k++) {
    ${reads.join('\n    ')}
    ${products.map((product, i) => `t${i} += ${product};`).join(' ')}
  }
  return [t0, t1, t2, t3];
}`;
const oneSum = (product) => `(a, b, inner) { let t = 0; for (let k = 0; k < inner; k++) t += ${product}; return t; }`;
const [x, y, z] = ['this.thread.x', 'this.thread.y', 'this.thread.z'];

const one = (product) => ({ source: `function product${oneSum(product)}`, arrays: 2, axes: 2, numbers: 1 });
const four = (reads, products) => ({ source: `function product${fourSums(reads, products)}`, arrays: 2, axes: 2, numbers: 1, returns: 'Array(4)' });

/** Kernels by name. The first `arrays` arguments are buffers, the other `numbers` are integers; `axes` is the number of output axes used. */
export const kernels = {
  flat: {
    source: `function flat(a, b, inner) {
      const row = quotient(${x}, inner);
      const column = place(row, 0 - inner, ${x});
      let t = 0;
      for (let k = 0; k < inner; k++) t += a[place(row, inner, k)] * b[place(k, inner, column)];
      return t;
    }`,
    arrays: 2,
    axes: 1,
    numbers: 1,
  },
  rows: one(`a[${y}][k] * b[k][${x}]`),
  transposedB: one(`a[${y}][k] * b[${x}][k]`),
  transposedA: one(`a[k][${y}] * b[k][${x}]`),
  fourColumns: four([`const left = a[${y}][k];`], [0, 1, 2, 3].map((i) => `left * b[k][${x} * 4 + ${i}]`)),
  fourRows: four([`const right = b[k][${x}];`], [0, 1, 2, 3].map((i) => `a[${y} * 4 + ${i}][k] * right`)),
  twoByTwo: four(
    [`const top = a[${y} * 2][k];`, `const bottom = a[${y} * 2 + 1][k];`, `const left = b[k][${x} * 2];`, `const right = b[k][${x} * 2 + 1];`],
    ['top * left', 'top * right', 'bottom * left', 'bottom * right'],
  ),
  part: {
    source: `function part(a, b, inner, parts) {
      let t = 0;
      for (let k = 0; ${z} + k * parts < inner; k++) t += a[${y}][${z} + k * parts] * b[${z} + k * parts][${x}];
      return t;
    }`,
    arrays: 2,
    axes: 3,
    numbers: 2,
  },
  addParts: { source: `function addParts(sums, parts) { let t = 0; for (let p = 0; p < parts; p++) t += sums[p][${y}][${x}]; return t; }`, arrays: 1, axes: 2, numbers: 1 },
  transpose: { source: `function transpose(m) { return m[${x}][${y}]; }`, arrays: 1, axes: 2, numbers: 0 },
  // Four outputs are adjacent: (side / 4, side, 4) -> (side, side), and (side / 2, side / 2, 2, 2) -> (side, side).
  rowsInOrder: { source: `function rowsInOrder(m) { const block = quotient(${y}, 4); return m[block][${x}][${y} - block * 4]; }`, arrays: 1, axes: 2, numbers: 0 },
  blocksInOrder: {
    source: `function blocksInOrder(m) {
      const row = quotient(${y}, 2);
      const column = quotient(${x}, 2);
      return m[row][column][(${y} - row * 2) * 2 + ${x} - column * 2];
    }`,
    arrays: 1,
    axes: 2,
    numbers: 0,
  },
};

export const multipleOf = (factor, side) => {
  if (side % factor !== 0) throw new RangeError(`the side must be a multiple of ${factor}`);
};

/**
 * The steps of a candidate: each has a kernel, its output, the output's size, its inputs with their sizes (x first) and numbers. `own`
 * allocates a buffer of that many floats. All listed steps are timed.
 */
export const plans = {
  flat: ({ side, a, b, y: out }) => {
    if (side * side > LARGEST_FLAT) throw new RangeError(`positions up to ${LARGEST_FLAT} are exact`);
    return [['flat', out, [side * side], [[a, [side * side]], [b, [side * side]]], [side]]];
  },
  rows: ({ side, a, b, y: out }) => [['rows', out, [side, side], [[a, [side, side]], [b, [side, side]]], [side]]],
  'transposed b': ({ side, a, b, y: out, own }) => {
    const turned = own(side * side);
    return [
      ['transpose', turned, [side, side], [[b, [side, side]]], []],
      ['transposedB', out, [side, side], [[a, [side, side]], [turned, [side, side]]], [side]],
    ];
  },
  'transposed a': ({ side, a, b, y: out, own }) => {
    const turned = own(side * side);
    return [
      ['transpose', turned, [side, side], [[a, [side, side]]], []],
      ['transposedA', out, [side, side], [[turned, [side, side]], [b, [side, side]]], [side]],
    ];
  },
  'four columns': ({ side, a, b, y: out }) => {
    multipleOf(4, side);
    return [['fourColumns', out, [side / 4, side], [[a, [side, side]], [b, [side, side]]], [side]]];
  },
  'four rows': ({ side, a, b, y: out, own }) => {
    multipleOf(4, side);
    const blocks = own(side * side);
    return [
      ['fourRows', blocks, [side, side / 4], [[a, [side, side]], [b, [side, side]]], [side]],
      ['rowsInOrder', out, [side, side], [[blocks, [4, side, side / 4]]], []],
    ];
  },
  'two by two': ({ side, a, b, y: out, own }) => {
    multipleOf(2, side);
    const blocks = own(side * side);
    return [
      ['twoByTwo', blocks, [side / 2, side / 2], [[a, [side, side]], [b, [side, side]]], [side]],
      ['blocksInOrder', out, [side, side], [[blocks, [4, side / 2, side / 2]]], []],
    ];
  },
  'split sum': ({ side, a, b, y: out, own }) => {
    const parts = Math.ceil(side / PART);
    const sums = own(parts * side * side);
    return [
      ['part', sums, [side, side, parts], [[a, [side, side]], [b, [side, side]]], [side, parts]],
      ['addParts', out, [side, side], [[sums, [side, side, parts]]], [parts]],
    ];
  },
};

/** Candidate -> its description in the table. */
export const layouts = {
  flat: 'flat: one number, one axis',
  rows: 'rows and columns: one number, two axes',
  'transposed b': 'one number, b transposed first',
  'transposed a': 'one number, a transposed first',
  'four columns': 'Array(4): four columns of a row',
  'four rows': 'Array(4): four rows of a column, put in order after',
  'two by two': 'Array(4): 2 x 2, put in order after',
  'split sum': `sum split in parts of ${PART}, added after`,
  'tiled 4': 'hand-written WGSL: shared memory, 4 x 4 an invocation',
  'tiled 8': 'hand-written WGSL: shared memory, 8 x 8 an invocation',
};
