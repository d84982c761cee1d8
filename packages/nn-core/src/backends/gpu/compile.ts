// One kernel through gpu.js's translator and the device's compiler, and the check that it really went there.
import { helperSources, kernelSources } from './generated/kernels.js';
import type { BuiltKernel, GpuInstance, GpuJsFunction } from './gpu-js.js';
import type { GpuKernelName } from './passes/pass.js';

const helpers: readonly GpuJsFunction[] = helperSources.map(({ source, argumentTypes, returnType }) => ({ source, settings: { argumentTypes, returnType } }));

/** `while (condition)` runs while the condition holds, not a thousand times at most. */
const NO_LOOP_LIMIT = 2 ** 31 - 1;

export interface KernelSource {
  readonly arguments: readonly string[];
  readonly returns: string;
  readonly axes: 1 | 3;
  readonly source: string;
}

export const kernelSource = (name: GpuKernelName): KernelSource => kernelSources[name];

/** What stands for a buffer while a kernel is built, and its type in gpu.js's words. */
export interface SampleArray {
  readonly type: string;
  readonly value: unknown;
}

/**
 * For WebGPU. Sizes are arguments, not part of the kernel: each is compiled once for all shapes.
 * @throws Error when it does not compile, or would run anywhere else
 */
export async function compileKernel(gpu: GpuInstance, name: GpuKernelName, array: SampleArray): Promise<BuiltKernel> {
  const { kernel, current, finished } = buildKernel(gpu, name, 'webgpu', array);
  await finished;
  return checked(kernel, current(), name, 'webgpu');
}

/** The same for WebGL2, where nothing has to be waited for. */
export function compileKernelSync(gpu: GpuInstance, name: GpuKernelName, array: SampleArray): BuiltKernel {
  const { kernel, current } = buildKernel(gpu, name, 'webgl2', array);
  return checked(kernel, current(), name, 'webgl2');
}

function buildKernel(gpu: GpuInstance, name: GpuKernelName, mode: 'webgpu' | 'webgl2', array: SampleArray) {
  const { source, arguments: types, returns, axes } = kernelSource(name);
  const shortcut = gpu.createKernel(source, {
    output: axes === 1 ? [1] : [1, 1, 1],
    argumentTypes: types.map((type) => (type === 'Array' ? array.type : type)),
    returnType: returns === 'Float' ? 'Number' : returns,
    functions: helpers,
    dynamicOutput: true,
    dynamicArguments: true,
    pipeline: true,
    precision: 'single',
    tactic: 'precision',
    loopMaxIterations: NO_LOOP_LIMIT,
    fixIntegerDivisionAccuracy: false,
  });
  const { kernel } = shortcut;
  if (kernel.constructor.mode !== (mode === 'webgpu' ? 'webgpu' : 'gpu')) throw new Error(`gpu: gpu.js wants to run ${name} in mode '${kernel.constructor.mode}', not in '${mode}'.`);
  return { kernel, current: () => shortcut.kernel, finished: kernel.build(...types.map((type) => (type === 'Array' ? array.value : 1))) };
}

/** gpu.js may put another kernel in the place of one that it cannot build, and go on: here that is an error. */
function checked(kernel: BuiltKernel, current: BuiltKernel, name: GpuKernelName, mode: 'webgpu' | 'webgl2'): BuiltKernel {
  if (current !== kernel || kernel.fallbackReason) {
    throw new Error(`gpu: gpu.js fell back from ${mode} for the kernel ${name}: ${kernel.fallbackReason ?? current.fallbackReason ?? 'no reason given'}.`);
  }
  const { arguments: types } = kernelSource(name);
  const arrays = types.filter((type) => type === 'Array').length;
  const complete =
    mode === 'webgl2'
      ? kernel.program && kernel.buffer && kernel.argumentNames?.length === types.length
      : kernel.computePipeline && kernel.bindGroupLayout && kernel.workgroupSize?.length === 3 && kernel.paramsLayout?.arrayArgs.length === arrays && kernel.paramsLayout.scalarArgs.length === types.length - arrays;
  if (!complete) throw new Error(`gpu: this release of gpu.js keeps its compiled kernels in another way than 2.24 does; install gpu.js 2.24.1.`);
  return kernel;
}
