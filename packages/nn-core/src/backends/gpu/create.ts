// Makes a gpu backend: WebGPU first, WebGL2 where there is none, and never anything else.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Backend } from '../backend.js';
import { GpuBackend } from './backend.js';
import type { Device } from './devices/device.js';
import { WebGl2Device } from './devices/webgl2.js';
import { WebGpuDevice } from './devices/webgpu.js';
import { findGpuJs, requireAdapter, type GpuJs } from './gpu-js.js';

export interface GpuBackendOptions {
  /** What must run: `webgpu` or `webgl2`. Default: WebGPU, or WebGL2 where there is none. */
  readonly mode?: 'webgpu' | 'webgl2';
}

const gpuBackendOptions: OptionNames<GpuBackendOptions> = { mode: 'optional' };

type Attempt = (gpuJs: GpuJs) => Promise<Device>;

const attempts: Record<'webgpu' | 'webgl2', Attempt> = {
  async webgpu(gpuJs) {
    await requireAdapter();
    return new WebGpuDevice(gpuJs, await gpuJs.WebGPUContext.acquire());
  },
  async webgl2(gpuJs) {
    if (typeof document === 'undefined' && typeof OffscreenCanvas === 'undefined') throw new Error('WebGL2 needs a browser');
    if (!gpuJs.WebGL2Kernel.isSupported) throw new Error('this browser gives no WebGL2 context');
    return new WebGl2Device(gpuJs);
  },
};

/**
 * A backend on the GPU, or on what the system offers as one; `description` says which adapter and which mode it got.
 * Needs the package `gpu.js`, and in Node the package `webgpu`.
 * @throws Error when there is no GPU, saying what was tried and what to do
 */
export async function createGpuBackend(options: GpuBackendOptions = {}): Promise<Backend & { readonly mode: 'webgpu' | 'webgl2' }> {
  checkOptions('createGpuBackend', options, gpuBackendOptions);
  const { mode } = options;
  if (mode !== undefined && mode !== 'webgpu' && mode !== 'webgl2') {
    throw new TypeError(`createGpuBackend: mode is ${JSON.stringify(mode)}; expected 'webgpu', 'webgl2' or nothing.`);
  }
  const gpuJs = findGpuJs();
  const failures: string[] = [];
  for (const attempt of mode ? [mode] : (['webgpu', 'webgl2'] as const)) {
    try {
      return new GpuBackend(await attempts[attempt](gpuJs));
    } catch (error) {
      failures.push(`${attempt}: ${(error as Error).message.replace(/\.$/, '')}.`);
    }
  }
  throw new Error(`gpu: no GPU can be used here. Tried ${failures.join(' Tried ')} Mend that, or use init('wasm').`);
}
