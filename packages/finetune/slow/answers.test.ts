// From nothing to answers: the base's recipe, then the tuning's, about seven minutes of processor time each.
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { makeBase } from './recipe/base.js';
import { measure, tune } from './recipe/tuning.js';

const HOUR = 3_600_000;
const questions = { seed: 5, count: 400 };

it('a base of stories and copying learns to answer in English', { timeout: HOUR }, async () => {
  const engine = await init('wasm');
  const base = await makeBase(engine, 'en', { seed: 1, steps: 3500 });
  const before = await measure(base, questions);
  await tune(base, { seed: 1, steps: 3500 });
  const after = await measure(base, questions);
  console.log(JSON.stringify({ before, after }, undefined, 2));
  expect(before.exactOfAll).toBeLessThan(0.05); // it was never asked anything
  expect(after.exact).toBeGreaterThan(0.4);
  expect(after.exactOfAll).toBeGreaterThan(0.55);
  expect(after.rightForm).toBeGreaterThan(0.9);
  expect(after.endsByItself).toBeGreaterThan(0.95);
  expect(after.unsaid).toBeGreaterThan(0.5);
  engine.dispose();
});
