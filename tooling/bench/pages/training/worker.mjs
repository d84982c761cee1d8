// Measures our GPT training step in a worker of a page, as workers/ours-step.mjs does in Node.
import { GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { measure, median } from '../../lib/measure.mjs';
import { steps } from '../../lib/sizes.mjs';

onmessage = async ({ data: { configuration, threads } }) => {
  const { batchSize, ...config } = steps[configuration];
  const engine = await init('wasm', { threads });
  const model = new GPT(engine, { ...config, dropout: 0 });
  const data = Int32Array.from({ length: 100_000 }, () => Math.floor(Math.random() * config.vocabSize));
  const trainer = new Trainer(model, data, { batchSize, steps: 1e9 });
  const times = await measure(() => trainer.step(), { seconds: 6 });
  postMessage({ backend: engine.backend.description, milliseconds: median(times), isolated: crossOriginIsolated });
};
