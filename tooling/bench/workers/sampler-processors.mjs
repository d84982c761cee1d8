// Measures all processors, chains and sorts in one process, in several passes, so that no case is always first. argv: passes, seconds for
// each case and pass. Reports microseconds per token.
import * as api from '@kk/sampler';
import * as stages from '@kk/sampler/stages';
import { measure, median, report } from '../lib/measure.mjs';
import { importTransformers, makeHistory, makeLogits, processorCases, vocabSize } from '../lib/sampler-cases.mjs';

const [passes, seconds] = process.argv.slice(2).map(Number);
const peers = await importTransformers();
const history = makeHistory();
const inputs = Array.from({ length: 8 }, (_, i) => makeLogits(i + 1));
const out = new Float32Array(vocabSize);
const times = {};

/** Uses eight tokens with different logits, so that no branch predictor learns one of them. */
async function time(name, work) {
  const settings = { warmup: 4, minimum: 5, seconds };
  const runs = await measure(() => inputs.forEach(work), settings);
  (times[name] ??= []).push((1000 * median(runs)) / inputs.length);
}

// Other libraries change their input, so they get a fresh copy; the time of copying is subtracted.
const scratch = new Float32Array(vocabSize);
// The parts of a tensor that their processors read. Their own class needs the ONNX runtime; without it they are only faster.
const tensor = { data: scratch, dims: [1, vocabSize], 0: { data: scratch } };
const ids = [history.ids.map(BigInt)];
const cases = processorCases(api, stages, peers, history);
const agreement = {};
for (const { name, ours, theirs } of cases) {
  if (!theirs) continue;
  let worst = 0;
  for (const input of inputs) {
    scratch.set(input);
    theirs(tensor, ids);
    ours(input, out);
    // Equal infinities have no difference.
    for (let id = 0; id < vocabSize; id++) if (out[id] !== scratch[id]) worst = Math.max(worst, Math.abs(out[id] - scratch[id]));
  }
  agreement[name] = worst;
}

// Measures a single stage: logits are loaded, the stage runs, and all but one token are dropped, so that drawing takes no time.
const end = { name: 'end', apply: (candidates) => candidates.keepOne(1, 0) };
const alone = new Map(cases.map(({ name, stage }) => [name, new api.Sampler([stage, end], { seed: 1 })]));
const loading = new api.Sampler([end], { seed: 1 });

const typical = [
  stages.repetitionPenalty(1.1),
  stages.frequencyPenalty(0.2),
  stages.presencePenalty(0.2),
  stages.topK(40),
  stages.topP(0.95),
  stages.minP(0.05),
  stages.temperature(0.8),
];
const without = typical.filter(({ name }) => name !== 'topK');
const chains = {
  'typical chain: penalties, top-k 40, top-p 0.95, min-p 0.05, temperature 0.8, draw': new api.Sampler(typical, { seed: 1 }),
  'the same without top-k': new api.Sampler(without, { seed: 1 }),
  'top-p 0.95, draw': new api.Sampler([stages.topP(0.95)], { seed: 1 }),
  'draw alone, inverse transform': new api.Sampler([], { seed: 1 }),
  'draw alone, Gumbel-max': new api.Sampler([], { seed: 1, draw: 'gumbel' }),
  'greedy by temperature 0': new api.Sampler([stages.temperature(0)], { seed: 1 }),
};

for (let pass = 0; pass < passes; pass++) {
  await time('copy', (input) => scratch.set(input));
  await time('loading', (input) => loading.sample(input, history));
  for (const { name, ours, theirs } of cases) {
    await time(name, (input) => ours(input, out));
    await time(`${name}, stage`, (input) => alone.get(name).sample(input, history));
    if (theirs) await time(`${name}, theirs`, (input) => (scratch.set(input), theirs(tensor, ids)));
  }
  await time('softmax', (input) => api.softmax(input));
  await time('softmax, theirs', (input) => peers.softmax(input));
  for (const [name, sampler] of Object.entries(chains)) await time(name, (input) => sampler.sample(input, history));
  await time('sort', (input) => scratch.set(input) ?? scratch.sort());
}

// The allocation of the typical chain: the growth of the heap in bytes per token.
const [sampler] = Object.values(chains);
globalThis.gc?.();
const before = process.memoryUsage();
const tokens = 400;
for (let i = 0; i < tokens; i++) sampler.sample(inputs[i % inputs.length], history);
const after = process.memoryUsage();
const bytesPerToken = Math.max(0, after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / tokens;

report({ microseconds: Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)])), agreement, chains: Object.keys(chains), cases: cases.map(({ name }) => name), bytesPerToken });
