// Runs one chain of kernels in each way that gpu.js and the gpu backend offer, to measure the overhead of a captured step. argv: numbers in
// each buffer, kernels in the chain. The fastest run of each counts, because disturbances only add time.
import { createGpuBackend } from '@kk/nn-core/gpu';
import { add, compileStep, init } from '@kk/nn-core';
import gpuJs from 'gpu.js';
import { measure, report } from '../lib/measure.mjs';

const [size, length] = process.argv.slice(2).map(Number);
const engine = await init(createGpuBackend, { mode: 'webgpu' });
const values = Float32Array.from({ length: size }, (_, i) => i / size);
const expected = values.map((value) => Math.fround(value + length * 0.5));
const seconds = 3;
const result = { backend: engine.backend.description, size, length };

/** Times `chain`, which adds 1/2 to all values `length` times and reads them, after checking its result. */
async function time(name, chain) {
  const got = await chain();
  if (got.some((value, i) => Math.abs(value - expected[i]) > 1e-3)) throw new Error(`${name} computes something else`);
  result[name] = Math.min(...(await measure(chain, { seconds, minimum: 20 })));
}

const [x, half] = [engine.keep(engine.tensor(values)), engine.keep(engine.full([size], 0.5))];
const chained = () => {
  let y = x;
  for (let i = 0; i < length; i++) y = add(y, half);
  return y;
};
const plan = compileStep(engine, chained);
await time('plan', async () => plan.replay().data());
await time('eager', async () => {
  const y = engine.scope(chained);
  const data = await y.data();
  y.dispose();
  return data;
});

const gpu = new gpuJs.GPU({ mode: 'webgpu' });
const source = 'function add(a, b) { return a[this.thread.x] + b[this.thread.x]; }';
const halves = new Float32Array(size).fill(0.5);
const resident = gpu.createKernel('function upload(a) { return a[this.thread.x]; }', { output: [size], pipeline: true, immutable: true });
const kernel = gpu.createKernel(source, { output: [size], pipeline: true, immutable: true, dynamicArguments: true });
const [first, other] = [await resident(values), await resident(halves)];
await time('chained calls', async () => {
  let y = first;
  for (let i = 0; i < length; i++) {
    const next = await kernel(y, other);
    if (y !== first) y.delete();
    y = next;
  }
  const data = await y.toArray();
  y.delete();
  return data;
});
if (kernel.kernel.constructor.mode !== 'webgpu' || kernel.fallbackReason) throw new Error('gpu.js fell back');

const inPipeline = gpu.createKernel(source, { output: [size] });
const pipeline = gpu.createPipeline((a, b) => {
  let y = a;
  for (let i = 0; i < length; i++) y = inPipeline(y, b);
  return y;
});
await time('createPipeline', () => pipeline(values, halves));
if (pipeline.executorKind !== 'fused-encoder' || pipeline.fallbackReason) throw new Error(`gpu.js fell back: ${pipeline.fallbackReason}`);

report(result);
engine.dispose();
process.exit(0);
