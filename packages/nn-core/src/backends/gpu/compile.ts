// Compiles one shader by gpu.js's translator and the device's compiler, and checks that it really went there.
import { helperSources, shaderSources } from './generated/shaders.js';
import type { BuiltShader, GpuInstance, GpuJsFunction, GpuJsNativeFunction } from './gpu-js.js';
import type { ShaderName } from './passes/pass.js';

/** In GLSL, in place of the helpers of their names: gpu.js translates `a ^ b` into a loop over the bits, for a language that has no integers. */
const glslFunctions: readonly GpuJsNativeFunction[] = [{ name: 'either', source: 'float either(int a, int b) {\n  return float(a ^ b);\n}' }];

const helpersWithout = (others: readonly GpuJsNativeFunction[]): readonly GpuJsFunction[] =>
  helperSources.filter((helper) => !others.some(({ name }) => name === helper.name)).map(({ source, argumentTypes, returnType }) => ({ source, settings: { argumentTypes, returnType } }));

/** What shaders call, in each mode. */
const helpers = {
  webgpu: { functions: helpersWithout([]), nativeFunctions: [] },
  webgl2: { functions: helpersWithout(glslFunctions), nativeFunctions: glslFunctions },
};

/** `while (condition)` runs while the condition holds, not a thousand times at most. */
const NO_LOOP_LIMIT = 2 ** 31 - 1;

export interface ShaderSource {
  readonly arguments: readonly string[];
  readonly returns: string;
  readonly axes: 1 | 3;
  readonly source: string;
}

export const shaderSource = (name: ShaderName): ShaderSource => shaderSources[name];

/** What stands for a buffer while a shader is built, and its type in gpu.js's words. */
export interface SampleArray {
  readonly type: string;
  readonly value: unknown;
}

/**
 * For WebGPU. Sizes are arguments, not part of the shader: each is compiled once for all shapes.
 * @throws Error when it does not compile, or would run anywhere else
 */
export async function compileShader(gpu: GpuInstance, name: ShaderName, array: SampleArray): Promise<BuiltShader> {
  const { shader, current, finished } = buildShader(gpu, name, 'webgpu', array);
  await finished;
  return checked(shader, current(), name, 'webgpu');
}

/** The same for WebGL2, where nothing has to be waited for. */
export function compileShaderSync(gpu: GpuInstance, name: ShaderName, array: SampleArray): BuiltShader {
  const { shader, current } = buildShader(gpu, name, 'webgl2', array);
  return checked(shader, current(), name, 'webgl2');
}

function buildShader(gpu: GpuInstance, name: ShaderName, mode: 'webgpu' | 'webgl2', array: SampleArray) {
  const { source, arguments: types, returns, axes } = shaderSource(name);
  const shortcut = gpu.createKernel(source, {
    output: axes === 1 ? [1] : [1, 1, 1],
    argumentTypes: types.map((type) => (type === 'Array' ? array.type : type)),
    returnType: returns === 'Float' ? 'Number' : returns,
    ...helpers[mode],
    dynamicOutput: true,
    dynamicArguments: true,
    pipeline: true,
    precision: 'single',
    tactic: 'precision',
    loopMaxIterations: NO_LOOP_LIMIT,
    fixIntegerDivisionAccuracy: false,
  });
  const { kernel: shader } = shortcut;
  if (shader.constructor.mode !== (mode === 'webgpu' ? 'webgpu' : 'gpu')) throw new Error(`gpu: gpu.js wants to run ${name} in mode '${shader.constructor.mode}', not in '${mode}'.`);
  return { shader, current: () => shortcut.kernel, finished: shader.build(...types.map((type) => (type === 'Array' ? array.value : 1))) };
}

/** gpu.js may put another shader in the place of one that it cannot build, and go on: here that is an error. */
function checked(shader: BuiltShader, current: BuiltShader, name: ShaderName, mode: 'webgpu' | 'webgl2'): BuiltShader {
  if (current !== shader || shader.fallbackReason) {
    throw new Error(`gpu: gpu.js fell back from ${mode} for the shader ${name}: ${shader.fallbackReason ?? current.fallbackReason ?? 'no reason given'}.`);
  }
  const { arguments: types } = shaderSource(name);
  const arrays = types.filter((type) => type === 'Array').length;
  const complete =
    mode === 'webgl2'
      ? shader.program && shader.buffer && shader.argumentNames?.length === types.length
      : shader.computePipeline && shader.bindGroupLayout && shader.workgroupSize?.length === 3 && shader.paramsLayout?.arrayArgs.length === arrays && shader.paramsLayout.scalarArgs.length === types.length - arrays;
  if (!complete) throw new Error(`gpu: this release of gpu.js keeps its compiled shaders in another way than 2.24 does; install gpu.js 2.24.1.`);
  return shader;
}
