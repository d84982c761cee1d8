// Measures ONNX Runtime at generation token by token. argv: threads, the model's file.
import ort from 'onnxruntime-node';
import { largest, prompt } from '../lib/decode-model.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { decode } from '../lib/sizes.mjs';

const [threads, file] = [Number(process.argv[2]), process.argv[3]];
const { layers, heads, width } = decode;
const session = await ort.InferenceSession.create(file, { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all' });
const names = Array.from({ length: layers }, (_, layer) => [`key.${layer}`, `value.${layer}`]).flat();
const empty = new ort.Tensor('float32', new Float32Array(0), [1, heads, 0, width / heads]);
let past = Object.fromEntries(names.map((name) => [name, empty]));
let length = 0;

/** Reads the ids after the others, and returns the likeliest next one. */
async function read(ids) {
  const numbers = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length]);
  const outputs = await session.run({ ids: numbers(ids), positions: numbers(ids.map((_, i) => length + i)), ...past });
  length += ids.length;
  past = Object.fromEntries(names.map((name) => [name, outputs[name.replace(/^./, (letter) => `new${letter.toUpperCase()}`)]]));
  return largest(outputs.logits.data);
}

const started = performance.now();
let next = await read(prompt);
const prefill = performance.now() - started;
const written = [next];
const times = await measure(
  async () => {
    next = await read([next]);
    written.push(next);
  },
  { warmup: 3, seconds: 3 },
);
report({ backend: `ONNX Runtime ${ort.env.versions?.node ?? ''}, ${threads} thread${threads === 1 ? '' : 's'}`, milliseconds: median(times), prefillTokensPerSecond: (1000 * prompt.length) / prefill, written: written.slice(0, 8) });
