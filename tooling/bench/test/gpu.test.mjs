// What the GPU benchmark makes of answers; nothing is measured here.
import { describe, expect, it } from 'vitest';
import { layouts } from '../lib/gpu-candidates.mjs';
import { timeIssued } from '../lib/gpu-device.mjs';
import { pytorchGpuStep } from '../lib/gpu-pytorch.mjs';
import { anyWrong, deviceLines, gpuTables, measureGpu, parseSides, productTable, trainingTable } from '../lib/gpu-rows.mjs';
import { checkProduct, largestDifference, taskOf, WrongProduct } from '../lib/gpu-task.mjs';
import { steps } from '../lib/sizes.mjs';

const losses = [2, 1.9, 1.8, 1.7, 1.6];
const peak = { adapter: 'A card', gigaflops: 1000, gigabytes: 200, bytes: 2 ** 28 };

/** Measures with made-up workers. `change(name, who)` may put another answer in the place of a good one. */
function measured(change = () => undefined, options = {}) {
  const asked = [];
  const runWorker = (name, ...args) => {
    asked.push([name, ...args].join(' '));
    const changed = change(name, args[0]);
    if (changed) return changed;
    if (name === 'gpu-adapter') return { backend: 'gpu: WebGPU through gpu.js, A card', mode: 'webgpu' };
    if (name === 'gpu-peak') return peak;
    if (name === 'gpu-matmul') return { backend: 'A card', difference: args[0] === 'wasm' ? 0 : 2e-6, milliseconds: 2 };
    return { backend: args[0], milliseconds: args[0] === 'gpu' ? 3 : 6, losses };
  };
  const results = measureGpu({ rounds: 1, sides: [100], configurations: ['tiny'], runWorker, note: () => {}, ...options });
  return { asked, results };
}

describe('the GPU benchmark', () => {
  it('asks everybody in turn, in each round', () => {
    const { asked } = measured(undefined, { rounds: 2, sides: [64, 128] });
    const everybody = ['gpu', ...Object.keys(layouts), 'wasm', 'pytorch', 'pytorch tf32'];
    expect(asked).toEqual([
      'gpu-adapter',
      ...['gpu-peak', 'gpu-peak'],
      ...['64', '64', '128', '128'].flatMap((side) => everybody.map((who) => `gpu-matmul ${who} ${side}`)),
      ...[1, 2].flatMap(() => ['gpu-step gpu tiny', 'gpu-step wasm tiny', 'gpu-step pytorch tiny']),
    ]);
  });

  it('prints medians, rates and shares of the peak', () => {
    const times = [9, 2, 1];
    const { results } = measured((name, who) => (name === 'gpu-matmul' && who === 'gpu' ? { difference: 2e-6, milliseconds: times.pop() } : undefined), { rounds: 3 });
    expect(deviceLines(results)).toEqual(['gpu: WebGPU through gpu.js, A card (mode webgpu)', 'multiply-adds in registers: 1000 GFLOP/s', "reading 256 MiB of the device's memory: 200 GB/s"]);
    const { head, rows } = productTable(results, 100);
    expect(head[0]).toBe('side 100');
    // 2 * 100^3 operations in 2 ms are 1 GFLOP/s.
    expect(rows[0]).toEqual(["ours: gpu, matmul", '2.000', '1.000', '0.1 %', 'within 2.0e-6 of wasm']);
    expect(rows.find(([who]) => who.includes('wasm'))).toEqual(["ours: init('wasm'), all threads", '2.000', '1.000', '', 'A card']);
    expect(rows.at(-1)).toEqual(['PyTorch CUDA, TF32', '2.000', '1.000', '', 'A card; within 2.0e-6 of wasm']);
    expect(trainingTable(results).rows).toEqual([
      ['tiny', "ours: gpu", '3.000', '', 'gpu'],
      ['tiny', "ours: init('wasm'), all threads", '6.000', '0.50', 'wasm'],
      ['tiny', 'PyTorch CUDA, float32, eager', '6.000', '0.50', 'pytorch'],
    ]);
    expect(anyWrong(results)).toBe(false);
  });

  it('says why a figure is missing, and asks no second time', () => {
    const { asked, results } = measured(
      (name, who) => {
        if (name === 'gpu-step' && who === 'pytorch') throw new Error('gpu-step failed:\n\nTypeError: it fell over\n    at somewhere');
        return who === 'flat' ? { missing: 'positions are too large', wrong: false } : undefined;
      },
      { rounds: 3 },
    );
    expect(productTable(results, 100).rows.find(([who]) => who.startsWith('flat'))).toEqual([layouts.flat, '-', '-', '-', 'positions are too large']);
    expect(trainingTable(results).rows[2]).toEqual(['tiny', 'PyTorch CUDA, float32, eager', '-', '-', 'TypeError: it fell over']);
    expect(asked.filter((line) => line.includes('flat'))).toHaveLength(1);
    expect(asked.filter((line) => line.includes('gpu-step gpu'))).toHaveLength(3);
    expect(anyWrong(results)).toBe(false);
  });

  it('starts nothing on a GPU where there is none, and measures the others', () => {
    const { asked, results } = measured((name) => (name === 'gpu-adapter' ? { missing: 'no GPU can be used here' } : undefined));
    expect(asked).toEqual(['gpu-adapter', 'gpu-matmul wasm 100', 'gpu-matmul pytorch 100', 'gpu-matmul pytorch tf32 100', 'gpu-step wasm tiny', 'gpu-step pytorch tiny']);
    const { lines, tables } = gpuTables(results);
    expect(lines).toEqual(['no GPU can be used here']);
    expect(tables.map(({ rows }) => rows[0].at(-1))).toEqual(['no GPU, see above', 'no GPU, see above']);
    expect(tables[1].rows[1][2]).toBe('6.000');
  });

  it('finds out who computes something else', () => {
    expect(anyWrong(measured((name, who) => (who === 'rows' ? { missing: 'computes something else', wrong: true } : undefined)).results)).toBe(true);
    const { results } = measured((name, who) => (name === 'gpu-step' && who === 'gpu' ? { milliseconds: 1, losses: [2, 1.9, 1.8, 1.7, 1.7] } : undefined));
    expect(anyWrong(results)).toBe(true);
    expect(trainingTable(results).rows[0].at(-1)).toMatch(/its losses 2, 1.9, 1.8, 1.7, 1.7 are not those on wasm/);
    const notANumber = measured((name, who) => (name === 'gpu-step' && who === 'gpu' ? { milliseconds: 1, losses: [2, 1.9, 1.8, 1.7, NaN] } : undefined));
    expect(anyWrong(notANumber.results)).toBe(true);
  });

  it.each(['', '64,', '0', '1.5', 'x', '-4'])("refuses --sides '%s'", (text) => {
    expect(() => parseSides(text)).toThrow(/whole numbers of 1 or more/);
  });

  it('takes sides with commas between them', () => {
    expect(parseSides('64,100')).toEqual([64, 100]);
  });
});

