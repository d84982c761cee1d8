// The wasm backend as its callers see it: buffers, reading and writing, memory, and what it says to mistakes.
import { describe, expect, it, vi } from 'vitest';
import type { DType, Storage } from '../src/backends/backend.js';
import { createCpuBackend } from '../src/backends/cpu/backend.js';
import type { KernelName } from '../src/backends/kernels.js';
import { createWasmBackend } from '../src/backends/wasm/backend.js';

const MIB = 2 ** 20;

describe('kernels', () => {
  it('are compiled again for the next backend where the first time failed', async () => {
    // A maximum of its own: kernels for shared memory are compiled for it, and kept.
    const options = { threads: 2, relaxed: false, maximumBytes: 333 * MIB };
    const compile = vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(new Error('no memory for code'));
    await expect(createWasmBackend(options)).rejects.toThrow('no memory for code');
    const backend = await createWasmBackend(options);
    expect(compile).toHaveBeenCalledTimes(2);
    backend.dispose();
    (await createWasmBackend(options)).dispose();
    expect(compile).toHaveBeenCalledTimes(2);
    compile.mockRestore();
  });
});

describe('buffers', () => {
  it('keep what was written, of either type', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const floats = backend.allocate('float32', 5);
    const integers = backend.allocate('int32', 3);
    backend.write(floats, [1, 2.5, -3, Infinity, 0.1]);
    backend.write(integers, new Int32Array([-(2 ** 31), 0, 2 ** 31 - 1]));
    expect(backend.readSync(floats)).toEqual(new Float32Array([1, 2.5, -3, Infinity, 0.1]));
    expect(await backend.read(integers)).toEqual(new Int32Array([-(2 ** 31), 0, 2 ** 31 - 1]));
    backend.write(floats, [7]);
    expect(backend.readSync(floats)).toEqual(new Float32Array([7, 2.5, -3, Infinity, 0.1]));
  });

  it('are read as copies', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const storage = backend.allocate('float32', 2);
    backend.write(storage, [1, 2]);
    const before = backend.readSync(storage);
    backend.write(storage, [3, 4]);
    expect(before).toEqual(new Float32Array([1, 2]));
  });

  it('survive the growth of the memory', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const first = backend.allocate('float32', 3);
    backend.write(first, [1, 2, 3]);
    const { reservedBytes } = backend.memory();
    const large = backend.allocate('float32', reservedBytes);
    expect(backend.memory().reservedBytes).toBeGreaterThan(4 * reservedBytes);
    backend.run('scale', [first, first], [3, 2, 0]);
    backend.run('fill', [large], [reservedBytes, 4]);
    expect(backend.readSync(first)).toEqual(new Float32Array([2, 4, 6]));
    expect(backend.readSync(large)[reservedBytes - 1]).toBe(4);
    backend.dispose();
  });

  it('may lie anywhere in 4 GiB', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    // Never written to, so the system need not provide them.
    const untouched = [backend.allocate('float32', 2 ** 29), backend.allocate('float32', 2 ** 29 - 2 ** 20)];
    const [x, y] = [backend.allocate('float32', 1001), backend.allocate('float32', 1001)];
    backend.write(x, new Float32Array(1001).fill(3));
    backend.run('add', [x, x, y], [1001]);
    backend.run('sum', [y, x], [1, 1001, 1]);
    expect(backend.readSync(y)[1000]).toBe(6);
    expect(backend.readSync(x)[0]).toBe(6006);
    expect(() => backend.allocate('float32', 2 ** 21)).toThrow('4.0 GiB are reserved');
    for (const storage of untouched) backend.free(storage);
    backend.dispose();
  });

  it('may be empty', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const empty = backend.allocate('float32', 0);
    backend.run('exp', [empty, empty], [0]);
    expect(backend.readSync(empty)).toHaveLength(0);
    expect(backend.memory()).toMatchObject({ bytes: 0, buffers: 1 });
  });

  it('are counted, and freed memory is used again', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const kept = backend.allocate('int32', 100);
    let reserved = 0;
    for (let step = 0; step < 2000; step++) {
      const made = [10, 5000, 77, 123_456, 8].map((length) => backend.allocate('float32', length));
      for (const storage of made) backend.free(storage);
      if (step === 0) reserved = backend.memory().reservedBytes;
    }
    expect(backend.memory()).toEqual({ bytes: 400, buffers: 1, reservedBytes: reserved });
    backend.free(kept);
    expect(backend.memory()).toMatchObject({ bytes: 0, buffers: 0 });
  });
});

