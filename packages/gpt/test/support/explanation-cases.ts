// Explanations on one device beside cpu, for any place; nothing here is Node's own.
import { init, type Engine } from '@kk/nn-core';
import { expect } from 'vitest';
import { headScores, importanceByAblation, importanceByGradient, inspect, logitLens, repeatedTokens, type Interventions } from '../../src/explain.js';
import { GPT } from '../../src/index.js';

const config = { vocabSize: 12, contextLength: 8, layers: 2, heads: 2, width: 8 };
const ids = [3, 1, 4, 1, 5];

/** One intervention of every kind. */
export const everyIntervention: Interventions = { headsOff: [{ layer: 0, head: 1 }], linksCut: [{ layer: 1, query: 4, key: 1 }, { key: 0 }], maskLifted: true, positions: [4, 3, 2, 1, 0] };

/** Some of every kind of explanation, as one list of numbers. */
async function explain(engine: Engine, cases: readonly Interventions[]): Promise<number[]> {
  const model = new GPT(engine, config, { seed: 1 });
  // With weights as small as those of a new model nothing would matter.
  for (const parameter of model.parameters()) if (parameter.rank === 2) parameter.set((await parameter.data()).map((value) => 20 * value));
  const found: number[] = [];
  for (const interventions of cases) {
    const inspection = inspect(model, ids, interventions);
    found.push(...(await inspection.logits()), ...Array.from((await inspection.patterns()).weights));
    for (const numbers of Object.values(await inspection.head(1, 0))) found.push(...(numbers as Float32Array));
    found.push(...(await logitLens(inspection)).flat().map(({ entropy }) => entropy));
    inspection.dispose();
    found.push(...(await importanceByAblation(model, ids, { interventions })).importance, ...(await importanceByGradient(model, ids, { interventions })).importance);
  }
  const { previousToken, induction } = await headScores(model, [repeatedTokens(config.vocabSize, { length: 4 })]);
  return [...found, ...previousToken.flat(), ...induction!.flat()];
}

/**
 * Every explanation on this device is what cpu finds, to some rounding.
 * @param cases interventions, with each of which all is explained once: by default none, and every kind together
 */
export async function expectExplanationsAsOnCpu(engine: Engine, tolerance: number, cases: readonly Interventions[] = [{}, everyIntervention]): Promise<void> {
  const expected = await explain(await init('cpu'), cases);
  const actual = await explain(engine, cases);
  expect(actual.length).toBe(expected.length);
  expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1); // there is something to agree on
  actual.forEach((value, i) => expect(Math.abs(value - expected[i]!), `number ${i}: ${value} instead of ${expected[i]}`).toBeLessThan(tolerance));
}
