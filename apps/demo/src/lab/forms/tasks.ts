// Chapter 6: tasks that a model of one layer with one head learns in seconds: it reads eight digits and a sign, and writes eight digits.
import { Random } from '@kk/nn-core';

export const taskNames = ['copy', 'reverse', 'sort'] as const;
export type TaskName = (typeof taskNames)[number];

/** How many digits are read, and how many are written. */
export const DIGITS = 8;
/** The id of the sign between them; digits have their own value. */
export const SIGN = 10;
/** The model reads all digits, the sign, and what it has written but for the last digit, which nothing follows. */
export const CONTEXT = 2 * DIGITS;
export const BATCH = 64;
/** Rows that the model never learns from, by which it is measured. */
export const FRESH_ROWS = 100;

export const modelSizes = { vocabSize: 11, contextLength: CONTEXT, layers: 1, heads: 1, width: 48, tiedEmbeddings: false } as const;

/** How many weights it has; a test counts them. */
export const MODEL_SIZE = 30_192;

/** So many steps are enough: then at least 99 of 100 fresh rows are right (measured with seeds 1 to 20, sorting with 1 to 5). */
export const steps: Record<TaskName, number> = { copy: 60, reverse: 60, sort: 600 };
/** The least time of a step in milliseconds: two of the tasks are learned before one has looked. */
export const PACE: Record<TaskName, number> = { copy: 90, reverse: 90, sort: 0 };
export const LEARNING_RATE = 0.01;
export const WARMUP_STEPS = 10;

const answers: Record<TaskName, (digits: readonly number[]) => number[]> = {
  copy: (digits) => [...digits],
  reverse: (digits) => [...digits].reverse(),
  sort: (digits) => [...digits].sort((a, b) => a - b),
};

/** What is to be written after these digits. */
export const answerOf = (task: TaskName, digits: readonly number[]): number[] => answers[task](digits);

/** Rows of (rows, CONTEXT) ids, and at each place what is to be written next; -1 where nothing is to be learned. */
export type Rows = {
  inputs: { values: Int32Array; shape: [number, number] };
  targets: { values: Int32Array; shape: [number, number] };
};

function drawRows(task: TaskName, count: number, random: Random): Rows {
  const inputs = new Int32Array(count * CONTEXT);
  const targets = new Int32Array(count * CONTEXT).fill(-1);
  for (let start = 0; start < inputs.length; start += CONTEXT) {
    const digits = Array.from({ length: DIGITS }, () => random.integer(10));
    const answer = answerOf(task, digits);
    inputs.set([...digits, SIGN, ...answer.slice(0, -1)], start);
    targets.set(answer, start + DIGITS);
  }
  return { inputs: { values: inputs, shape: [count, CONTEXT] }, targets: { values: targets, shape: [count, CONTEXT] } };
}

/** The rows of a step, from 0; each step has others. */
export const batchOf = (task: TaskName, seed: number, step: number): Rows => drawRows(task, BATCH, new Random({ seed, stream: step + 1 }));

/** The rows by which the model is measured: a stream of their own. */
export const freshRows = (task: TaskName, seed: number): Rows => drawRows(task, FRESH_ROWS, new Random({ seed, stream: 0 }));

/** The steps after which a picture is kept: each at first, when much changes. */
export const isMoment = (step: number): boolean => step <= 40 || step % 10 === 0;

/** All of them. */
export const momentSteps = (task: TaskName): number[] => Array.from({ length: steps[task] + 1 }, (_, step) => step).filter(isMoment);
