// Buffers that are destroyed while shaders are still being compiled, in Node on Dawn: what was issued before must still find them.
import '@kk/vitest-config/swiftshader';
import { describe, expect, it } from 'vitest';
import { createGpuBackend } from '../src/gpu.js';
import { add, compileStep, init, reshape, slice } from '../src/index.js';

/** Floats that the pool of unused buffers does not keep: 72 MB. */
const LARGE = 18_000_000;

describe('on webgpu, before the first kernel was compiled', () => {
  it('a large temporary may be freed', async () => {
    const engine = await init(createGpuBackend, { mode: 'webgpu' });
    // Writing numbers submits what was recorded, and with that destroys what was freed.
    const part = engine.scope(() => {
      const large = engine.full([LARGE], 3);
      return add(engine.tensor([1, 2]), slice(large, 0, 5, 2));
    });
    expect([...(await part.data())]).toEqual([4, 5]);
    part.dispose();
    expect([...(await engine.full([2], 4).data())]).toEqual([4, 4]);
    expect(engine.memory().reservedBytes).toBeLessThan(1e6);
    engine.dispose();
  });

  it('a plan may be disposed', async () => {
    const engine = await init(createGpuBackend, { mode: 'webgpu' });
    const x = engine.tensor([1, 2]);
    const plan = compileStep(engine, () => add(x, slice(engine.full([LARGE], 3), 0, 5, 2)));
    const result = reshape(plan.result, [1, 2]); // lives on
    engine.full([2], 1); // waits for its shader
    x.set([3, 4]);
    plan.replay();
    plan.dispose();
    expect([...(await result.data())]).toEqual([6, 7]);
    engine.dispose();
  });

  it('an engine may be disposed, and others go on', async () => {
    const engine = await init(createGpuBackend, { mode: 'webgpu' });
    const other = await init(createGpuBackend, { mode: 'webgpu' });
    engine.scope(() => engine.full([LARGE], 3));
    const awaited = engine.full([2], 1).data();
    engine.dispose();
    await expect(awaited).rejects.toThrow(/was disposed/);
    expect([...(await other.full([2], 4).data())]).toEqual([4, 4]);
    other.dispose();
  });
});
