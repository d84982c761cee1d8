// Starts tfjs-backend-wasm in Node, with SIMD, on one thread or more.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os, { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

const require = createRequire(import.meta.url);

/**
 * @param {number} threads
 * @returns {Promise<string>} the name of the backend, for the table
 * @throws {Error} when it starts without SIMD or with another number of threads
 */
export async function startTfjs(threads = 1) {
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(join(folder, 'dist/'));
  if (threads > 1) allowThreads(folder, threads);
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs-backend-wasm did not start.');
  await tf.ready();
  const started = getThreadsCount();
  if (started !== threads) throw new Error(`tfjs-backend-wasm started with ${started} threads instead of ${threads}.`);
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('tfjs-backend-wasm started without SIMD.');
  return `tfjs-backend-wasm ${tf.version.tfjs}, SIMD, ${threads} thread${threads === 1 ? '' : 's'}`;
}

/** Ends the threads; without this the process would not end. */
export const stopTfjs = () => tf.removeBackend('wasm');

/**
 * tfjs has no threads in Node for two reasons, which are put out of its way here. It starts its workers from a blob, and Node only from a file.
 * And it starts no more threads than half of the processors that Node reports, so it is told of twice as many.
 */
function allowThreads(folder, threads) {
  const script = join(folder, 'wasm-out/tfjs-backend-wasm-threaded-simd.js');
  const { wasmWorkerContents } = require(join(folder, 'wasm-out/tfjs-backend-wasm-threaded-simd.worker.js'));
  const temporary = mkdtempSync(join(tmpdir(), 'kk-bench-'));
  process.on('exit', () => rmSync(temporary, { recursive: true }));
  const workerFile = join(temporary, 'worker.cjs');
  // The script is kept inside a string, which has turned its \n into line breaks.
  writeFileSync(workerFile, wasmWorkerContents.replaceAll('\n', '\\n'));
  URL.createObjectURL = () => workerFile;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...others) {
    return postMessage.call(this, message?.cmd === 'load' ? { ...message, urlOrBlob: script } : message, ...others);
  };
  const reported = os.cpus();
  os.cpus = () => Array.from({ length: 2 * threads }, (_, i) => reported[i % reported.length]);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
  setThreadsCount(threads);
}
