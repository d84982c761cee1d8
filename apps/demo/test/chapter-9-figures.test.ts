// Chapter 9: what its figures say about runs, times and models, and which settings they take from the address.
import { describe, expect, it } from 'vitest';
import de from '../src/chapters/09-finetuning/de.js';
import { durationOf } from '../src/chapters/09-finetuning/duration.js';
import { stageOf } from '../src/chapters/09-finetuning/run-stage.js';
import { BASE, inSteps, talkSettings, TUNED, tuneSettings } from '../src/chapters/09-finetuning/settings.js';
import { insteadOfMissing, missingModel } from '../src/chapters/09-finetuning/who-answers.js';

it.each([
  [{ step: 29, steps: 60, isBroken: false }, true, 'learning'],
  [{ step: 29, steps: 60, isBroken: false }, false, 'stopped'],
  [{ step: 60, steps: 60, isBroken: false }, true, 'done'],
  [{ step: 60, steps: 60, isBroken: false }, false, 'done'],
  [{ step: 29, steps: 60, isBroken: true }, false, 'broken'],
] as const)('a run at %j, going on: %s, is %s', (run, isGoing, stage) => expect(stageOf(run, isGoing)).toBe(stage));

it('a look is said with its step, which may be before the step that was learned last', () => {
  expect(de.moves.losses('0', '9,1', '1,2')).toContain('Schritt 0');
  expect(de.forgetting.learning('9,1', '5')).toContain('Schritt 5');
  expect(de.take.label('20', '60')).toContain('Schritt 20 von 60');
  expect(de.take.label('60', '60')).not.toContain('von 60');
});

it.each([
  [40, 'seconds', 40],
  [89.9, 'seconds', 89.9],
  [90, 'minutes', 1.5],
  [5400, 'minutes', 90],
  [5401, 'hours', 5401 / 3600],
  [711 * 60, 'hours', 11.85],
])('%f s are said in %s', (seconds, unit, count) => expect(durationOf(seconds)).toEqual({ unit, count }));

describe('who answers', () => {
  it.each([
    [TUNED, undefined],
    [BASE, undefined],
    ['own:here', undefined],
    ['own:gone', 'gone'],
    ['own:a:b', 'a:b'],
  ])('%s: missing is %s', (who, name) => expect(missingModel(who, ['here'])).toBe(name));

  it('is another one where the model is missing, and none that had nothing to learn from', () => expect([true, false].map(insteadOfMissing)).toEqual([TUNED, BASE]));
});

describe('settings in the address', () => {
  it.each([['0', 0], ['10', 10], ['13', 10], ['15', 20], ['3', 10], ['240', 240], ['241', undefined], ['-10', undefined], ['x', undefined]])('steps=%s are %s', (text, value) => expect(tuneSettings('de').steps.read(text)).toBe(value));
  it.each([['0', 0], ['13', 10], ['40', 40], ['41', undefined]])('long=%s is %s', (text, value) => expect(inSteps({ least: 0, most: 40, step: 10 }, 40).read(text)).toBe(value));
  it('a question that is too long is cut, and not another one', () => expect(talkSettings('de').say.read(`${'a'.repeat(199)}😀`)).toBe('a'.repeat(199)));
});
