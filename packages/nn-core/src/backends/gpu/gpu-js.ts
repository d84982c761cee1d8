// Loads gpu.js, and declares the part of it that this backend uses. Some of that part is not in its documentation (what a built
// kernel holds); `compile.ts` checks that all of it is there and says so when a release has changed it.
import * as imported from 'gpu.js';
import type { Opaque, WebGpuAdapter, WebGpuDeviceApi } from './devices/webgpu-types.js';

export interface GpuJsFunction {
  readonly source: string;
  readonly settings: { readonly argumentTypes: readonly string[]; readonly returnType: string };
}

/** In the language of the device; gpu.js reads the types from its text. */
export interface GpuJsNativeFunction {
  readonly name: string;
  readonly source: string;
}

export interface KernelSettings {
  readonly output: readonly number[];
  readonly argumentTypes: readonly string[];
  readonly returnType: string;
  readonly functions: readonly GpuJsFunction[];
  readonly nativeFunctions: readonly GpuJsNativeFunction[];
  readonly dynamicOutput: boolean;
  readonly dynamicArguments: boolean;
  readonly pipeline: boolean;
  readonly precision: 'single';
  readonly tactic: 'precision';
  readonly loopMaxIterations: number;
  readonly fixIntegerDivisionAccuracy: boolean;
}

/** A kernel after `build`. Either the WebGPU fields are there or the WebGL2 ones. */
export interface BuiltShader {
  readonly constructor: { readonly mode?: string };
  /** Why gpu.js would rather run it on the processor. */
  readonly fallbackReason?: string | null;
  build(...args: readonly unknown[]): Promise<void> | undefined;
  destroy(): void;

  readonly computePipeline?: Opaque | null;
  readonly bindGroupLayout?: Opaque | null;
  readonly paramsLayout?: {
    readonly arrayArgs: readonly { readonly dimsOffset: number }[];
    readonly scalarArgs: readonly { readonly type: string; readonly offset: number }[];
    readonly byteLength: number;
  } | null;
  readonly workgroupSize?: readonly number[];
  readonly componentCount?: number;

  readonly program?: WebGLProgram | null;
  readonly buffer?: WebGLBuffer | null;
  readonly argumentNames?: readonly string[];
}

export interface GpuInstance {
  readonly context: unknown;
  createKernel(source: string, settings: KernelSettings): { readonly kernel: BuiltShader };
}

export interface WebGpuContextState {
  readonly adapter: WebGpuAdapter;
  readonly device: WebGpuDeviceApi;
}

export interface GpuJs {
  readonly GPU: new (settings: { mode: 'webgpu' | 'webgl2' }) => GpuInstance;
  /** The one WebGPU device that all kernels of the page share. */
  readonly WebGPUContext: { acquire(): Promise<WebGpuContextState> };
  readonly WebGL2Kernel: { readonly isSupported: boolean };
}

/** @throws Error when the installed release is too old, saying what to install */
export function findGpuJs(): GpuJs {
  // Node and bundlers wrap a CommonJS module in `default`, some of them twice.
  const isGpuJs = (value: unknown): value is GpuJs => {
    const candidate = value as Partial<GpuJs> | null | undefined;
    return typeof candidate?.GPU === 'function' && typeof candidate.WebGPUContext === 'function' && typeof candidate.WebGL2Kernel === 'function';
  };
  const once = (imported as { default?: unknown }).default;
  const found = [imported, once, (once as { default?: unknown } | undefined)?.default].find(isGpuJs);
  if (!found) throw new Error("The package 'gpu.js' is there, but has no WebGPU: install version 2.24 or later (npm install gpu.js@2).");
  return found;
}

interface NodeWebGpu {
  create(options: readonly string[]): object;
  readonly globals: object;
}

interface NavigatorGpu {
  requestAdapter(): Promise<object | null>;
}

const navigatorGpu = (): NavigatorGpu | undefined => (globalThis.navigator as { gpu?: NavigatorGpu } | undefined)?.gpu;
const isNode = (): boolean => typeof process !== 'undefined' && Boolean(process.versions?.node);

/** Puts the WebGPU of the package `webgpu` where browsers have theirs, and gpu.js looks for it. */
async function provideNavigatorGpu(): Promise<void> {
  const name = 'webgpu'; // in a variable, so that bundlers for browsers do not look for it
  let dawn: NodeWebGpu;
  try {
    dawn = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as NodeWebGpu;
  } catch (cause) {
    throw new Error(`Node has no WebGPU of its own, and the package 'webgpu' cannot be loaded (${(cause as Error).message}): install it (npm install webgpu)`, { cause });
  }
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  if (globalThis.navigator) Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  else Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
}

/** @throws Error when WebGPU has no adapter here, saying what is missing and what to do */
export async function requireAdapter(): Promise<void> {
  if (!navigatorGpu() && isNode()) await provideNavigatorGpu();
  const gpu = navigatorGpu();
  if (!gpu) throw new Error('this browser has no navigator.gpu: use one with WebGPU, over https or on localhost');
  if (await gpu.requestAdapter()) return;
  throw new Error(`navigator.gpu is there, but offers no adapter: ${isNode() ? 'install the driver of the graphics card (on Linux one for Vulkan, and libvulkan1)' : 'allow hardware acceleration in the browser, and update the driver of the graphics card'}`);
}
