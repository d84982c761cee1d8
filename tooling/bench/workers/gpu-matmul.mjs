// Measures one way to multiply two square matrices, after checking it against the product on wasm. argv: the multiplier (`gpu`, `wasm`,
// `pytorch`, `pytorch tf32` or a candidate of lib/gpu-candidates.mjs); the side.
import { createGpuBackend } from '@kk/nn-core/gpu';
import { init, matmul, slice } from '@kk/nn-core';
import { openDevice, readFloats, timeIssued } from '../lib/gpu-device.mjs';
import { prepareCandidate } from '../lib/gpu-matmul.mjs';
import { pytorchMatmul } from '../lib/gpu-pytorch.mjs';
import { checkProduct, taskOf } from '../lib/gpu-task.mjs';
import { answerWith } from '../lib/gpu-worker.mjs';
import { measure, median } from '../lib/measure.mjs';

const [who, side] = [process.argv[2], Number(process.argv[3])];
const task = taskOf(side);
const upload = (engine) => [task.a, task.b].map((values) => engine.keep(engine.tensor(values, [side, side])));

async function onWasm() {
  const engine = await init('wasm');
  const [a, b] = upload(engine);
  const y = matmul(a, b);
  const expected = y.dataSync();
  y.dispose();
  return { engine, expected, again: () => matmul(a, b).dispose() };
}

async function ours(expected) {
  const engine = await init(createGpuBackend, { mode: 'webgpu' });
  const [a, b] = upload(engine);
  let y = matmul(a, b);
  const difference = checkProduct(await y.data(), expected);
  const issue = (times) => {
    for (let i = 0; i < times; i++) {
      y.dispose();
      y = matmul(a, b);
    }
  };
  const answer = async () => {
    const one = engine.scope(() => slice(slice(y, 0, 0, 1), 1, 0, 1));
    await one.data();
    one.dispose();
  };
  return { backend: engine.backend.description, difference, milliseconds: await timeIssued(issue, answer) };
}

async function candidate(expected) {
  const { device, name, check } = await openDevice();
  const { output, issue } = await prepareCandidate(device, who, task);
  issue(1);
  const got = await readFloats(device, output, side * side);
  check();
  const difference = checkProduct(got, expected);
  const milliseconds = await timeIssued(issue, () => readFloats(device, output, 1));
  check();
  return { backend: name, difference, milliseconds };
}

await answerWith(async () => {
  const { engine, expected, again } = await onWasm();
  if (who === 'wasm') return { backend: engine.backend.description, difference: 0, milliseconds: median(await measure(again, { seconds: 1 })) };
  engine.dispose(); // its threads would keep processor cores busy
  if (who === 'gpu') return ours(expected);
  if (who.startsWith('pytorch')) return pytorchMatmul({ ...task, expected, tf32: who === 'pytorch tf32' });
  return candidate(expected);
});
