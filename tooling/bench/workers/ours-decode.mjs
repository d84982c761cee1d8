// Measures generation token by token with the shape of GPT-2 124M and random weights, in float32 and in int8. argv: threads.
import { Decoder, GPT, quantizeModel } from '@kk/gpt';
import { init, measurePeak, QuantizedLinear, Random } from '@kk/nn-core';
import { measure, median, report } from '../lib/measure.mjs';
import { decode } from '../lib/sizes.mjs';

const { promptLength, ...config } = decode;
const { layers, width, vocabSize } = config;
const engine = await init('wasm', { threads: Number(process.argv[2] ?? 1) });
// Drawing 124 million normal numbers would take longer than all measurements, and the values do not affect the time.
Random.prototype.fillNormal = (array, mean, deviation) => {
  for (let i = 0; i < array.length; i++) array[i] = mean + deviation * (((i * 40503) % 65536) / 32768 - 1);
};
const model = new GPT(engine, { ...config, dropout: 0 });
/** The number of matrix entries; each is read once per token. */
const numbers = 12 * width * width * layers + vocabSize * width;
const result = { backend: engine.backend.description, kinds: {} };
// Other programs share the memory bandwidth, so it is measured before and after each kind, over as many bytes as the weights take, because
// the last cache of a server may hold less.
const bandwidth = () => measurePeak(engine, { readBytes: 4 * numbers }).gigabytesPerSecond;
/** What all int8 matrices take together. */
const int8Bytes = (quantized) => [...quantized.namedModules().values()].reduce((sum, layer) => sum + (layer instanceof QuantizedLinear ? layer.weight.bytes : 0), 0);
let before = bandwidth();
for (const kind of ['float32', 'int8']) {
  if (kind === 'int8') await quantizeModel(model); // in place
  const bytes = kind === 'int8' ? int8Bytes(model) : 4 * numbers;
  const decoder = new Decoder(model);
  const ids = Array.from({ length: promptLength }, (_, i) => (i * 7919) % vocabSize);
  const started = performance.now();
  await decoder.next(ids);
  const prefill = performance.now() - started;
  const next = () => {
    ids.push(ids.length % vocabSize);
    return decoder.next(ids);
  };
  const times = await measure(next, { warmup: 3, seconds: 3 });
  const milliseconds = median(times);
  decoder.dispose();
  const after = bandwidth();
  result.kinds[kind] = { milliseconds, bytes, prefillTokensPerSecond: (1000 * promptLength) / prefill, bandwidth: Math.max(before, after) };
  before = after;
}
report(result);
engine.dispose();
