// Measures generation token by token with the shape of GPT-2 124M and random weights, at temperature 0, in float32 and in int8. argv: threads.
import { Decoder, quantizeModel } from '@kk/gpt';
import { init, measurePeak, QuantizedLinear } from '@kk/nn-core';
import { decodeModel, largest, prompt } from '../lib/decode-model.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { decode } from '../lib/sizes.mjs';

const { layers, width, vocabSize } = decode;
const engine = await init('wasm', { threads: Number(process.argv[2] ?? 1) });
const model = decodeModel(engine);
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
  const ids = [...prompt];
  const next = async () => {
    ids.push(largest(await decoder.next(ids)));
  };
  const started = performance.now();
  await next();
  const prefill = performance.now() - started;
  const times = await measure(next, { warmup: 3, seconds: 3 });
  const milliseconds = median(times);
  decoder.dispose();
  const after = bandwidth();
  result.kinds[kind] = { milliseconds, bytes, prefillTokensPerSecond: (1000 * prompt.length) / prefill, written: ids.slice(prompt.length, prompt.length + 8), bandwidth: Math.max(before, after) };
  before = after;
}
report(result);
engine.dispose();
