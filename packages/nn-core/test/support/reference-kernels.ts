// The kernels of assembly/reference.ts, which tests compare the fast ones with, on the memory of an instance of those.
import type { KernelFunction, KernelInstance } from '../../src/backends/wasm/instance.js';
import { reference } from '../generated/reference-kernels.js';

/** @returns the functions by name; they take the addresses that the instance's own kernels take */
export async function referenceKernels({ memory }: KernelInstance): Promise<Readonly<Record<string, KernelFunction>>> {
  const { instance } = await WebAssembly.instantiate(Buffer.from(reference, 'base64'), { env: { memory } });
  return instance.exports as Record<string, KernelFunction>;
}
