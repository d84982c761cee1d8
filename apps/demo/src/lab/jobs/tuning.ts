// Chapter 9: tunes a model with a few lines. It looks at the model before the first step, every few steps, and at the end; what the newest
// look saw is kept.
import { DivergenceError } from '@kk/gpt';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import type { Asked } from '../tuning/answer.js';
import { keepWeights, placeOf } from '../tuning/kept.js';
import { Looker, type Look } from '../tuning/look.js';
import { prepareTuning } from '../tuning/prepare.js';
import { completeLines, type TuningLine, type TuningRecipe } from '../tuning/recipe.js';
import { Stopwatch } from '../tuning/stopwatch.js';

export interface TuningInput {
  recipe: TuningRecipe;
  asked: Asked;
  /** Steps between two looks. */
  every: number;
  /** Lines of the same kind that are not learned; their loss is measured. */
  heldOut?: readonly TuningLine[];
  /** The look before the first step, where another run has made it: the same lines, questions and seed. */
  first?: Look;
  /** The run ends with the step after which the loss on the lines is so low, in nats per token; its number of steps is then that of those done. */
  enough?: number;
  /** A look at which the loss on stories is so high ends the run, in nats per token. */
  hopeless?: number;
}

export interface Tuning {
  /** `tunedModel` gives the model again as it was at any step; what the newest look saw it has at once. */
  recipe: TuningRecipe;
  size: ModelSize;
  /** Steps done, of so many. */
  step: number;
  steps: number;
  /** Nats per token in the last step, and its learning rate; none before the first. */
  loss: number | null;
  learningRate: number | null;
  /** How many lines are learned, those that were too long, how many tokens one may have, the tokens of the answers, and the rows that they fill. */
  lines: { learned: number; tooLong: readonly TuningLine[]; longest: number; tokens: number; rows: number };
  /** How many weights are trained, an adapter's among them. */
  trained: number;
  looks: readonly Look[];
  /** Seconds of computing so far, and an estimate of those to come; null as long as too few steps were measured. */
  seconds: number;
  secondsLeft: number | null;
  /** Whether the run ended early: its loss grew beyond all bounds, or that on stories is hopeless. */
  isBroken: boolean;
}

/** So many steps are measured before it is said how long the others take. The first step is none of them: it prepares what the others use. */
const MEASURED = 4;

/** The loss of a single step, which is of some of the lines, differs from that on all of them; so many times the goal is near it. */
const NEAR = 2;

export default defineJob(async function* ({ recipe, asked, every, heldOut = [], first, enough = -Infinity, hopeless = Infinity }: TuningInput, tools): AsyncGenerator<Tuning, Tuning> {
  const place = await placeOf(tools, recipe);
  const tuning = await prepareTuning(tools, recipe);
  const { trainer, rows, base } = tuning;
  const { steps } = trainer.options;
  const trained = trainer.optimizer.parameters.reduce((sum, { size }) => sum + size, 0);
  const { examples, dropped, targets, rows: rowCount } = rows.counts;
  const complete = completeLines(recipe.lines);
  const [stepping, looking] = [new Stopwatch(), new Stopwatch()];
  let firstStep = 0;
  let state: Tuning = {
    recipe, size: sizeOf(base.gpt.config), step: 0, steps, loss: null, learningRate: null, trained, looks: [], seconds: 0, secondsLeft: null, isBroken: false,
    lines: { learned: examples - dropped, tooLong: rows.dropped.map((i) => complete[i]!), longest: rows.contextLength + 1, tokens: targets, rows: rowCount },
  };
  try {
    const looker = await Looker.of(tools, tuning, recipe, asked, heldOut);
    const look = async (made?: Look): Promise<Tuning> => {
      const looks = [...state.looks, made ?? (await looker.look(looking))];
      await keepWeights(place, tuning, trainer.stepsDone);
      return { ...state, looks };
    };
    /** Whether the goal is reached is measured only where the step's own loss is near it. */
    const isReached = async (loss: number): Promise<boolean> => loss <= NEAR * enough && (await looker.linesLoss(looking)) <= enough;
    yield (state = await look(first));
    while (!trainer.isDone) {
      await tools.breathe();
      const { step, loss, learningRate } = await stepping.time(() => trainer.step());
      if (step === 1) firstStep = stepping.seconds;
      state = { ...state, step, loss, learningRate };
      if (step % every === 0 || trainer.isDone || (await isReached(loss))) state = await look();
      const looksLeft = Math.ceil(steps / every) - (state.looks.length - 1);
      const looksMade = state.looks.length - (first ? 1 : 0);
      const measured = step - 1;
      const secondsLeft = step === steps ? 0 : measured < MEASURED ? null : ((stepping.seconds - firstStep) / measured) * (steps - step) + (looking.seconds / Math.max(1, looksMade)) * looksLeft;
      const { step: seen, loss: losses } = state.looks.at(-1)!;
      const isBroken = seen === step && losses.stories >= hopeless;
      const isEnough = seen === step && losses.lines <= enough;
      yield (state = { ...state, steps: isEnough ? step : steps, seconds: stepping.seconds + looking.seconds, secondsLeft: isBroken || isEnough ? 0 : secondsLeft, isBroken });
      if (isBroken || isEnough) break;
    }
    return state;
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    yield (state = { ...state, secondsLeft: 0, isBroken: true });
    return state;
  } finally {
    tuning.dispose();
  }
});
