// The cpu backend's memory and its checks. What its kernels compute is in cpu-backend-kernels.test.ts.
import { describe, expect, it } from 'vitest';
import type { Backend, Storage } from '../src/backends/backend.js';
import { createCpuBackend } from '../src/backends/cpu/backend.js';
import type { KernelName } from '../src/backends/kernels.js';

function floats(backend: Backend, numbers: readonly number[]): Storage {
  const storage = backend.allocate('float32', numbers.length);
  backend.write(storage, numbers);
  return storage;
}

describe('memory', () => {
  it('counts bytes and buffers', () => {
    const backend = createCpuBackend();
    const a = backend.allocate('float32', 3);
    const b = backend.allocate('int32', 5);
    expect(backend.memory()).toEqual({ bytes: 32, buffers: 2, reservedBytes: 32 });
    backend.free(a);
    expect(backend.memory()).toEqual({ bytes: 20, buffers: 1, reservedBytes: 20 });
    backend.free(b);
    backend.allocate('float32', 0);
    expect(backend.memory()).toEqual({ bytes: 0, buffers: 1, reservedBytes: 0 });
  });

  it('holds every float buffer in double precision when asked to', () => {
    const backend = createCpuBackend({ precision: 'float64' });
    const storage = backend.allocate('float32', 2);
    backend.write(storage, [0.1, 1e300]);
    expect(storage.dtype).toBe('float64');
    expect(backend.readSync(storage)).toEqual(Float64Array.of(0.1, 1e300));
    expect(backend.allocate('int32', 1).dtype).toBe('int32');
    expect(backend.memory().bytes).toBe(20);
    expect(backend.floatType).toBe('float64');
    expect(backend.description).toBe('cpu: plain TypeScript loops, float64');
  });

  it('refuses float64 buffers, and precisions, that it does not have', () => {
    expect(() => createCpuBackend().allocate('float64', 1)).toThrow("create it with { precision: 'float64' }");
    expect(() => createCpuBackend({ precision: 'float16' as 'float32' })).toThrow(`precision is "float16"; expected 'float32' or 'float64'`);
  });

  it('fills new buffers with what nobody can mistake for zeros', () => {
    const backend = createCpuBackend();
    expect(backend.readSync(backend.allocate('float32', 2))).toEqual(Float32Array.of(NaN, NaN));
    expect(backend.readSync(backend.allocate('int32', 1))).toEqual(Int32Array.of(-2147483648));
  });

  it.each([-1, 1.5, NaN, 2 ** 53])('refuses a length of %s', (length) => {
    expect(() => createCpuBackend().allocate('float32', length)).toThrow(new RegExp(`^cpu: cannot allocate ${length} elements; expected a whole number of 0 or more`));
  });

  it('names the size when there is no memory', () => {
    expect(() => createCpuBackend().allocate('float32', 2 ** 50)).toThrow(
      new RangeError('cpu: no memory for a buffer of 1125899906842624 x float32; use smaller sizes or free buffers first.'),
    );
  });

  it('writes from element 0 on, and no further than the buffer', () => {
    const backend = createCpuBackend();
    const storage = floats(backend, [1, 2, 3]);
    backend.write(storage, [7]);
    expect(backend.readSync(storage)).toEqual(Float32Array.of(7, 2, 3));
    expect(() => backend.write(storage, [1, 2, 3, 4])).toThrow('cannot write 4 numbers to a buffer of 3');
  });

  it('reads copies', async () => {
    const backend = createCpuBackend();
    const storage = floats(backend, [1]);
    const copy = await backend.read(storage);
    copy[0] = 5;
    expect(backend.readSync(storage)).toEqual(Float32Array.of(1));
  });

  it('finds use after free and double free', async () => {
    const backend = createCpuBackend();
    const storage = floats(backend, [1, 2]);
    backend.free(storage);
    expect(() => backend.free(storage)).toThrow('cpu: cannot free a buffer that was freed before: 2 x float32.');
    expect(() => backend.readSync(storage)).toThrow('cannot use a freed buffer (read): 2 x float32.');
    await expect(backend.read(storage)).rejects.toThrow('cannot use a freed buffer (read)');
    expect(() => backend.write(storage, [1])).toThrow('cannot use a freed buffer (write)');
    expect(() => backend.run('fill', [storage], [2, 0])).toThrow('cannot use a freed buffer (fill)');
  });

  it('refuses the buffers of another backend', () => {
    const foreign = createCpuBackend().allocate('float32', 1);
    const invented = { dtype: 'float32', length: 1 } as const;
    for (const storage of [foreign, invented]) {
      expect(() => createCpuBackend().readSync(storage)).toThrow('cannot use a buffer of another backend (read)');
    }
  });

  it('frees everything when disposed, and is of no use afterwards', () => {
    const backend = createCpuBackend();
    const storage = backend.allocate('float32', 4);
    backend.dispose();
    expect(backend.memory()).toEqual({ bytes: 0, buffers: 0, reservedBytes: 0 });
    expect(() => backend.allocate('float32', 1)).toThrow('this backend was disposed');
    expect(() => backend.readSync(storage)).toThrow('this backend was disposed');
  });
});

