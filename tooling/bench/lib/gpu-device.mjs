// The measured WebGPU device: the one that gpu.js uses, in Node through the package `webgpu`. Kernels of gpu.js and hand-written ones share
// the buffers, dispatches and timing of this file, so that only the kernels differ.
import gpuJs from 'gpu.js';
import * as dawn from 'webgpu';
import { median } from './measure.mjs';

const [MAP_READ, COPY_SRC, COPY_DST, UNIFORM, STORAGE] = [0x1, 0x4, 0x8, 0x40, 0x80];
const READ = 0x1;
/** The most bytes per `writeBuffer`; large buffers are filled in pieces. */
const PIECE = 2 ** 24;

/** The minimum duration of a run of dispatches, so that waiting for the answer matters little. */
const ROUND_MILLISECONDS = 200;
const ROUNDS = 7;

/** @returns {Promise<{ adapter: GPUAdapter, device: GPUDevice, name: string, check: () => void }>} `check` throws what WebGPU has reported since */
export async function openDevice() {
  if (!globalThis.navigator?.gpu) {
    Object.assign(globalThis, dawn.globals);
    const gpu = dawn.create([]);
    if (globalThis.navigator) Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
    else Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  }
  const { adapter, device } = await gpuJs.WebGPUContext.acquire();
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = [description || [vendor, architecture].filter(Boolean).join(' ') || 'an adapter without a name', isFallbackAdapter ? 'computed on the processor: it ranks nothing' : '']
    .filter(Boolean)
    .join(', ');
  let failure = '';
  device.addEventListener('uncapturederror', ({ error }) => (failure ||= error.message));
  const check = () => {
    if (failure) throw new Error(`WebGPU reports: ${failure}`);
  };
  return { adapter, device, name, check };
}

/** A buffer of 32-bit floats that kernels read and write. */
export function storageBuffer(device, length) {
  const bytes = length * 4;
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  if (bytes > most) throw new RangeError(`a buffer of ${bytes} bytes is wanted, ${most} is the most on this device`);
  return device.createBuffer({ size: bytes, usage: STORAGE | COPY_SRC | COPY_DST });
}

/** A storage buffer that holds `floats`. */
export function filledBuffer(device, floats) {
  const buffer = storageBuffer(device, floats.length);
  const step = PIECE / 4;
  for (let at = 0; at < floats.length; at += step) device.queue.writeBuffer(buffer, at * 4, floats, at, Math.min(step, floats.length - at));
  return buffer;
}

/** @param {ArrayBuffer} bytes a multiple of 16 of them */
export function uniformBuffer(device, bytes) {
  const buffer = device.createBuffer({ size: bytes.byteLength, usage: UNIFORM | COPY_DST });
  device.queue.writeBuffer(buffer, 0, bytes);
  return buffer;
}

/** Reads the first `length` floats of a buffer; all work submitted before is then complete. */
export async function readFloats(device, buffer, length) {
  const staging = device.createBuffer({ size: length * 4, usage: MAP_READ | COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, length * 4);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(READ);
  const floats = new Float32Array(staging.getMappedRange().slice(0));
  staging.unmap();
  staging.destroy();
  return floats;
}

/**
 * One dispatch of a kernel in WGSL whose bindings are `buffers`, in their order.
 * @param {[number, number, number]} workgroups
 */
export async function wgslDispatch(device, code, buffers, workgroups) {
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module: device.createShaderModule({ code }), entryPoint: 'main' } });
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  return { pipeline, group: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }), workgroups };
}

/** Submits `dispatches` in order, `times` times, in one command buffer. */
export function submit(device, dispatches, times = 1) {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (let i = 0; i < times; i++) {
    for (const { pipeline, group, workgroups } of dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...workgroups);
    }
  }
  pass.end();
  device.queue.submit([encoder.finish()]);
}

/**
 * The milliseconds of one piece of asynchronous work of a device. Many pieces are issued, then one answer is awaited; the number is raised
 * until a round takes 200 ms. The result is the median of seven such rounds.
 * @param {(times: number) => void} issue starts the work `times` times
 * @param {() => Promise<unknown>} answer resolves when all that was issued is done
 */
export async function timeIssued(issue, answer, { now = () => performance.now(), rounds = ROUNDS, roundMilliseconds = ROUND_MILLISECONDS } = {}) {
  const round = async (times) => {
    const started = now();
    issue(times);
    await answer();
    return now() - started;
  };
  await round(1); // compiles and allocates on first use
  let times = 1;
  for (let milliseconds = await round(times); milliseconds < roundMilliseconds; milliseconds = await round(times)) times *= 2;
  const measured = [];
  while (measured.length < rounds) measured.push((await round(times)) / times);
  return median(measured);
}
