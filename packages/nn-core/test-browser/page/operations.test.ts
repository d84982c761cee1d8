// Every operation in a browser, forward and backward, on the page's own thread, against the cpu backend in double precision.
import { describe, expect, it } from 'vitest';
import { init, type TypedArray } from '../../src/index.js';
import { opCases } from '../../test/support/op-cases.js';
import { runCase } from '../../test/support/run-case.js';

function expectClose(actual: TypedArray, expected: TypedArray, tolerance: number, what: string): void {
  const scale = Math.max(1, ...expected.map(Math.abs));
  const differences = Array.from(expected, (value, i) => Math.abs(actual[i]! - value) / scale);
  expect(actual.length, what).toBe(expected.length);
  expect(differences.every((difference) => difference <= tolerance), `${what} differs by up to ${Math.max(...differences)}`).toBe(true);
}

describe.each(['cpu', 'wasm'] as const)('operations on %s in a browser', async (backend) => {
  const reference = await init('cpu', { precision: 'float64' });
  const engine = await init(backend);

  it.each(opCases)('$name', async (opCase) => {
    const expected = await runCase(reference, opCase);
    const actual = await runCase(engine, opCase);
    const tolerance = opCase.tolerance ?? 5e-6;
    expectClose(actual.output, expected.output, tolerance, 'output');
    expect(actual.gradients.length).toBe(expected.gradients.length);
    actual.gradients.forEach((gradient, i) => expectClose(gradient, expected.gradients[i]!, tolerance, `gradient of input ${i}`));
  });
});