describe('comparing products', () => {
  it('measures the largest difference in root mean squares', () => {
    expect(largestDifference([3, 4, -5], [3, 4, -4.5])).toBeCloseTo(0.5 / Math.sqrt((9 + 16 + 20.25) / 3), 12);
    expect(largestDifference([1, NaN], [1, 1])).toBeNaN();
    expect(() => largestDifference([1], [1, 2])).toThrow(/1 numbers came back, 2 are expected/);
  });

  it('refuses another product, and numbers that are none', () => {
    expect(checkProduct([1, 1 + 1e-5], [1, 1])).toBeCloseTo(1e-5, 9);
    expect(() => checkProduct([1, 1.001], [1, 1])).toThrow(WrongProduct);
    expect(() => checkProduct([1, NaN], [1, 1])).toThrow(WrongProduct);
  });

  it('draws the same matrices in every process, spread over [-1, 1)', () => {
    const { a, b } = taskOf(64);
    expect(a).toEqual(taskOf(64).a);
    for (const matrix of [a, b]) {
      expect(Math.min(...matrix)).toBeLessThan(-0.99);
      expect(Math.max(...matrix)).toBeLessThan(1);
      expect(Math.max(...matrix)).toBeGreaterThan(0.99);
      expect(Math.abs(matrix.reduce((sum, value) => sum + value) / matrix.length)).toBeLessThan(0.03);
    }
    expect(a).not.toEqual(b);
  });
});

it('times rounds that are long enough, and takes the middle one', async () => {
  // A device on which a piece takes 10 ms, an answer 1 ms; of the seven measured rounds one is disturbed.
  let [clock, issued, round] = [0, 0, 0];
  const counts = [];
  const milliseconds = await timeIssued(
    (times) => {
      issued = times;
      counts.push(times);
    },
    async () => void (clock += 1 + 10 * issued + (++round === 8 ? 5000 : 0)),
    { now: () => clock },
  );
  expect(counts).toEqual([1, 1, 2, 4, 8, 16, 32, ...Array(7).fill(32)]);
  expect(milliseconds).toBeCloseTo((1 + 320) / 32, 9);
});

it('says which Python is missing', () => {
  expect(() => pytorchGpuStep(steps.tiny, { python: '/there/is/none' })).toThrow(/\/there\/is\/none cannot be started \(ENOENT\): set KK_PYTHON/);
});
