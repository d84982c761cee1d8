// Chapter 10: a small GPT that gets a third of its sums right goes on learning, from a reward, from a coin, or from solved sums. It looks before the
// first step, every few, and at the end, and shows eight of its own answers with what they were worth.
import { groupAdvantages } from '@kk/finetune';
import { countParameters, type GPT } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { defineJob, type Tools } from '../job.js';
import { adderOf, begin, coin, decode, isNear, isRight, newAdder, rewarded, shareOfRight, solutions, testedSums, type TestedSum } from '../sums/adder.js';
import { GROUP, LESSON, LOOK_EVERY, RATES, START, TESTED, type SumsRecipe } from '../sums/recipe.js';
import { Stopwatch } from '../tuning/stopwatch.js';

export interface SumsInput {
  recipe: SumsRecipe;
  /** Steps before the lesson, the most further rounds of them, and steps in the lesson. */
  start?: number;
  more?: number;
  steps?: number;
  /** Unseen sums at each look. */
  tested?: number;
}

export interface SumsLook {
  step: number;
  /** Shares of the unseen sums, from 0 to 1: those that are right, and those with one wrong digit. */
  right: number;
  near: number;
  /** The first of them. */
  sums: readonly TestedSum[];
  /** The first of those that are wrong. */
  wrong: readonly TestedSum[];
}

/** The answers to one sum of a step. */
export interface SumsGroup {
  prompt: string;
  answers: readonly { written: string; reward: number; advantage: number }[];
}

export interface SumsState {
  recipe: SumsRecipe;
  /** Of solved sums, after the usual steps, until it had begun. */
  rounds: number;
  parameters: number;
  step: number;
  steps: number;
  looks: readonly SumsLook[];
  /** Of the last look's step; null before the first step, and where there is no reward. */
  group: SumsGroup | null;
  seconds: number;
  /** Null until some steps were measured. */
  secondsLeft: number | null;
}

/** Sums of a look that are shown, and how many more that are wrong. */
const SHOWN = 12;
const SHOWN_WRONG = 6;

/** The weights of a model that gets about a third right, and how many more rounds it took, made once for each seed. */
function startOf(tools: Tools, engine: Engine, seed: number, steps: number, more: number | undefined): Promise<{ weights: Uint8Array; rounds: number }> {
  return tools.keep(`sums ${seed} ${steps} ${more}`, async () => {
    const model = newAdder(engine, seed);
    try {
      const stepped = async (done: number): Promise<void> => {
        await tools.breathe();
        tools.preparing('sums', Math.min(1, done / steps));
      };
      const rounds = await begin(model, { ...START, seed, steps }, { more, stepped });
      return { weights: await model.save(), rounds };
    } finally {
      model.dispose();
    }
  });
}

async function lookAt(model: GPT, step: number, tested: number): Promise<SumsLook> {
  const sums = await testedSums(model, tested);
  return { step, right: shareOfRight(sums), near: sums.filter(isNear).length / tested, sums: sums.slice(0, SHOWN), wrong: sums.filter(({ right }) => !right).slice(0, SHOWN_WRONG) };
}

export default defineJob(async function* ({ recipe, start = START.steps, more, steps = LESSON.steps, tested = TESTED }: SumsInput, tools): AsyncGenerator<SumsState, SumsState> {
  const { lesson, seed } = recipe;
  const engine = await tools.engine();
  const { weights, rounds } = await startOf(tools, engine, seed, start, more);
  const model = adderOf(engine, weights);
  const watch = new Stopwatch();
  const options = { seed, steps, learningRate: RATES[lesson] };
  const tuning = lesson === 'solved' ? null : await rewarded(model, lesson === 'right' ? isRight : coin(seed), options);
  const trainer = tuning?.trainer ?? solutions(model, options);
  try {
    let state: SumsState = { recipe, rounds, parameters: countParameters(model.config), step: 0, steps, looks: [await lookAt(model, 0, tested)], group: null, seconds: 0, secondsLeft: null };
    yield state;
    while (!trainer.isDone) {
      await tools.breathe();
      const { step } = await watch.time<{ step: number }>(() => trainer.step());
      const isLook = step % LOOK_EVERY === 0 || trainer.isDone;
      if (isLook) state = { ...state, looks: [...state.looks, await watch.time(() => lookAt(model, step, tested))], group: tuning && groupOf(tuning.trainer.task.current!) };
      state = { ...state, step, seconds: watch.seconds, secondsLeft: step < LOOK_EVERY ? null : (watch.seconds / step) * (steps - step) };
      yield state;
    }
    return state;
  } finally {
    trainer.dispose();
    model.dispose();
  }
});

/** The first sum of a step whose answers were not all worth the same, or the first. */
function groupOf({ answers, rewards }: { answers: readonly { promptIds: ArrayLike<number>; ids: ArrayLike<number> }[]; rewards: readonly number[] }): SumsGroup {
  const { advantages } = groupAdvantages(rewards, { groupSize: GROUP });
  const found = advantages.findIndex((advantage) => advantage !== 0);
  const first = Math.floor(Math.max(0, found) / GROUP) * GROUP;
  return {
    prompt: decode(answers[first]!.promptIds),
    answers: answers.slice(first, first + GROUP).map(({ ids }, i) => ({ written: decode(ids).trim(), reward: rewards[first + i]!, advantage: advantages[first + i]! })),
  };
}
