// What the engine is found to have, and what comes of asking for what it does not have.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWasmBackend } from '../src/backends/wasm/backend.js';
import { enableRelaxedSimd } from '../src/backends/wasm/enable-relaxed-simd.js';
import { hasRelaxedSimd, hasSimd } from '../src/backends/wasm/features.js';

afterEach(() => void vi.restoreAllMocks());

const { validate } = WebAssembly;
/** f32x4.relaxed_madd in the bytes of a module. */
const isRelaxed = (bytes: BufferSource): boolean => String(bytes).includes('253,133,2');

function pretend(supports: (bytes: BufferSource) => boolean): void {
  vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => validate(bytes) && supports(bytes));
}

describe('features', () => {
  it('finds SIMD in every engine that runs these tests', () => {
    expect(hasSimd()).toBe(true);
  });

  it('probes with modules that are well formed, and that differ in the one instruction', () => {
    const probed: BufferSource[] = [];
    vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => probed.push(bytes) > 0);
    hasSimd();
    hasRelaxedSimd();
    expect(probed.map((bytes) => isRelaxed(bytes))).toEqual([false, true]);
    // Cut short, they are no modules any more.
    for (const bytes of probed) expect(validate((bytes as Uint8Array<ArrayBuffer>).subarray(0, -1))).toBe(false);
  });

  it('turns relaxed SIMD on in every Node that can run this package', () => {
    expect(enableRelaxedSimd()).toBe(true);
    expect(hasRelaxedSimd()).toBe(true);
  });

  it('leaves other engines alone', () => {
    pretend((bytes) => !isRelaxed(bytes));
    const getBuiltinModule = vi.spyOn(process, 'getBuiltinModule');
    vi.stubGlobal('process', undefined);
    expect(enableRelaxedSimd()).toBe(false);
    vi.stubGlobal('process', { versions: { node: '22.0.0', bun: '1.2.0' }, getBuiltinModule });
    expect(enableRelaxedSimd()).toBe(false);
    vi.unstubAllGlobals();
    expect(getBuiltinModule).not.toHaveBeenCalled();
  });
});

describe('what the backend makes of it', () => {
  it('says what it runs', async () => {
    expect((await createWasmBackend({ threads: 1 })).description).toBe('wasm: SIMD with relaxed FMA, 1 thread');
    expect((await createWasmBackend({ relaxed: true, threads: 1 })).description).toBe('wasm: SIMD with relaxed FMA, 1 thread');
    expect((await createWasmBackend({ relaxed: false, threads: 1 })).description).toBe('wasm: SIMD, 1 thread');
  });

  it('runs without relaxed SIMD where there is none, unless that was asked for', async () => {
    pretend((bytes) => !isRelaxed(bytes));
    expect((await createWasmBackend({ threads: 1 })).description).toBe('wasm: SIMD, 1 thread');
    await expect(createWasmBackend({ relaxed: true, threads: 1 })).rejects.toThrow('no relaxed SIMD');
  });

  it('names the remedy where there is no SIMD', async () => {
    pretend(() => false);
    await expect(createWasmBackend({ threads: 1 })).rejects.toThrow("update it, or use init('cpu')");
  });
});
