// Starts tfjs-backend-wasm in Node, where it has SIMD and one thread.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/** @returns {Promise<string>} the name of the backend, for the table */
export async function startTfjs() {
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'))}/`);
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs-backend-wasm did not start.');
  await tf.ready();
  return `tfjs-backend-wasm ${tf.version.tfjs}, SIMD ${await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')}, 1 thread in Node`;
}
