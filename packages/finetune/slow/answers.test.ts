// From nothing to answers: the base's recipe, then the tuning's, of all weights and of an adapter; about half an hour of processor time a language.
import { addLora } from '@kk/finetune';
import { countParameters, toSafetensors } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { makeBase, restoreBase } from './recipe/base.js';
import { measure, tune } from './recipe/tuning.js';

const HOUR = 3_600_000;
const questions = { seed: 5, count: 1000 };
const seed = 1;

it.each(['en', 'de'] as const)('a base of stories and exercises learns to answer: %s', { timeout: HOUR }, async (language) => {
  const engine = await init('wasm');
  const base = await makeBase(engine, language, { seed, steps: 4000 });
  const weights = await toSafetensors(base.model);
  const before = await measure(base, questions);
  await tune(base, { seed, steps: 5000 });
  const full = await measure(base, questions);
  base.model.dispose();

  const again = await restoreBase(engine, language, { seed, weights });
  const adapter = addLora(again.model, { rank: 5, alpha: 10, seed });
  expect(adapter.parameterCount()).toBeLessThan(0.05 * countParameters(again.model.config));
  await tune(again, { seed, steps: 5000, learningRate: 5e-3 });
  const lora = await measure(again, questions);
  adapter.disable();
  const off = await measure(again, questions);

  console.log(JSON.stringify({ language, before, full, lora }, undefined, 2));
  expect(before.exactOfAll).toBeLessThan(0.05); // no request of the test is worded like its exercises
  expect(full.exact).toBeGreaterThan(0.75);
  expect(full.exactOfAll).toBeGreaterThan(0.8);
  expect(full.unsaid).toBeGreaterThan(0.75);
  for (const tuned of [full, lora]) {
    expect(tuned.rightForm).toBeGreaterThan(0.97);
    expect(tuned.endsByItself).toBeGreaterThan(0.98);
    expect(tuned.storyLoss).toBeLessThan(1.05 * before.storyLoss);
  }
  expect(off).toEqual(before);
  engine.dispose();
});
