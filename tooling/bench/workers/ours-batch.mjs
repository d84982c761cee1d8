// Measures decoding of 1, 4 and 16 texts at a time, in float32 and in int8, in alternating rounds. argv: the model's name, threads.
import { BatchDecoder, GPT, quantizeModel } from '@kk/gpt';
import { init, Random } from '@kk/nn-core';
import { Sampler } from '@kk/sampler';
import { median, report } from '../lib/measure.mjs';
import { batches, streamCounts } from '../lib/sizes.mjs';

const [name, threads] = [process.argv[2] ?? 'small', Number(process.argv[3] ?? 1)];
const { promptLength, capacity, steps, rounds, ...config } = batches[name];
const engine = await init('wasm', { threads });
// Drawing 124 million normal numbers would take longer than all measurements, and the values do not affect the time.
Random.prototype.fillNormal = (array, mean, deviation) => {
  for (let i = 0; i < array.length; i++) array[i] = mean + deviation * (((i * 40503) % 65536) / 32768 - 1);
};
const model = new GPT(engine, config);

// The time in which tokens are drawn from logits, which is a part of each step.
let sampling = 0;
const { sample } = Sampler.prototype;
Sampler.prototype.sample = function (...given) {
  const started = performance.now();
  const id = sample.apply(this, given);
  sampling += performance.now() - started;
  return id;
};

/** Starts so many texts, takes a step with their prompts, and measures the steps after it, one token of each text in each. */
async function measureSteps(count) {
  const decoder = new BatchDecoder(model, { sequences: count, capacity });
  for (let text = 0; text < count; text++) decoder.add(Array.from({ length: promptLength }, (_, i) => (text * 31 + i * 7919) % config.vocabSize), { maxTokens: capacity, seed: text });
  for (let warm = 0; warm < 3; warm++) await decoder.step();
  const times = [];
  sampling = 0;
  const before = process.cpuUsage();
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    await decoder.step();
    times.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  decoder.dispose();
  return { milliseconds: median(times), cpuMilliseconds: (user + system) / 1000 / steps, samplingShare: sampling / times.reduce((sum, time) => sum + time, 0) };
}

const result = { backend: engine.backend.description, kinds: {} };
for (const kind of ['float32', 'int8']) {
  if (kind === 'int8') await quantizeModel(model); // in place
  const measured = Object.fromEntries(streamCounts.map((count) => [count, []]));
  for (let round = 0; round < rounds; round++) for (const count of streamCounts) measured[count].push(await measureSteps(count));
  result.kinds[kind] = Object.fromEntries(streamCounts.map((count) => [count, {
    tokensPerSecond: (1000 * count) / median(measured[count].map(({ milliseconds }) => milliseconds)),
    // Beside other programs the time of the processor alone says what a step costs; with several threads it also counts their waiting.
    tokensPerCpuSecond: (1000 * count) / median(measured[count].map(({ cpuMilliseconds }) => cpuMilliseconds)),
    samplingShare: median(measured[count].map(({ samplingShare }) => samplingShare)),
  }]));
}
report(result);
engine.dispose();
