// Chapter 10: a small GPT that learns to add by a reward, by a coin, or from solved sums.
import { afterAll, describe, expect, it } from 'vitest';
import { lessonCode } from '../src/chapters/10-feedback/sums-code.js';
import sumsJob, { type SumsState } from '../src/lab/jobs/sums.js';
import { answerTo, isNear, isRight } from '../src/lab/sums/adder.js';
import { GROUP, type Lesson } from '../src/lab/sums/recipe.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const tiny = await tinyModel('stories-de', 'de', { backend: 'wasm' });
afterAll(() => tiny.dispose());

const short = { start: 20, more: 1, steps: 11, tested: 40 };
const run = async (lesson: Lesson, seed: number): Promise<SumsState[]> => (await runJob(sumsJob, { recipe: { lesson, seed }, ...short }, toolsOf(tiny))).updates;
const first = new Map<Lesson, Promise<SumsState[]>>();
/** The first run of a lesson, which all tests look at. */
function learn(lesson: Lesson): Promise<SumsState[]> {
  if (!first.has(lesson)) first.set(lesson, run(lesson, 1));
  return first.get(lesson)!;
}

describe('sums', () => {
  it('are right from the ones on, with the end behind them, or near', () => {
    expect(answerTo('47+38=')).toBe('58');
    expect(answerTo('99+99=')).toBe('891');
    const near = (written: string): boolean => isNear({ prompt: '47+38=', written, right: false });
    expect(['58', '57', '68', '67', '5', '581'].map(near)).toEqual([false, true, true, false, false, false]);
  });

  it.each(['right', 'coin', 'solved'] as const)('are learned (%s) with looks before the first step, every ten, and at the end', async (lesson) => {
    const states = await learn(lesson);
    const last = states.at(-1)!;
    expect(last).toMatchObject({ rounds: 1, step: 11, steps: 11, secondsLeft: 0 });
    expect(last.looks.map(({ step }) => step)).toEqual([0, 10, 11]);
    for (const { right, near, sums, wrong } of last.looks) {
      for (const one of wrong) expect(one.right).toBe(false);
      expect(wrong.length).toBeGreaterThan(0);
      expect(right + near).toBeLessThanOrEqual(1);
      expect(right).toBeGreaterThanOrEqual(0);
      for (const { prompt, written, right: isCounted } of sums) expect(isCounted && written !== answerTo(prompt)).toBe(false);
    }
    expect(states[0]!.group).toBeNull();
    if (lesson === 'solved') expect(last.group).toBeNull();
    else {
      const { prompt, answers } = last.group!;
      expect(answers).toHaveLength(GROUP);
      expect(answers.reduce((sum, { advantage }) => sum + advantage, 0)).toBeCloseTo(0, 5);
      if (lesson === 'right') for (const { written, reward } of answers) expect(reward === 1 && written !== answerTo(prompt)).toBe(false);
    }
    for (const { secondsLeft } of states.slice(0, 10)) expect(secondsLeft).toBeNull();
  });

  it('begin with the same model in every lesson, and give the same again for the same seed', async () => {
    const [one, other, again, elsewhere] = [(await learn('right')).at(-1)!, (await learn('solved')).at(-1)!, (await run('solved', 1)).at(-1)!, (await run('solved', 2)).at(-1)!];
    expect(other.looks[0]).toEqual(one.looks[0]);
    expect(again.looks).toEqual(other.looks); // of a reward, the code behind the figure gives the same again
    expect(elsewhere.looks[0]).not.toEqual(one.looks[0]);
  });

  it('refuse an answer that does not end', () => {
    const answer = { promptIds: [], ids: [] };
    expect(isRight('47+38=', '58', { ...answer, endsByItself: true } as never)).toBe(1);
    expect(isRight('47+38=', '58', { ...answer, endsByItself: false } as never)).toBe(0);
  });
});

describe('the code behind the figure', () => {
  it.each([['right', 10], ['coin', 11], ['solved', 10], ['solved', 11]] as const)('computes what the figure shows (%s) after step %i of 11', async (lesson, after) => {
    const state = (await learn(lesson)).find(({ step }) => step === after)!;
    const { source, prints } = lessonCode(state, short);
    expect(await runCode(source)).toBe(prints);
  }, 60_000);
});
