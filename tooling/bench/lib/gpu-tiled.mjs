// A hand-written matrix product for a GPU that uses the shared memory of a workgroup, which gpu.js does not offer. It shows what gpu.js
// cannot do; it is not the best possible kernel.

/** 16 x 16 invocations compute a tile of the result, and load a block of this depth of a and b for it. */
const INVOCATIONS = 16;
const DEPTH = 16;

/** The side of the tile of a workgroup, in results. */
export const tileOf = (perInvocation) => INVOCATIONS * perInvocation;

/**
 * y (side, side) = a (side, side) b (side, side); `side` is a multiple of 4. Each invocation keeps `perInvocation` rows and as many
 * columns of the result in registers; a block of a and of b is read from memory once for the whole tile.
 * @param {4 | 8} perInvocation
 */
export function tiledKernel(side, perInvocation) {
  const tile = tileOf(perInvocation);
  const threads = INVOCATIONS * INVOCATIONS;
  const quads = perInvocation / 4;
  const rows = Array.from({ length: perInvocation }, (_, i) => i);
  const columns = Array.from({ length: quads }, (_, i) => i);
  const each = (lines) => lines.flat().join('\n');
  return `
const SIDE = ${side}u;
const QUADS = ${side / 4}u;
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
var<workgroup> blockA: array<f32, ${DEPTH * tile}>; // (depth, tile): a block of a, transposed
var<workgroup> blockB: array<vec4f, ${(DEPTH * tile) / 4}>; // (depth, tile / 4)

@compute @workgroup_size(${INVOCATIONS}, ${INVOCATIONS})
fn main(@builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) index: u32, @builtin(workgroup_id) group: vec3u) {
  let row0 = group.y * ${tile}u;
  let quad0 = group.x * ${tile / 4}u;
${each(rows.map((i) => columns.map((q) => `  var sum${i}_${q} = vec4f(0.0);`)))}
  for (var k0 = 0u; k0 < SIDE; k0 += ${DEPTH}u) {
    for (var i = index; i < ${(DEPTH * tile) / 4}u; i += ${threads}u) {
      let row = i / ${DEPTH / 4}u;
      let quad = i % ${DEPTH / 4}u;
      var from_a = vec4f(0.0);
      if (row0 + row < SIDE && k0 + quad * 4u < SIDE) { from_a = a[(row0 + row) * QUADS + k0 / 4u + quad]; }
      blockA[(quad * 4u) * ${tile}u + row] = from_a.x;
      blockA[(quad * 4u + 1u) * ${tile}u + row] = from_a.y;
      blockA[(quad * 4u + 2u) * ${tile}u + row] = from_a.z;
      blockA[(quad * 4u + 3u) * ${tile}u + row] = from_a.w;
      let depth = i / ${tile / 4}u;
      let column = i % ${tile / 4}u;
      var from_b = vec4f(0.0);
      if (k0 + depth < SIDE && quad0 + column < QUADS) { from_b = b[(k0 + depth) * QUADS + quad0 + column]; }
      blockB[i] = from_b;
    }
    workgroupBarrier();
    for (var k = 0u; k < ${DEPTH}u; k++) {
${each(columns.map((q) => `      let b${q} = blockB[k * ${tile / 4}u + local.x + ${q * INVOCATIONS}u];`))}
${each(rows.map((i) => [`      let a${i} = vec4f(blockA[k * ${tile}u + local.y * ${perInvocation}u + ${i}u]);`, ...columns.map((q) => `      sum${i}_${q} = fma(a${i}, b${q}, sum${i}_${q});`)]))}
    }
    workgroupBarrier();
  }
  let row = row0 + local.y * ${perInvocation}u;
  let quad = quad0 + local.x;
${each(rows.map((i) => columns.map((q) => `  if (row + ${i}u < SIDE && quad + ${q * INVOCATIONS}u < QUADS) { y[(row + ${i}u) * QUADS + quad + ${q * INVOCATIONS}u] = sum${i}_${q}; }`)))}
}`;
}
