// Measures the memory of the engine and of the process at intervals over many training steps.
import { GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { report } from '../lib/measure.mjs';
import { steps } from '../lib/sizes.mjs';

const { batchSize, ...config } = { ...steps.small, layers: 2, width: 64, contextLength: 32 };
const total = 5000;
const engine = await init('wasm');
const trainer = new Trainer(new GPT(engine, { ...config, dropout: 0 }), Int32Array.from({ length: 10_000 }, (_, i) => i % config.vocabSize), { batchSize, steps: total });
const samples = [];
for (let step = 1; step <= total; step++) {
  await trainer.step();
  if (step % 1000 === 0 || step === 100) {
    globalThis.gc?.();
    samples.push({ step, ...engine.memory(), heapBytes: process.memoryUsage().heapUsed });
  }
}
report({ backend: engine.backend.description, samples });
engine.dispose();
