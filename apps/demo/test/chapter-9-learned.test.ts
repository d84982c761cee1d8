// Chapter 9: what was learned is kept for every choice of settings, and found again by figures that know only the set and the language.
import { describe, expect, it } from 'vitest';
import { computed, effectScope, nextTick, ref, shallowRef } from 'vue';
import { chosenLines } from '../src/chapters/09-finetuning/chosen-lines.js';
import { keptPictures, useComparedRuns } from '../src/chapters/09-finetuning/compared-runs.js';
import { forgetLearned, isSameChoice, keepLearned, keptModels, lastChoice, learnedWith, newestLearned, rememberChoice } from '../src/chapters/09-finetuning/learned.js';
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

it('knows what was chosen last, whatever was learned last', () => {
  keep(settings({ style: 'own' }), 60);
  expect(lastChoice('de')).toBeUndefined();
  rememberChoice('de', { ...settings({ style: 'recipe' }), after: 10 } as TuneSettings);
  expect(lastChoice('de'), 'without the slider').toEqual(settings({ style: 'recipe' }));
  expect(newestLearned('de')?.settings.style).toBe('own');
  expect(lastChoice('en')).toBeUndefined();
});

describe('a picture of compared runs', () => {
  const [pirate, rhyme] = [chosenLines('de', 'pirate'), chosenLines('de', 'rhyme')];
  const own = (completion: string): ReturnType<typeof chosenLines> => chosenLines('de', 'own', [{ prompt: 'a', completion }]);
  /** A visit of the page. */
  function visit(pictures = keptPictures<'x' | 'y', number>()) {
    const [choice, isLearning] = [shallowRef(pirate), ref(false)];
    const scope = effectScope();
    const compared = scope.run(() => useComparedRuns(pictures, computed(() => choice.value), () => isLearning.value))!;
    return { pictures, choice, isLearning, compared, leave: () => scope.stop(), seen: () => [compared.shown.value.style, Object.fromEntries(compared.runs.value), compared.isStale.value] };
  }

  it('is there again when the page is, and when its lines are chosen again', async () => {
    const { pictures, choice, compared, seen, leave } = visit();
    expect(seen(), 'an empty picture follows the choice').toEqual(['pirate', {}, false]);
    compared.take(['x']);
    compared.put('x', 1);
    compared.take(['y']);
    compared.put('y', 2);
    expect(seen()).toEqual(['pirate', { x: 1, y: 2 }, false]);
    choice.value = rhyme;
    await nextTick();
    expect(seen(), 'it stays until something is learned of the others').toEqual(['pirate', { x: 1, y: 2 }, true]);
    compared.take(['x']);
    compared.put('x', 3);
    expect(seen()).toEqual(['rhyme', { x: 3 }, false]);
    leave();
    const again = visit(pictures);
    expect(again.seen()).toEqual(['pirate', { x: 1, y: 2 }, false]);
    again.choice.value = rhyme;
    await nextTick();
    expect(again.seen()).toEqual(['rhyme', { x: 3 }, false]);
    again.compared.forget();
    expect(again.seen()).toEqual(['rhyme', {}, false]);
  });

  it('is that of the runs that go on, whatever is chosen meanwhile', async () => {
    const { choice, isLearning, compared, seen } = visit();
    compared.take(['x']);
    compared.put('x', 1);
    choice.value = rhyme;
    await nextTick();
    compared.take(['x']);
    isLearning.value = true;
    choice.value = pirate;
    await nextTick();
    compared.put('x', 2);
    expect(seen()).toEqual(['rhyme', { x: 2 }, true]);
    isLearning.value = false;
    await nextTick();
    expect(seen()).toEqual(['pirate', { x: 1 }, false]);
  });

  it('goes when other lines of one’s own are learned', async () => {
    const { choice, compared, seen } = visit();
    choice.value = own('b');
    compared.take(['x']);
    compared.put('x', 1);
    choice.value = own('c');
    await nextTick();
    expect(seen()).toEqual(['own', { x: 1 }, true]);
    compared.take(['y']);
    expect(seen()).toEqual(['own', {}, false]);
  });
});
