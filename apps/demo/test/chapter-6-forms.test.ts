// Chapter 6: attention as it forms, the lens through the layers, and the code that these figures show.
import { countParameters } from '@kk/gpt';
import { inspect, logitLens } from '@kk/gpt/explain';
import { init } from '@kk/nn-core';
import { afterAll, describe, expect, it } from 'vitest';
import { formsCode, layersCode } from '../src/chapters/06-attention/forms-code.js';
import { answerOf, BATCH, CONTEXT, DIGITS, FRESH_ROWS, MODEL_SIZE, modelSizes, momentSteps, SIGN, steps, taskNames } from '../src/lab/forms/tasks.js';
import readingJob, { type AttentionReading } from '../src/lab/jobs/attention-reading.js';
import trainingJob, { type AttentionTraining } from '../src/lab/jobs/attention-training.js';
import lensJob from '../src/lab/jobs/layer-lens.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel, toolsOf } from './support/tiny-model.js';

const engine = await init('wasm', { threads: 1 });
const tiny = await tinyModel('tiny', 'de');
afterAll(async () => {
  engine.dispose();
  await tiny.dispose();
});
const digits = [3, 8, 1, 0, 4, 7, 5, 1];

/** A worker that keeps what it is told to keep. */
const worker = () => ({ ...toolsOf(tiny), engine: async () => engine });
type Task = { task: (typeof taskNames)[number]; seed: number };
const train = async (input: Task, tools = worker()): Promise<AttentionTraining[]> => (await runJob(trainingJob, { ...input, pace: 0 }, tools)).updates;
const read = async (input: Task & { step: number }, tools = worker()): Promise<AttentionReading> => (await runJob(readingJob, { ...input, digits }, tools)).result;

describe('the tasks', () => {
  it('say what is right', () => {
    expect(taskNames.map((task) => answerOf(task, digits).join(''))).toEqual(['38104751', '15740183', '01134578']);
  });

  it('keep a moment at the beginning and at the end', () => {
    for (const task of taskNames) expect([momentSteps(task)[0], momentSteps(task).at(-1)]).toEqual([0, steps[task]]);
  });
});

/** The longest training, which two tests look at. */
let sorting: Promise<{ tools: ReturnType<typeof worker>; updates: AttentionTraining[] }> | undefined;
async function sort(): Promise<{ tools: ReturnType<typeof worker>; updates: AttentionTraining[] }> {
  const tools = worker();
  return { tools, updates: await train({ task: 'sort', seed: 1 }, tools) };
}

