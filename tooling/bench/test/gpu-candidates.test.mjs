// Every candidate computes the product, on a GPU or on the SwiftShader that stands for one; nothing is timed.
import '@kk/vitest-config/swiftshader';
import { beforeAll, describe, expect, it } from 'vitest';
import { layouts } from '../lib/gpu-candidates.mjs';
import { openDevice, readFloats, storageBuffer, submit, uniformBuffer, wgslDispatch } from '../lib/gpu-device.mjs';
import { prepareCandidate } from '../lib/gpu-matmul.mjs';
import { PEAK_WORKGROUP, peakKernel, peakResult } from '../lib/gpu-peak-kernels.mjs';
import { checkProduct, taskOf } from '../lib/gpu-task.mjs';

/** By the definition, in doubles. */
function productOf({ side, a, b }) {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    let sum = 0;
    for (let k = 0; k < side; k++) sum += a[row * side + k] * b[k * side + column];
    return sum;
  });
}

let opened;
beforeAll(async () => {
  opened = await openDevice();
});

describe('candidates for a matrix product', () => {
  // More than one tile of each kind, the last of them cut off; the sum is split in three.
  const task = taskOf(132);
  const expected = productOf(task);

  it.each(Object.keys(layouts))('%s: the product by definition', async (name) => {
    const { device, check } = opened;
    const { output, issue } = await prepareCandidate(device, name, task);
    issue(2);
    const got = await readFloats(device, output, task.side ** 2);
    check();
    expect(checkProduct(got, expected)).toBeLessThan(1e-5);
  });

  it.each(['four columns', 'four rows', 'two by two', 'tiled 4', 'tiled 8'])('%s says which sides it cannot do', async (name) => {
    await expect(prepareCandidate(opened.device, name, taskOf(11))).rejects.toThrow(/the side must be a multiple of [24]/);
  });

  it('names the candidates where one is asked for that is none', async () => {
    await expect(prepareCandidate(opened.device, 'toString', taskOf(4))).rejects.toThrow(/no candidate 'toString'; choose among flat, rows/);
  });

  it('says when a buffer is larger than the device allows', () => {
    const { device } = opened;
    expect(() => storageBuffer(device, device.limits.maxBufferSize)).toThrow(/is the most on this device/);
  });
});

it('the kernel of the peak does all its turns', async () => {
  const { device } = opened;
  const settings = new DataView(new ArrayBuffer(16));
  settings.setFloat32(0, 0.75, true);
  settings.setFloat32(4, 0.5, true);
  settings.setUint32(8, 5, true);
  const result = storageBuffer(device, PEAK_WORKGROUP);
  submit(device, [await wgslDispatch(device, peakKernel(), [uniformBuffer(device, settings.buffer), result], [1, 1, 1])]);
  const got = await readFloats(device, result, PEAK_WORKGROUP);
  got.forEach((value, i) => expect(value / peakResult(i, 0.75, 0.5, 5)).toBeCloseTo(1, 5));
  expect(peakResult(3, 0.75, 0.5, 5)).not.toBeCloseTo(peakResult(3, 0.75, 0.5, 4), 1);
});
