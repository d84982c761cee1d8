// Runs the candidates for a matrix product, compiled by gpu.js or written in WGSL. They are dispatched as in the gpu backend: bound once,
// on persistent buffers.
import gpuJs from 'gpu.js';
import { helpers, kernels, layouts, multipleOf, plans } from './gpu-candidates.mjs';
import { filledBuffer, storageBuffer, submit, uniformBuffer, wgslDispatch } from './gpu-device.mjs';
import { tiledKernel, tileOf } from './gpu-tiled.mjs';

/** Compiles a kernel of gpu.js and checks that it runs on this device. */
async function compile(gpu, name) {
  const { source, arrays, axes, numbers, returns = 'Number' } = kernels[name];
  const shortcut = gpu.createKernel(source, {
    output: Array(axes).fill(1),
    argumentTypes: [...Array(arrays).fill('Array'), ...Array(numbers).fill('Integer')],
    returnType: returns,
    functions: helpers,
    dynamicOutput: true,
    dynamicArguments: true,
    pipeline: true,
    precision: 'single',
    tactic: 'precision',
    loopMaxIterations: 2 ** 31 - 1,
    fixIntegerDivisionAccuracy: false,
  });
  const { kernel } = shortcut;
  await kernel.build(...Array(arrays).fill(new Float32Array(1)), ...Array(numbers).fill(1));
  if (kernel.constructor.mode !== 'webgpu' || shortcut.kernel !== kernel || kernel.fallbackReason) throw new Error(`gpu.js fell back: ${kernel.fallbackReason ?? 'no reason given'}`);
  return kernel;
}

/** A dispatch of a compiled kernel. Sizes are padded to three with ones. */
function bound(device, kernel, output, size, inputs, numbers) {
  const { paramsLayout: layout, workgroupSize } = kernel;
  const padded = (sizes) => [...sizes, 1, 1].slice(0, 3);
  const workgroups = padded(size).map((length, axis) => Math.ceil(length / workgroupSize[axis]));
  const most = device.limits.maxComputeWorkgroupsPerDimension;
  if (workgroups[0] > most && size.length === 1) {
    workgroups[1] = Math.ceil(workgroups[0] / most);
    workgroups[0] = Math.ceil(workgroups[0] / workgroups[1]);
  }
  const params = new DataView(new ArrayBuffer(Math.ceil(layout.byteLength / 16) * 16));
  const put = (at, values) => values.forEach((value, i) => params.setUint32(at + 4 * i, value, true));
  put(0, [...padded(size), workgroups[0] * workgroupSize[0]]);
  layout.arrayArgs.forEach(({ dimsOffset }, i) => put(dimsOffset, [...padded(inputs[i][1]), inputs[i][1].reduce((product, length) => product * length)]));
  layout.scalarArgs.forEach(({ offset }, i) => params.setInt32(offset, numbers[i], true));
  const buffers = [uniformBuffer(device, params.buffer), ...inputs.map(([buffer]) => buffer), output];
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  return { pipeline: kernel.computePipeline, group: device.createBindGroup({ layout: kernel.bindGroupLayout, entries }), workgroups };
}

/**
 * Prepares a candidate on a device.
 * @param {string} name a key of `layouts`
 * @param {{ side: number, a: Float32Array, b: Float32Array }} task
 * @returns {Promise<{ output: GPUBuffer, issue: (times: number) => void }>} `issue` submits the product; `output` then holds y
 * @throws RangeError when the candidate does not support this side
 */
export async function prepareCandidate(device, name, { side, a, b }) {
  if (!Object.hasOwn(layouts, name)) throw new RangeError(`There is no candidate '${name}'; choose among ${Object.keys(layouts).join(', ')}.`);
  const output = storageBuffer(device, side * side);
  const [bufferA, bufferB] = [filledBuffer(device, a), filledBuffer(device, b)];
  const dispatches = [];
  if (Object.hasOwn(plans, name)) {
    const gpu = new gpuJs.GPU({ mode: 'webgpu' });
    const steps = plans[name]({ side, a: bufferA, b: bufferB, y: output, own: (length) => storageBuffer(device, length) });
    for (const [kernel, ...rest] of steps) dispatches.push(bound(device, await compile(gpu, kernel), ...rest));
  } else {
    multipleOf(4, side);
    const perInvocation = name === 'tiled 4' ? 4 : 8;
    const groups = Math.ceil(side / tileOf(perInvocation));
    dispatches.push(await wgslDispatch(device, tiledKernel(side, perInvocation), [bufferA, bufferB, output], [groups, groups, 1]));
  }
  return { output, issue: (times) => submit(device, dispatches, times) };
}
