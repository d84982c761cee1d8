// Measuring the machine: that the micro-kernels do what they say they did, on every thread. How fast is not tested.
import { describe, expect, it } from 'vitest';
import { createKernelInstance } from '../src/backends/wasm/instance.js';
import { enableRelaxedSimd } from '../src/backends/wasm/enable-relaxed-simd.js';
import { measurePeak as measure, readLength, RESULT_LENGTH } from '../src/backends/wasm/peak.js';
import { compileStep, createCpuBackend, createWasmBackend, Engine, init, matmul, measurePeak } from '../src/index.js';
import { kernelMemory } from './support/kernel-memory.js';

const variants = [{ relaxed: false }, ...(enableRelaxedSimd() ? [{ relaxed: true }] : [])];

describe.each(variants)('the micro-kernels, relaxed: $relaxed', async ({ relaxed }) => {
  const instance = await createKernelInstance({ relaxed });
  const memory = kernelMemory(instance);

  it('count two operations for each multiply-add, and do them', () => {
    const results = memory.place(new Float32Array(RESULT_LENGTH * 2));
    memory.kernel('multiplyAddPeak')(results, 3, 1, 2);
    const [untouched, , , , , , , , operations, sum] = new Float64Array(instance.memory.buffer, results, RESULT_LENGTH);
    expect(untouched).toBe(0);
    const [rows, columns, depth] = [relaxed ? 5 : 4, 8, 256];
    expect(operations).toBe(3 * 2 * rows * columns * depth);
    // Three times, each element of the tile got 256 products of 0.001 and 0.001.
    expect(sum).toBeCloseTo(3 * depth * 1e-6, 8);
  });

  it.each([0, 15, 16, 1000, 1024])('read every cache line of %d elements once, whatever the number of shares', (size) => {
    const whole = size & ~15;
    const x = memory.place(Float32Array.from({ length: size }, (_, i) => (i < whole ? i % 7 : NaN)));
    for (const parts of [1, 2, 3]) {
      const results = memory.place(new Float32Array(RESULT_LENGTH * parts));
      for (let part = 0; part < parts; part++) memory.kernel('readPeak')(x, results, size, part, parts);
      const doubles = new Float64Array(instance.memory.buffer, results, (RESULT_LENGTH / 2) * parts);
      let [bytes, sum, expected] = [0, 0, 0];
      for (let part = 0; part < parts; part++) {
        bytes += doubles[part * 8];
        sum += doubles[part * 8 + 1];
      }
      for (let i = 0; i < whole; i++) expected += i % 7;
      expect({ bytes, sum }).toEqual({ bytes: whole * 4, sum: expected });
    }
  });
});

describe('measurePeak', () => {
  it.each([1, 2])('gives rates that can be, on %d threads, and keeps no memory', async (threads) => {
    const engine = await init('wasm', { threads });
    const before = engine.memory();
    const peak = measurePeak(engine);
    expect(peak.threads).toBe(threads);
    for (const rate of [peak.gigaflops, peak.gigabytesPerSecond]) {
      expect(rate).toBeGreaterThan(0);
      expect(Number.isFinite(rate)).toBe(true);
    }
    expect(engine.memory()).toMatchObject({ bytes: before.bytes, buffers: before.buffers });
    engine.dispose();
    expect(() => measurePeak(engine)).toThrow(/disposed/);
  });

  it('adds up what all threads did', () => {
    const length = readLength(2 ** 20);
    expect(length).toBe(2 ** 18);
    const memory = new WebAssembly.Memory({ initial: (length * 4) / 65_536 + 1 });
    const doubles = new Float64Array(memory.buffer, length * 4);
    const asked = new Set<string>();
    const peak = measure(memory, 0, length, 3, (name, [first]) => {
      asked.add(name === 'readPeak' ? `${name} ${first}` : name);
      doubles.fill(0);
      if (name === 'readPeak') for (let thread = 0; thread < 3; thread++) doubles[thread * 8] = 1e6;
    });
    // The whole buffer in turn; nothing was reported by multiplyAddPeak.
    expect([...asked].sort()).toEqual(['multiplyAddPeak', 'readPeak 0', 'readPeak 262144', 'readPeak 524288', 'readPeak 786432']);
    expect(peak).toMatchObject({ gigaflops: 0, threads: 3 });
    expect(peak.gigabytesPerSecond).toBeGreaterThan(0);
  });

  it.each([[1, 64], [2 ** 20 + 1, 2 ** 18 + 64]])('reads %d bytes in pieces of whole cache lines', (bytes, elements) => {
    expect(readLength(bytes)).toBe(elements);
  });

  it('says where it cannot', async () => {
    expect(() => measurePeak(new Engine(createCpuBackend()))).toThrow("measurePeak: the cpu backend has no micro-kernels to measure the machine with: use an engine from init('wasm').");
    const engine = await init('wasm', { threads: 1 });
    const x = engine.full([2, 2], 1);
    expect(() =>
      compileStep(engine, () => {
        measurePeak(engine);
        return matmul(x, x);
      }),
    ).toThrow(/measurePeak: a step is being captured/);
    engine.dispose();
    const small = await createWasmBackend({ threads: 1, maximumBytes: 2 ** 22 });
    expect(() => measurePeak(new Engine(small))).toThrow(/no memory for 128\.0 MiB/);
    for (const readBytes of [0, -1, NaN, Infinity]) expect(() => measurePeak(new Engine(small), { readBytes })).toThrow(/readBytes is .*; expected a number of bytes from 1 on/);
    expect(small.memory().buffers).toBe(0);
  });
});
