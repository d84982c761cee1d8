// Chapter 6: trains a model of one layer with one head, and copies its weights at every kept moment, so that each can be asked again.
import { GPT, TaskTrainer } from '@kk/gpt';
import { argmax, crossEntropy, reshape, type Engine } from '@kk/nn-core';
import type { Tools } from '../job.js';
import { batchOf, CONTEXT, DIGITS, FRESH_ROWS, freshRows, isMoment, LEARNING_RATE, modelSizes, steps, WARMUP_STEPS, type Rows, type TaskName } from './tasks.js';

export interface FormsInput {
  task: TaskName;
  seed: number;
}

/** How good the model is after so many steps, on rows that it does not learn from. */
export interface Measured {
  step: number;
  /** Nats per digit. */
  loss: number;
  /** Of all digits of these rows, the share that it writes rightly, when those before are right. */
  digits: number;
  /** How many of the rows it writes wholly rightly. */
  rows: number;
}

/** All weights, in the order of the model's parameters. */
type Weights = readonly Float32Array[];

/** The weights of every kept moment by its step. */
export type Moments = Map<number, Weights>;

/** Later runs find the moments there; they are plain numbers, so that nothing has to be given back. */
export const momentsOf = (tools: Tools, { task, seed }: FormsInput): Promise<Moments> => tools.keep(`forms ${task} ${seed}`, () => new Map());

/** Yields each step; at a kept moment with how good the model is, and its weights go into `moments`. */
export async function* trainForms(engine: Engine, { task, seed }: FormsInput, moments: Moments): AsyncGenerator<{ step: number; measured?: Measured }, void, void> {
  const model = new GPT(engine, modelSizes, { seed });
  const trainer = new TaskTrainer(
    model,
    { batch: (step) => batchOf(task, seed, step), loss: ({ inputs, targets }) => model.loss(inputs, targets) },
    { steps: steps[task], learningRate: LEARNING_RATE, warmupSteps: WARMUP_STEPS, weightDecay: 0 },
  );
  const fresh = freshRows(task, seed);
  try {
    for (let step = 0; ; step++) {
      let measured: Measured | undefined;
      if (isMoment(step)) {
        moments.set(step, await Promise.all(model.parameters().map(async (parameter) => Float32Array.from(await parameter.data()))));
        measured = { step, ...(await measure(model, fresh)) };
      }
      yield { step, measured };
      if (trainer.isDone) return;
      await trainer.step();
    }
  } finally {
    trainer.dispose();
    model.dispose();
  }
}

/** A model with the weights of a kept moment. Whoever makes it disposes of it. */
export function modelAt(engine: Engine, weights: Weights): GPT {
  const model = new GPT(engine, modelSizes, { blank: true });
  model.parameters().forEach((parameter, i) => parameter.set(weights[i]!));
  return model;
}

async function measure(model: GPT, { inputs, targets }: Rows): Promise<Omit<Measured, 'step'>> {
  const { engine } = model;
  const [loss, read] = engine.noGradient(() =>
    engine.scope(() => {
      const logits = model.forward(engine.tensor(inputs.values, inputs.shape, 'int32'));
      return [crossEntropy(logits, engine.tensor(targets.values, targets.shape, 'int32')), reshape(argmax(logits, 2), [inputs.values.length])];
    }),
  );
  const written = await read!.data();
  const isRight = (at: number): boolean => written[at] === targets.values[at];
  let digits = 0;
  let rows = 0;
  for (let row = 0; row < FRESH_ROWS; row++) {
    let right = 0;
    for (let at = row * CONTEXT + DIGITS; at < (row + 1) * CONTEXT; at++) if (isRight(at)) right++;
    digits += right;
    if (right === DIGITS) rows++;
  }
  const result = { loss: await loss!.item(), digits: digits / (FRESH_ROWS * DIGITS), rows };
  loss!.dispose();
  read!.dispose();
  return result;
}
