// Every operation, forward and backward, on every backend, against the cpu backend in double precision.
import { beforeAll, describe, expect, it } from 'vitest';
import { findBlas } from '../src/backends/wasm/blas/find.js';
import { init, type Engine, type TypedArray } from '../src/index.js';
import { largeOpCases, opCases } from './support/op-cases.js';
import { runCase } from './support/run-case.js';

const devices: [name: string, make: () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm with relaxed multiply-add', () => init('wasm', { relaxed: true, threads: 1 })],
  ['wasm without', () => init('wasm', { relaxed: false, threads: 1 })],
  ['wasm on 2 threads', () => init('wasm', { threads: 2 })],
];

const blas = findBlas('auto');
const withBlas: typeof devices = [
  ['wasm with products by a BLAS', () => init('wasm', { blas: 'auto', threads: 1 })],
  ['wasm with products by a BLAS on 2 threads', () => init('wasm', { blas: 'auto', threads: 2 })],
];

function expectClose(actual: TypedArray, expected: TypedArray, tolerance: number, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= tolerance * scale)) expect.fail(`${what}, element ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}

function operationsOn(make: () => Promise<Engine>): void {
  let reference: Engine;
  let engine: Engine;

  beforeAll(async () => {
    reference = await init('cpu', { precision: 'float64' });
    engine = await make();
  });

  it.each([...opCases, ...largeOpCases])('$name', async (opCase) => {
    const expected = await runCase(reference, opCase);
    const actual = await runCase(engine, opCase);
    const tolerance = opCase.tolerance ?? 5e-6;
    expectClose(actual.output, expected.output, tolerance, 'output');
    actual.gradients.forEach((gradient, i) => expectClose(gradient, expected.gradients[i]!, tolerance, `gradient of input ${i}`));
    expect(engine.memory().buffers).toBeLessThanOrEqual(1);
  });
}

describe.each(devices)('operations on %s', (_, make) => operationsOn(make));

// Where none is, these are skipped, and their names say what is missing.
describe.skipIf(typeof blas === 'string').each(withBlas)(`operations on %s${typeof blas === 'string' ? ` (${blas})` : ''}`, (_, make) => operationsOn(make));
