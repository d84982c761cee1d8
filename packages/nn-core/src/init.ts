// Makes an engine on the chosen backend: the one place that knows all of them.
import { checkOptions, type OptionNames } from '@kk/options';
import { createCpuBackend } from './backends/cpu/backend.js';
import { createWasmBackend } from './backends/wasm/backend.js';
import type { BlasChoice } from './backends/wasm/blas/find.js';
import type { Backend } from './backends/backend.js';
import { Engine } from './core/engine.js';

/** Makes a backend that this entry does not know, such as `createGpuBackend` of `@kk/nn-core/gpu`. */
export type BackendFactory = (options: { mode?: 'webgpu' | 'webgl2' }) => Promise<Backend>;

export interface InitOptions {
  /** `cpu` only: element type of floating-point tensors, default `float32`. */
  precision?: 'float32' | 'float64';
  /** `wasm` only: relaxed fused multiply-add, faster but with other last bits on other machines. Default: where the engine has it. */
  relaxed?: boolean;
  /** `wasm` only: threads that share the work, with the same bits for any number. Default: one a processor, where threads can be used. */
  threads?: number;
  /**
   * `wasm` in Node only: whether large products go to a BLAS library through the npm package koffi: `off`, `auto` if there is one, or the path of one. Faster, with
   * other last bits than without. Default `off`. `engine.backend.blas` says which one it is, or what is missing.
   */
  blas?: BlasChoice;
  /** gpu only: what must run, `webgpu` or `webgl2`. Default: WebGPU, or WebGL2 where there is none. */
  mode?: 'webgpu' | 'webgl2';
}

const initOptions: OptionNames<InitOptions> = { precision: 'optional', relaxed: 'flag', threads: 'optional', blas: 'optional', mode: 'optional' };

/** The options that have an effect on each backend. */
const optionsOf = { cpu: ['precision'], wasm: ['precision', 'relaxed', 'threads', 'blas'], 'a factory': ['precision', 'mode'] } as const;

function refuseWithoutEffect(backend: 'wasm' | 'cpu' | BackendFactory, options: InitOptions): void {
  const known: readonly string[] | undefined = optionsOf[typeof backend === 'function' ? 'a factory' : backend];
  const idle = known && Object.entries(options).find(([name, value]) => value !== undefined && !known.includes(name));
  if (idle) throw new TypeError(`init: the option '${idle[0]}' has no effect on ${typeof backend === 'function' ? 'a backend of this kind' : `the ${backend} backend`}: leave it out; known there: ${known.join(', ')}.`);
}

/**
 * Makes an engine on a backend: `wasm` is the fast one on a processor, `cpu` is plain TypeScript, slow and obvious, for reference.
 * The one for graphics cards is an import of its own: `init(createGpuBackend)`, from `@kk/nn-core/gpu`.
 * `engine.backend.description` says what really runs. It never falls back to another backend.
 * @throws Error when the backend cannot run here, saying what is missing; TypeError for an option that is unknown or has no effect on this backend
 */
export async function init(backend: 'wasm' | 'cpu' | BackendFactory = 'wasm', options: InitOptions = {}): Promise<Engine> {
  checkOptions('init', options, initOptions);
  refuseWithoutEffect(backend, options);
  if (backend !== 'cpu' && options.precision === 'float64') {
    throw new RangeError(`init: ${typeof backend === 'string' ? `the ${backend}` : 'this'} backend computes in float32; use init('cpu', { precision: 'float64' }).`);
  }
  if (typeof backend === 'function') return new Engine(await backend({ mode: options.mode }));
  switch (backend) {
    case 'cpu':
      return new Engine(createCpuBackend({ precision: options.precision }));
    case 'wasm':
      return new Engine(await createWasmBackend({ relaxed: options.relaxed, threads: options.threads, blas: options.blas }));
    default:
      throw new RangeError(
        backend === 'gpu'
          ? "init: the gpu backend is an import of its own: import { createGpuBackend } from '@kk/nn-core/gpu' and call init(createGpuBackend)."
          : `init: there is no backend '${String(backend)}': choose 'wasm', 'cpu' or createGpuBackend of '@kk/nn-core/gpu'.`,
      );
  }
}