describe('checks before a kernel runs', () => {
  const backend = createCpuBackend();
  const f = (length: number): Storage => backend.allocate('float32', length);
  const i = (length: number): Storage => backend.allocate('int32', length);
  const shared = f(6);

  const refused: [string, KernelName, (Storage | null)[], number[], string][] = [
    ['an unknown kernel', 'toString' as KernelName, [], [], 'no kernel is called "toString"'],
    ['too few buffers', 'add', [f(1), f(1)], [1], 'add was given 2 buffers and 1 numbers; expected buffers (a, b, y) and numbers (size)'],
    ['too many numbers', 'copy', [f(1), f(1)], [1, 2], 'copy was given 2 buffers and 2 numbers'],
    ['a missing buffer', 'copy', [null, f(1)], [1], 'copy needs the buffer x, which is null'],
    ['a short input', 'copy', [f(3), f(4)], [4], 'copy needs 4 elements in x, which has 3'],
    ['a short output', 'softmax', [f(6), f(5)], [2, 3], 'softmax needs 6 elements in y, which has 5'],
    ['a short optional buffer', 'matmul', [f(4), f(4), f(1), f(4), null], [1, 2, 2, 2, 0, 0, 0], 'matmul needs 2 elements in bias, which has 1'],
    ['a stride out of the buffer', 'stridedCopy', [f(6), f(6)], [1, 1, 1, 1, 3, 2, 0, 0, 0, 0, 3, 1], 'stridedCopy needs 8 elements in x, which has 6'],
    ['floats as ids', 'embedding', [f(2), f(6), f(4)], [2, 2, 3], 'embedding was given a floating-point buffer as ids; expected int32'],
    ['integers as a table', 'embedding', [i(2), i(6), f(4)], [2, 2, 3], 'embedding was given a int32 buffer as table; expected floating-point'],
    ['integers in arithmetic', 'add', [i(2), i(2), i(2)], [2], 'add was given a int32 buffer as a; expected floating-point'],
    ['integers moved to floats', 'copy', [i(2), f(2)], [2], 'copy was given a floating-point buffer as y; expected int32'],
    ['an output that is an input', 'softmax', [shared, shared], [2, 3], 'softmax was given one buffer as x and as y; expected two'],
    ['an update that is an input', 'addSumOfSquares', [shared, shared], [6], 'one buffer as x and as total'],
    ['two outputs in one', 'layerNormParameterGradient', [f(6), f(2), f(2), f(6), shared, shared], [2, 3], 'one buffer as dWeight and as dBias'],
    ['a size that is no count', 'fill', [f(1)], [0.5, 1], 'fill was given size 0.5, value 1; size must be a whole number of 0 or more'],
    ['a maximum of nothing', 'max', [f(0), f(1), i(1)], [1, 0, 1], 'length must be 1 or more'],
    ['an unknown activation', 'matmul', [f(1), f(1), null, f(1), null], [1, 1, 1, 1, 0, 0, 5], 'activation must be a whole number from 0 to 4'],
    ['a slice beyond the end', 'slice', [f(4), f(3)], [1, 4, 1, 2, 3], 'start + count must not exceed length'],
    ['rows behind the last one', 'copyRows', [f(4), f(4)], [2, 2, 2, 2, 0, 0, 2, 1], 'the rows must lie inside both buffers'],
    ['heads that do not fit their groups', 'attention', [f(3), f(2), f(2), null, null, null, null, null, null, null, f(3), f(3), f(3)], [1, 1, 1, 3, 2, 1, 9, 0, 1, 1, 0, 0], 'heads must be a multiple of keyValueHeads'],
    ['a mask for other heads', 'attention', [f(3), f(3), f(3), null, null, null, null, f(2), null, null, f(3), f(3), f(3)], [1, 1, 1, 3, 3, 1, 9, 0, 1, 2, 0, 0], 'maskHeads must be 1 or heads'],
  ];

  it.each(refused)('refuse %s', (_, kernel, buffers, numbers, message) => {
    expect(() => backend.run(kernel, buffers, numbers)).toThrow(message);
  });

  it('let elementwise kernels write where they read', () => {
    const a = floats(backend, [1, -2]);
    backend.run('add', [a, a, a], [2]);
    backend.run('accumulate', [a, a], [2]);
    backend.run('relu', [a, a], [2]);
    expect(backend.readSync(a)).toEqual(Float32Array.of(4, 0));
  });

  it('let the kernels that move numbers move integers', () => {
    const x = i(4);
    backend.write(x, [1, 2, 3, 16777217]);
    const y = i(4);
    backend.run('stridedCopy', [x, y], [1, 1, 1, 1, 2, 2, 0, 0, 0, 0, 1, 2]);
    expect(backend.readSync(y)).toEqual(Int32Array.of(1, 3, 2, 16777217));
  });

  it('leave buffers longer than needed alone beyond the end', () => {
    const y = floats(backend, [9, 9, 9]);
    backend.run('fill', [y], [2, 1]);
    expect(backend.readSync(y)).toEqual(Float32Array.of(1, 1, 9));
  });
});
