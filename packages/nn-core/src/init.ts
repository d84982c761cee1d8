// Choosing a backend: the one place that knows all of them.
import { createCpuBackend } from './backends/cpu/backend.js';
import { createWasmBackend } from './backends/wasm/backend.js';
import { Engine } from './core/engine.js';

export interface InitOptions {
  /** `cpu` only: element type of floating-point tensors, default `float32`. */
  precision?: 'float32' | 'float64';
  /** `wasm` only: relaxed fused multiply-add, faster but with other last bits on other machines. Default: where the engine has it. */
  relaxed?: boolean;
  /** `wasm` only: threads that share the work, with the same bits for any number. Default: one a processor, where threads can be used. */
  threads?: number;
  /** `gpu` only: what must run, `webgpu` or `webgl2`. Default: WebGPU, or WebGL2 where there is none. */
  mode?: 'webgpu' | 'webgl2';
}

/**
 * Makes an engine on a backend: `wasm` is the fast one on a processor, `gpu` runs gpu.js kernels on WebGPU or WebGL2, `cpu` is
 * plain TypeScript, slow and obvious, for reference.
 * `engine.backend.description` says what really runs. It never falls back to another backend.
 * @throws Error when the backend cannot run here, saying what is missing
 */
export async function init(backend: 'wasm' | 'gpu' | 'cpu' = 'wasm', options: InitOptions = {}): Promise<Engine> {
  switch (backend) {
    case 'cpu':
      return new Engine(createCpuBackend({ precision: options.precision }));
    case 'wasm':
      if (options.precision === 'float64') throw new RangeError("init: the wasm backend computes in float32; use init('cpu', { precision: 'float64' }).");
      return new Engine(await createWasmBackend({ relaxed: options.relaxed, threads: options.threads }));
    case 'gpu':
      if (options.precision === 'float64') throw new RangeError("init: the gpu backend computes in float32; use init('cpu', { precision: 'float64' }).");
      return new Engine(await (await import('./backends/gpu/create.js')).createGpuBackend({ mode: options.mode })); // loaded by those who use it
    default:
      throw new RangeError(`init: there is no backend '${String(backend)}': choose 'wasm', 'gpu' or 'cpu'.`);
  }
}