describe('mistakes', () => {
  it('running out of memory names the size, what is in use and what to do, and leaves the backend usable', async () => {
    const backend = await createWasmBackend({ threads: 1, maximumBytes: 4 * MIB });
    const storage = backend.allocate('float32', 100);
    expect(() => backend.allocate('float32', MIB)).toThrow(RangeError);
    expect(() => backend.allocate('float32', MIB)).toThrow(
      /no memory for 4\.0 MiB \(1048576 x float32\): 400 bytes are in use in 1 buffers, .* 4\.0 MiB are the most there may be\. Use a smaller batch or context, or dispose tensors/,
    );
    expect(() => backend.allocate('int32', 2 ** 40)).toThrow('no memory for 4096.0 GiB');
    backend.write(storage, [1]);
    expect(backend.readSync(storage)[0]).toBe(1);
    expect(() => backend.free(backend.allocate('float32', MIB / 4))).not.toThrow();
  });

  it('impossible options', async () => {
    for (const maximumBytes of [0, -1, 1.5, NaN, 2 ** 33]) {
      await expect(createWasmBackend({ maximumBytes }), String(maximumBytes)).rejects.toThrow('expected a whole number from 1048576 (1 MiB)');
    }
  });

  it('impossible buffers', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    for (const length of [-1, 0.5, NaN, Infinity]) expect(() => backend.allocate('float32', length), String(length)).toThrow('a whole number of 0 or more');
    expect(() => backend.allocate('float64', 1)).toThrow("the cpu backend with precision 'float64'");
    expect(() => backend.allocate('string' as DType, 1)).toThrow('cannot allocate string buffers');
    expect(() => backend.write(backend.allocate('float32', 2), [1, 2, 3])).toThrow('cannot write 3 numbers to a buffer of 2');
  });

  it('freed buffers', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const freed = backend.allocate('float32', 4);
    const alive = backend.allocate('float32', 4);
    backend.free(freed);
    expect(() => backend.free(freed)).toThrow('free a buffer that was freed before: 4 x float32');
    expect(() => backend.readSync(freed)).toThrow('use a freed buffer (read)');
    expect(() => backend.write(freed, [1])).toThrow('use a freed buffer (write)');
    expect(() => backend.run('add', [alive, freed, alive], [4])).toThrow('use a freed buffer (add)');
    // Even when another buffer lies there now.
    backend.allocate('float32', 4);
    expect(() => backend.readSync(freed)).toThrow('use a freed buffer');
  });

  it('buffers of others', async () => {
    const [one, other, cpu] = [await createWasmBackend({ threads: 1 }), await createWasmBackend(), createCpuBackend()];
    for (const storage of [other.allocate('float32', 1), cpu.allocate('float32', 1), {} as Storage]) {
      expect(() => one.readSync(storage)).toThrow('a buffer of another backend');
      expect(() => one.run('exp', [storage, storage], [1])).toThrow('a buffer of another backend (exp)');
    }
  });

  it('kernels called wrongly', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const floats = backend.allocate('float32', 4);
    const integers = backend.allocate('int32', 4);
    expect(() => backend.run('multiplyAdd' as KernelName, [], [])).toThrow('no kernel is called "multiplyAdd"');
    expect(() => backend.run('toString' as KernelName, [], [])).toThrow('no kernel is called "toString"');
    expect(() => backend.run('add', [floats, floats], [4])).toThrow('2 buffers and 1 numbers; expected buffers (a, b, y) and 1 numbers (size)');
    expect(() => backend.run('fill', [floats], [4])).toThrow('1 buffers and 1 numbers');
    expect(() => backend.run('add', [floats, null, floats], [4])).toThrow('add needs the buffer b, which is null');
    expect(() => backend.run('add', [floats, integers, floats], [4])).toThrow('add was given a buffer of int32 as b; expected float32');
    expect(() => backend.run('embedding', [floats, floats, floats], [1, 1, 1])).toThrow('a buffer of float32 as ids; expected int32');
    backend.write(integers, [1, 2, 3, 4]);
    const copied = backend.allocate('int32', 4);
    backend.run('copy', [integers, copied], [4]);
    expect(backend.readSync(copied)).toEqual(new Int32Array([1, 2, 3, 4]));
  });

  it('use after dispose', async () => {
    const backend = await createWasmBackend({ threads: 1 });
    const storage = backend.allocate('float32', 4);
    backend.dispose();
    expect(backend.memory()).toEqual({ bytes: 0, buffers: 0, reservedBytes: 0 });
    for (const use of [() => backend.allocate('float32', 1), () => backend.readSync(storage), () => backend.free(storage), () => backend.run('exp', [storage, storage], [4])]) {
      expect(use).toThrow('this backend was disposed');
    }
  });
});
