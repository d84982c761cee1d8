// Measures our GPT training step: batch, forward, backward, clipping, AdamW. argv: the name of the configuration; the number of threads,
// 0 for all; what multiplies, `off` or `auto` for a BLAS. Defaults: 0, off.
import { flopsPerToken, GPT, Trainer } from '@kk/gpt';
import { init, measurePeak } from '@kk/nn-core';
import { steps } from '../lib/sizes.mjs';
import { measure, median, report } from '../lib/measure.mjs';

const { batchSize, ...config } = steps[process.argv[2]];
const [, , , threads = '0', blas = 'off'] = process.argv;
const engine = await init('wasm', { blas, ...(threads !== '0' && { threads: Number(threads) }) });
const model = new GPT(engine, { ...config, dropout: 0 });
const data = Int32Array.from({ length: 100_000 }, () => Math.floor(Math.random() * config.vocabSize));
const trainer = new Trainer(model, data, { batchSize, steps: 1e9 });
// The current peak of all threads together: on a shared machine the second core is not always available.
const before = measurePeak(engine).gigaflops;
const times = await measure(() => trainer.step(), { seconds: 6 });
const peak = (before + measurePeak(engine).gigaflops) / 2;
const milliseconds = median(times);
const gigaflops = (flopsPerToken(model.config) * batchSize * config.contextLength) / milliseconds / 1e6;
report({ backend: engine.backend.description, milliseconds, gigaflops, peak, parameters: model.parameterCount() });
engine.dispose();
