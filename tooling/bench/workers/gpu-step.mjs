// Measures a GPT training step on a backend, reading the loss in every step. It also reports the losses of the first steps, to compare
// backends. argv: `gpu`, `wasm` or `pytorch`; the name of the configuration.
import { flopsPerToken, GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { pytorchGpuStep } from '../lib/gpu-pytorch.mjs';
import { COMPARED_STEPS } from '../lib/gpu-rows.mjs';
import { answerWith } from '../lib/gpu-worker.mjs';
import { measure, median } from '../lib/measure.mjs';
import { steps } from '../lib/sizes.mjs';

const [who, name] = process.argv.slice(2);

async function ours({ batchSize, ...config }) {
  const engine = await init(who === 'gpu' ? createGpuBackend : who, who === 'gpu' ? { mode: 'webgpu' } : {});
  const model = new GPT(engine, { ...config, dropout: 0 });
  const data = Int32Array.from({ length: 100_000 }, (_, i) => i ** 2 % config.vocabSize);
  const trainer = new Trainer(model, data, { batchSize, steps: 1e9 });
  const losses = [];
  while (losses.length < COMPARED_STEPS) losses.push((await trainer.step()).loss);
  const milliseconds = median(await measure(() => trainer.step(), { seconds: 4 }));
  const gigaflops = (flopsPerToken(model.config) * batchSize * config.contextLength) / milliseconds / 1e6;
  return { backend: engine.backend.description, milliseconds, gigaflops, losses };
}

await answerWith(() => {
  if (!Object.hasOwn(steps, name)) throw new RangeError(`there is no configuration '${name}'; choose among ${Object.keys(steps).join(', ')}`);
  return who === 'pytorch' ? pytorchGpuStep(steps[name]) : ours(steps[name]);
});
