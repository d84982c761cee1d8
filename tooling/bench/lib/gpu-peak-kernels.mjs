// Two WGSL kernels that measure the peak of a device: one only computes in registers, one only reads memory.

/** The number of four-component accumulators per invocation: enough independent chains to hide the latency of a multiply-add. */
const CHAINS = 8;
export const PEAK_WORKGROUP = 256;
/** Operations per invocation and loop iteration; a multiply-add counts as two. */
export const PEAK_OPERATIONS = CHAINS * 4 * 2;

/** settings: factor, offset, turns, 0. Every chain computes x = factor * x + offset, `turns` times. result: one number per invocation. */
export function peakKernel() {
  const chains = Array.from({ length: CHAINS }, (_, i) => i);
  return `
struct Settings { factor: f32, offset: f32, turns: u32, unused: u32 }
@group(0) @binding(0) var<uniform> settings: Settings;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(${PEAK_WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let factor = vec4f(settings.factor);
  let offset = vec4f(settings.offset);
  let start = f32(id.x % 64u);
${chains.map((i) => `  var x${i} = vec4f(start) + vec4f(${i}.0, ${i}.25, ${i}.5, ${i}.75);`).join('\n')}
  for (var turn = 0u; turn < settings.turns; turn++) {
${chains.map((i) => `    x${i} = fma(x${i}, factor, offset);`).join('\n')}
  }
  result[id.x] = dot(${chains.map((i) => `x${i}`).join(' + ')}, vec4f(1.0));
}`;
}

/** What `peakKernel` writes for invocation `index`. */
export function peakResult(index, factor, offset, turns) {
  let sum = 0;
  for (let chain = 0; chain < CHAINS * 4; chain++) {
    let x = (index % 64) + chain / 4;
    for (let turn = 0; turn < turns; turn++) x = factor * x + offset;
    sum += x;
  }
  return sum;
}

export const READ_WORKGROUP = 256;
/** The number of four-component vectors that an invocation reads; it writes one number for them. */
export const READS = 64;

/** source: a multiple of workgroups * 256 * 64 * 4 numbers, read once in memory order; result: one sum per invocation. */
export const readKernel = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(${READ_WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  let stride = workgroups.x * ${READ_WORKGROUP}u;
  var sum = vec4f(0.0);
  for (var i = 0u; i < ${READS}u; i++) { sum += source[id.x + i * stride]; }
  result[id.x] = dot(sum, vec4f(1.0));
}`;
