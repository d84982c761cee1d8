// Measures llama.cpp at generation token by token. argv: threads, the model's file.
import { readFileSync } from 'node:fs';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { prompt } from '../lib/decode-model.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { decode } from '../lib/sizes.mjs';

const [threads, modelPath] = [Number(process.argv[2]), process.argv[3]];
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.error, maxThreads: threads });
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const context = await model.createContext({ contextSize: decode.contextLength, batchSize: prompt.length, threads: { ideal: threads, min: threads }, failedCreationRemedy: false });
const sequence = context.getSequence();
const tokens = sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true });

const started = performance.now();
const written = [(await tokens.next()).value];
const prefill = performance.now() - started;
const times = await measure(async () => written.push((await tokens.next()).value), { warmup: 3, seconds: 3 });
const kernels = /libggml-cpu-(\w+)\.so/.exec(readFileSync('/proc/self/maps', 'utf8'))?.[1];
report({ backend: `llama.cpp (its kernels for ${kernels}), ${threads} thread${threads === 1 ? '' : 's'}`, milliseconds: median(times), prefillTokensPerSecond: (1000 * prompt.length) / prefill, written: written.slice(0, 8) });
await llama.dispose();
