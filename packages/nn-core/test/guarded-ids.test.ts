// Ids that are out of range, given to the kernels themselves: nothing but the kernel's own output changes, and it says NaN.
import { describe, expect, it } from 'vitest';
import type { Backend } from '../src/backends/backend.js';
import { compileStep, concatenate, createCpuBackend, createWasmBackend, embedding, init } from '../src/index.js';
import { expectGuarded, guardedCases } from './support/guarded-id-cases.js';

const backends: [name: string, make: () => Backend | Promise<Backend>][] = [
  ['cpu', () => createCpuBackend()],
  ['wasm', () => createWasmBackend({ relaxed: false, threads: 1 })],
  ['wasm with relaxed multiply-add', () => createWasmBackend({ relaxed: true, threads: 1 })],
  ['wasm on 2 threads', () => createWasmBackend({ threads: 2 })],
];

describe.each(backends)('ids out of range on %s', async (_, make) => {
  const backend = await make();

  it.each(guardedCases.flatMap((one) => [false, true].map((captured) => [one.kernel, captured ? 'captured' : 'at once', one, captured] as const)))('%s %s', async (_kernel, _when, one, captured) => {
    await expectGuarded(backend, one, captured);
    expect(backend.memory().buffers).toBe(0);
  });
});

it.each(['cpu', 'wasm'] as const)('a captured step whose ids change behind its back overwrites nothing (%s)', async (name) => {
  const engine = await init(name);
  const table = engine.parameter(engine.full([300, 4], 1));
  const ids = [engine.tensor([1, 2], [2], 'int32'), engine.tensor([3], [1], 'int32')];
  const others = Array.from({ length: 20 }, () => engine.full([256], 0.5));
  const plan = compileStep(engine, () => embedding(concatenate(ids), table));
  engine.backend.write(ids[0]!.storage, [400, -900]); // not through set(), which would refuse
  expect([...plan.replay().dataSync()]).toEqual([...new Array<number>(8).fill(NaN), 1, 1, 1, 1]);
  for (const other of others) expect(other.dataSync().every((value) => value === 0.5)).toBe(true);
  engine.dispose();
});
