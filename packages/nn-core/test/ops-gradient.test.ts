// Every operation's gradient against central differences, in double precision on the cpu backend.
import { describe, expect, it } from 'vitest';
import { init } from '../src/index.js';
import { opCases } from './support/op-cases.js';
import { caseInputs, lossOf, runCase } from './support/run-case.js';

const STEP = 1e-5;
const MAXIMUM_CHECKS = 150; // elements per input; larger inputs are checked at evenly spread places

describe('gradients agree with finite differences', async () => {
  const engine = await init('cpu', { precision: 'float64' });

  it.each(opCases)('$name', async (opCase) => {
    const values = caseInputs(opCase);
    const { gradients } = await runCase(engine, opCase, values);
    let checked = 0;
    values.forEach((input, which) => {
      const stride = Math.max(1, Math.ceil(input.length / MAXIMUM_CHECKS));
      for (let i = 0; i < input.length; i += stride) {
        const original = input[i]!;
        input[i] = original + STEP;
        const above = lossOf(engine, opCase, values);
        input[i] = original - STEP;
        const below = lossOf(engine, opCase, values);
        input[i] = original;
        const numeric = (above - below) / (2 * STEP);
        const difference = Math.abs(numeric - gradients[which]![i]!);
        expect(difference, `input ${which}, element ${i}: numeric ${numeric}, computed ${gradients[which]![i]}`).toBeLessThan(1e-6 * Math.max(1, Math.abs(numeric)));
        checked++;
      }
    });
    expect(checked).toBe(values.reduce((count, input) => count + Math.ceil(input.length / Math.max(1, Math.ceil(input.length / MAXIMUM_CHECKS))), 0));
    expect(engine.memory().buffers).toBeLessThanOrEqual(1); // all that may stay is the dropout state
  });
});
