// Chapter 9: what was learned is kept for every choice of settings, and found again by figures that know only the set and the language.
import { expect, it } from 'vitest';
import { forgetLearned, isSameChoice, keepLearned, keptModels, learnedWith, newestLearned } from '../src/chapters/09-finetuning/learned.js';
import { recipeOf, type TuneSettings } from '../src/chapters/09-finetuning/settings.js';
import type { Tuning } from '../src/lab/jobs/tuning.js';

const settings = (changes: Partial<TuneSettings> = {}): TuneSettings => ({ lines: 'de', style: 'pirate', way: 'full', replay: '0', steps: 0, seed: 1, ...changes });
const runOf = (chosen: TuneSettings, step: number): Tuning => ({
  recipe: recipeOf(chosen), size: { family: 'gpt', parameters: 1 }, step, steps: 60, loss: 1, learningRate: 1, trained: 1, looks: [], seconds: 1, secondsLeft: null, isBroken: false,
  lines: { learned: 20, tooLong: [], longest: 257, tokens: 1, rows: 1 },
});
const keep = (chosen: TuneSettings, step: number): void => keepLearned(chosen, runOf(chosen, step));

it('shows a run again when its settings are chosen again', () => {
  const [pirate, rhyme, lora, english] = [settings(), settings({ style: 'rhyme' }), settings({ way: 'lora' }), settings({ lines: 'en' })];
  keep(pirate, 10);
  keep(pirate, 60);
  for (const other of [rhyme, lora, english, settings({ replay: '25' }), settings({ seed: 2 }), settings({ style: 'own' })]) {
    expect(learnedWith(other)).toBeUndefined();
    expect(isSameChoice(pirate, other)).toBe(false);
  }
  for (const [step, other] of [rhyme, lora, english].entries()) keep(other, step);
  expect([pirate, rhyme, lora, english].map((chosen) => learnedWith(chosen)?.step)).toEqual([60, 0, 1, 2]);
  expect(learnedWith({ ...pirate, steps: 60 })?.step, 'as many steps as the way needs are the usual ones').toBe(60);
});

it('finds the newest run of a set, or of a language', () => {
  expect(newestLearned('de', 'pirate')).toMatchObject({ step: 1, settings: { way: 'lora' } });
  expect(newestLearned('de')?.settings.way).toBe('lora');
  keep(settings({ style: 'rhyme' }), 30);
  expect(newestLearned('de')).toMatchObject({ step: 30, settings: settings({ style: 'rhyme' }) });
  expect(newestLearned('en')?.settings.lines).toBe('en');
  expect(newestLearned('en', 'rhyme')).toBeUndefined();
  forgetLearned(settings({ lines: 'en' }));
  expect(newestLearned('en')).toBeUndefined();
  expect(keptModels.value).toBe(0);
});
