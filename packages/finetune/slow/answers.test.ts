// From nothing to answers: the base's recipe, then the tuning's, eight to eleven minutes of processor time each.
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { makeBase } from './recipe/base.js';
import { measure, tune } from './recipe/tuning.js';

const HOUR = 3_600_000;
const questions = { seed: 5, count: 1000 };

it.each(['en', 'de'] as const)('a base of stories and exercises learns to answer: %s', { timeout: HOUR }, async (language) => {
  const engine = await init('wasm');
  const base = await makeBase(engine, language, { seed: 1, steps: 4000 });
  const before = await measure(base, questions);
  await tune(base, { seed: 1, steps: 5000 });
  const after = await measure(base, questions);
  console.log(JSON.stringify({ language, before, after }, undefined, 2));
  expect(before.exactOfAll).toBeLessThan(0.05); // no request of the test is worded like its exercises
  expect(after.exact).toBeGreaterThan(0.75);
  expect(after.exactOfAll).toBeGreaterThan(0.8);
  expect(after.rightForm).toBeGreaterThan(0.97);
  expect(after.endsByItself).toBeGreaterThan(0.98);
  expect(after.unsaid).toBeGreaterThan(0.75);
  expect(after.storyLoss).toBeLessThan(1.05 * before.storyLoss);
  engine.dispose();
});
