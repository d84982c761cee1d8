// What init(createGpuBackend) says where there is no GPU, and how int32 numbers travel.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { joinHalves, splitHalves } from '../src/backends/gpu/halves.js';
import { createGpuBackend } from '../src/gpu.js';
import { init } from '../src/index.js';

const original = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

/** A Node that has this `navigator.gpu` already, so that the package `webgpu` is not asked. */
const withGpu = (gpu: object): void => void Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });

afterEach(() => {
  if (original) Object.defineProperty(globalThis, 'navigator', original);
  else Reflect.deleteProperty(globalThis, 'navigator');
});

describe("init(createGpuBackend) where there is none", () => {
  it('says what was tried and what to do', async () => {
    withGpu({ requestAdapter: () => Promise.resolve(null) });
    await expect(init(createGpuBackend)).rejects.toThrow(
      /^gpu: no GPU can be used here\. Tried webgpu: navigator\.gpu is there, but offers no adapter: install the driver .*\. Tried webgl2: WebGL2 needs a browser\. Mend that, or use init\('wasm'\)\.$/,
    );
    await expect(init(createGpuBackend, { mode: 'webgpu' })).rejects.toThrow(/Tried webgpu: .* Mend that/);
  });

  it('does not try another mode than the one that was asked for', async () => {
    withGpu({ requestAdapter: () => Promise.reject(new Error('asked for WebGPU')) });
    const failing = init(createGpuBackend, { mode: 'webgl2' });
    await expect(failing).rejects.toThrow(/Tried webgl2: WebGL2 needs a browser/);
    await expect(failing).rejects.not.toThrow(/webgpu/);
  });

  it('hands on why the adapter could not be asked', async () => {
    withGpu({ requestAdapter: () => Promise.reject(new Error('the driver is too old')) });
    await expect(init(createGpuBackend)).rejects.toThrow(/Tried webgpu: the driver is too old\./);
  });
});

it('refuses options that it does not know', async () => {
  await expect(createGpuBackend({ mode: 'webgl' as never })).rejects.toThrow(/mode is "webgl"; expected 'webgpu', 'webgl2' or nothing/);
  await expect(init(createGpuBackend, { precision: 'float64' })).rejects.toThrow(/computes in float32/);
  await expect(init('gpus' as never)).rejects.toThrow(/choose 'wasm', 'cpu' or createGpuBackend/);
  await expect(init('gpu' as never)).rejects.toThrow(/import \{ createGpuBackend \} from '@kk\/nn-core\/gpu'/);
});

it('splits int32 numbers into halves that a float holds, and joins them again', () => {
  fc.assert(
    fc.property(fc.int32Array(), (numbers) => {
      const halves = splitHalves(numbers);
      expect(halves.every((half) => half >= -32768 && half <= 65535 && Number.isInteger(half))).toBe(true);
      expect(joinHalves(halves)).toEqual(numbers);
    }),
  );
});