describe('attention as it forms', () => {
  it.each([['copy', (i: number) => i], ['reverse', (i: number) => DIGITS - 1 - i]] as const)('learns to %s, and its head looks at the digit that it writes', async (task, place) => {
    const tools = worker();
    const updates = await train({ task, seed: 1 }, tools);
    expect(updates.map(({ step }) => step)).toEqual(momentSteps(task));
    const { moments } = updates.at(-1)!;
    expect(moments.map(({ step }) => step)).toEqual(momentSteps(task));
    expect(moments[0]!.loss).toBeCloseTo(Math.log(11), 1);
    expect(moments.at(-1)).toMatchObject({ digits: 1, rows: FRESH_ROWS });
    const { written, right, weights, probabilities } = await read({ task, seed: 1, step: steps[task] }, tools);
    expect(written).toEqual(right);
    for (let i = 0; i < DIGITS; i++) {
      expect(weights[i]![place(i)]).toBeGreaterThan(0.8);
      expect(weights[i]!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(Math.max(...weights[i]!.slice(DIGITS + 1 + i), 0)).toBe(0); // never ahead
      expect(probabilities[i]).toBeGreaterThan(0.9);
    }
  });

  it('learns to sort rows that it has never seen', async () => {
    const [first, ...rest] = (await (sorting ??= sort())).updates.at(-1)!.moments;
    expect(first!.digits).toBeLessThan(0.5);
    expect(rest.at(-1)!.digits).toBeGreaterThan(0.99);
    expect(rest.at(-1)!.rows).toBeGreaterThan(95);
  });

  it('makes one of the mistakes of the exercise no longer in the end, and the other one still', async () => {
    const { tools } = await (sorting ??= sort());
    const written = async (step: number, row: string): Promise<string> => (await runJob(readingJob, { task: 'sort', seed: 1, digits: Array.from(row, Number), step }, tools)).result.written.join('');
    for (const row of ['22446688', '99999999']) expect(await written(100, row)).not.toBe(row);
    expect(await written(600, '22446688')).toBe('22446688');
    expect(await written(600, '99999999')).not.toBe('99999999');
    expect(steps.sort * BATCH).toBe(38_400); // the rows that it practises with, as the text says
  });

  it('gives the same numbers for the same seed, and others for another', async () => {
    const [first, again, other] = [await train({ task: 'copy', seed: 3 }), await train({ task: 'copy', seed: 3 }), await train({ task: 'copy', seed: 4 })].map((updates) => updates.at(-1)!.moments);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('knows nothing at the beginning, and divides its attention evenly over what it sees', async () => {
    const { weights } = await read({ task: 'copy', seed: 1, step: 0 });
    weights.forEach((row, i) => expect(Math.max(...row)).toBeLessThan(1.2 / (DIGITS + 1 + i)));
  });

  it('trains again what the worker has let go, to the same numbers', async () => {
    const tools = worker();
    await train({ task: 'reverse', seed: 2 }, tools);
    const input = { task: 'reverse', seed: 2, step: 20 } as const;
    expect(await read(input)).toEqual(await read(input, tools));
  });

  it.each(taskNames.flatMap((task) => [0, 20].map((step) => ({ task, step }))))('prints what its code prints: $task after $step steps', async ({ task, step }) => {
    const input = { task, seed: 5, step };
    const { source, prints } = formsCode({ ...input, digits }, await read(input));
    expect(prints.split('\n')).toHaveLength(DIGITS);
    expect(await runCode(source.replace("init('wasm')", "init('wasm', { threads: 1 })"))).toBe(prints);
  });

  it('has a sign that is no digit, room for all but the last digit, and as many weights as it says', () => {
    expect([SIGN, CONTEXT]).toEqual([10, 16]);
    expect(countParameters(modelSizes)).toBe(MODEL_SIZE);
  });
});

describe('the lens through the layers', () => {
  const input = { model: 'tiny', text: 'Es war einmal ein Hund.' };
  const { model } = tiny;
  const run = (source: string): Promise<string> => runCode(source.replace('apps/demo/models/tiny', tiny.folder).replace("init('wasm')", "init('cpu')"));

  it('is that of the package, at every place of the sentence', async () => {
    const { result } = await runJob(lensJob, input, toolsOf(tiny));
    const ids = model.tokenizer.encode(`\n\n${input.text}`);
    const inspection = inspect(model.gpt, ids);
    const lens = await logitLens(inspection, { alternatives: 1 });
    inspection.dispose();
    const start = ids.length - result.places.length;
    expect(result.places.map(({ token }) => token.id)).toEqual([...ids].slice(start));
    expect(result.start).toBe(start); // so that a place has the same number as in other figures
    result.places.forEach(({ answers }, i) => expect(answers.map(({ favourite, probability }) => ({ id: favourite.id, probability, rank: 0 }))).toEqual(lens.map((places) => places[start + i]!.alternatives[0])));
  });

  it('follows the final answer, and tells from where on it stays', async () => {
    const { result } = await runJob(lensJob, input, toolsOf(tiny));
    for (const { answers, settled } of result.places) {
      const { favourite, probability, final } = answers.at(-1)!;
      expect(final).toEqual({ probability, rank: 0 });
      expect(answers.slice(settled).every((answer) => answer.favourite.id === favourite.id && answer.final.rank === 0)).toBe(true);
      if (settled > 0) expect(answers[settled - 1]!.favourite.id).not.toBe(favourite.id);
    }
  });

  it('leaves out the beginning of a text that is too long', async () => {
    const { result } = await runJob(lensJob, { ...input, text: 'Es war einmal ein Hund. '.repeat(30) }, toolsOf(tiny));
    expect(result.places).toHaveLength(model.gpt.config.contextLength);
    expect(result.leftOut).toBeGreaterThan(0);
    expect(result.last).toBe(model.gpt.config.contextLength);
    const { source, prints } = layersCode({ ...input, text: 'Es war einmal ein Hund. '.repeat(30) }, 5, result);
    expect(await run(source)).toBe(prints);
  });

  it('prints what its code prints', async () => {
    const { result } = await runJob(lensJob, input, toolsOf(tiny));
    for (const place of [0, result.places.length - 1]) {
      const { source, prints } = layersCode(input, place, result);
      expect(await run(source)).toBe(prints);
    }
  });
});
