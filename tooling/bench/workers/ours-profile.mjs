// Where the time of our GPT training step goes, by function, on one thread. argv: the name of the configuration; what multiplies, `off` or `auto` for a BLAS.
import { Session } from 'node:inspector/promises';
import { GPT, Trainer } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { compileWithNames } from '../../../packages/nn-core/scripts/build-kernels.mjs';
import { functionNames } from '../lib/function-names.mjs';
import { report } from '../lib/measure.mjs';
import { steps } from '../lib/sizes.mjs';

const SECONDS = 6;
const [configuration, blas = 'off'] = process.argv.slice(2);
const { batchSize, ...config } = steps[configuration];
const engine = await init('wasm', { blas, threads: 1 });
const trainer = new Trainer(new GPT(engine, { ...config, dropout: 0 }), Int32Array.from({ length: 100_000 }, (_, i) => (i * 7919) % config.vocabSize), { batchSize, steps: 1e9 });
const names = functionNames(await compileWithNames());
for (let i = 0; i < 5; i++) await trainer.step();

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 200 });
await session.post('Profiler.start');
for (const end = performance.now() + 1000 * SECONDS; performance.now() < end; ) await trainer.step();
const { profile } = await session.post('Profiler.stop');

const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
const microseconds = {};
let all = 0;
profile.samples.forEach((id, i) => {
  const { functionName, url } = nodes.get(id);
  const index = /^wasm-function\[(\d+)\]$/.exec(functionName)?.[1];
  // Functions of libraries have the name of the first that was bound, or of their caller.
  const name = index !== undefined ? (names.get(Number(index)) ?? functionName) : url.startsWith('wasm:') ? functionName : /^(product\d*|memmove|(cblas|openblas|omp|bli|MKL)_\w+)$/i.test(functionName) ? 'products by the BLAS' : 'JavaScript';
  microseconds[name] = (microseconds[name] ?? 0) + profile.timeDeltas[i];
  all += profile.timeDeltas[i];
});
report({ backend: engine.backend.description, shares: Object.fromEntries(Object.entries(microseconds).map(([name, time]) => [name, time / all])) });
engine.dispose();
