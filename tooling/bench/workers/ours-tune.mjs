// Measures a step of supervised tuning with all parameters, and with LoRA of rank 8, in turn on one engine. argv: the name of the configuration;
// the number of threads, 0 for all; what multiplies, `off` or `auto` for a BLAS. Defaults: 0, off.
import { addLora, TuningRows } from '@kk/finetune';
import { GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { steps } from '../lib/sizes.mjs';
import { median, report } from '../lib/measure.mjs';

const { batchSize, ...config } = steps[process.argv[2]];
const { contextLength, vocabSize } = config;
const [, , , threads = '0', blas = 'off'] = process.argv;
const engine = await init('wasm', { blas, ...(threads !== '0' && { threads: Number(threads) }) });
// Rows of the same sizes as PyTorch's: an example in each, the second half of which is learned.
const example = (seed) => ({
  ids: Int32Array.from({ length: contextLength + 1 }, (_, i) => (seed * 31 + i * i) % vocabSize),
  learned: Uint8Array.from({ length: contextLength + 1 }, (_, i) => (i > contextLength / 2 ? 1 : 0)),
});
const rows = new TuningRows(Array.from({ length: 1000 }, (_, i) => example(i)), { contextLength, vocabSize, packed: false });
const model = new GPT(engine, { ...config, dropout: 0 });
const tuned = new GPT(engine, { ...config, dropout: 0 });
const adapter = addLora(tuned, { rank: 8, alpha: 16, seed: 1 });
const trainers = [model, tuned].map((trained) => new Trainer(trained, rows, { batchSize, steps: 1e9 }));
const times = [[], []];
const WARMUP = 5;
const end = performance.now() + 10_000;
for (let round = 0; round < WARMUP + 5 || performance.now() < end; round++) {
  for (const [i, trainer] of trainers.entries()) {
    const started = performance.now();
    await trainer.step();
    if (round >= WARMUP) times[i].push(performance.now() - started);
  }
}
const [full, lora] = times.map(median);
// The median of the ratios of neighbours in time: another program that takes a core for a while takes it from both.
const ratio = median(times[1].map((time, i) => time / times[0][i]));
report({ backend: engine.backend.description, full, lora, ratio, parameters: model.parameterCount(), adapter: adapter.parameterCount() });
engine.dispose();
