// The trainer for everything: several batches in a step, shapes that change, groups, frozen parts, other optimizers.
import { crossEntropy, init, scale, type Engine, type Module } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { restoreCheckpoint, TaskTrainer, toCheckpoint, type TrainingOptions } from '../src/index.js';
import { classification, Classifier, countTargets, joined, points, type Points } from './support/tiny-task.js';

const options: Partial<TrainingOptions> = { steps: 12, learningRate: 0.05, minimumLearningRate: 0.01, warmupSteps: 2, seed: 3 };

async function weightsOf(model: Module): Promise<number[]> {
  const all = [];
  for (const parameter of model.parameters()) all.push(...(await parameter.data()));
  return all;
}

async function finish(trainer: Pick<TaskTrainer, 'isDone' | 'step'>): Promise<number[]> {
  const losses = [];
  while (!trainer.isDone) losses.push((await trainer.step()).loss);
  return losses;
}

const devices: [string, () => Promise<Engine>, number][] = [
  ['cpu in double precision', () => init('cpu', { precision: 'float64' }), 1e-12],
  ['wasm', () => init('wasm', { threads: 1 }), 1e-5],
];

describe.each(devices)('a trainer for everything on %s', async (_, make, tolerance) => {
  const engine = await make();
  /** Changes of the weights in one step of plain gradient descent with rate 1: the gradient with its sign turned. */
  const gradientOf = async (batch: Points | readonly Points[], targetCount?: (batch: Points) => number): Promise<number[]> => {
    const model = new Classifier(engine);
    const before = await weightsOf(model);
    const trainer = new TaskTrainer(model, { ...classification(model, () => batch), targetCount }, { ...options, optimizer: 'SGD', learningRate: 1, warmupSteps: 0, weightDecay: 0, maximumGradientNorm: Infinity });
    await trainer.step();
    trainer.dispose();
    return (await weightsOf(model)).map((weight, i) => weight - before[i]!);
  };

  it('learns, and the norm of the gradients is that of the step', async () => {
    const model = new Classifier(engine);
    const trainer = new TaskTrainer(model, classification(model, (step) => points(step, 16)), { ...options, steps: 60 });
    const change = await gradientOf(points(0, 16));
    const first = await trainer.step();
    expect(first.gradientNorm).toBeCloseTo(Math.hypot(...change), 5);
    const losses = await finish(trainer);
    expect(losses.at(-1)!).toBeLessThan(0.6 * first.loss);
  });

  it('weighs the batches of a step by their targets: as good as one batch of all', async () => {
    const batches = [points(0, 5, 5), points(1, 5, 1), points(2, 5, 0)];
    const whole = await gradientOf(joined(batches));
    (await gradientOf(batches, countTargets)).forEach((change, i) => expect(Math.abs(change - whole[i]!)).toBeLessThan(tolerance));
    // Equal weights, what was done before, are plainly wrong.
    const equal = await gradientOf(batches);
    expect(Math.max(...equal.map((change, i) => Math.abs(change - whole[i]!)))).toBeGreaterThan(0.01);
  });

  it('reports what the task measures, as means over all targets of the step, in the same bits with eager steps', async () => {
    const batches = [points(0, 5, 5), points(1, 5, 1)];
    const reports = [];
    for (const eager of [false, true]) {
      const model = new Classifier(engine);
      const task = classification(model, (step) => (step === 0 ? batches : batches[step - 1]!));
      const measured: typeof task = {
        ...task,
        targetCount: countTargets,
        loss(batch, measure) {
          const loss = task.loss(batch);
          measure?.('loss', loss);
          measure?.('twice', scale(loss, 2));
          return loss;
        },
      };
      const trainer = new TaskTrainer(model, measured, { ...options, steps: 3 }, { eager });
      while (!trainer.isDone) {
        const { loss, measures } = await trainer.step();
        expect(measures).toEqual({ loss, twice: measures!.twice });
        expect(Math.abs(measures!.twice! - 2 * loss)).toBeLessThan(tolerance);
        reports.push(measures);
      }
      trainer.dispose();
    }
    expect(reports.slice(3)).toEqual(reports.slice(0, 3));
    const model = new Classifier(engine);
    const task = classification(model, () => points(0, 5));
    expect(await new TaskTrainer(model, task, options).step()).not.toHaveProperty('measures');
    const wrong: typeof task = {
      ...task,
      loss(batch, measure) {
        measure?.('points', batch.points);
        return task.loss(batch);
      },
    };
    await expect(new TaskTrainer(model, wrong, options).step()).rejects.toThrow(/measures as points gave a tensor of shape/);
  });

  it('a step whose batches have no target changes nothing but by decay', async () => {
    expect(await gradientOf([points(0, 3, 0), points(1, 3, 0)], countTargets)).toEqual(new Array(35).fill(0));
  });

  it('follows shapes that change, in the same bits as eager code, with memory that stays', async () => {
    // More combinations than plans are kept: each is met again after it was thrown away.
    const batch = (step: number): Points[] => (step % 2 ? [points(step, 3 + (step % 11))] : [points(step, 4), points(step + 100, 2 + (step % 7), 2)]);
    const run = async (eager: boolean): Promise<number[]> => {
      const model = new Classifier(engine);
      const trainer = new TaskTrainer(model, classification(model, batch), { ...options, steps: 100 }, { eager });
      while (trainer.stepsDone < 60) await trainer.step();
      const before = engine.memory().buffers;
      const losses = await finish(trainer);
      expect(engine.memory().buffers).toBeLessThanOrEqual(before + 8); // the shapes kept differ, not their number
      const result = [...losses, ...(await weightsOf(model))];
      trainer.dispose();
      model.dispose();
      return result;
    };
    engine.dropoutState.begin(0, 0); // makes its buffer
    const start = engine.memory().buffers;
    expect(await run(false)).toEqual(await run(true));
    expect(engine.memory().buffers).toBe(start);
  });

  it('groups have rates and decays of their own; the schedule scales them', async () => {
    const model = new Classifier(engine);
    const names = [...model.namedParameters().keys()];
    const before = await weightsOf(model);
    const trainer = new TaskTrainer(model, classification(model, () => points(0, 8)), {
      ...options, optimizer: 'SGD', learningRate: 1, minimumLearningRate: 1, warmupSteps: 1, weightDecay: 0, maximumGradientNorm: Infinity,
      groups: [{ names: ['hidden'], learningRate: 0 }, { names: ['output.bias', 'hidden.*'], learningRate: 3 }],
    });
    expect(names).toEqual(['hidden.weight', 'hidden.bias', 'output.weight', 'output.bias']);
    await trainer.step(); // warming up: half of each rate
    const changes = (await weightsOf(model)).map((weight, i) => weight - before[i]!);
    const gradient = await gradientOf(points(0, 8));
    const factors = [...new Array<number>(20).fill(0), ...new Array<number>(12).fill(0.5), ...new Array<number>(3).fill(1.5)];
    changes.forEach((change, i) => expect(Math.abs(change - factors[i]! * gradient[i]!)).toBeLessThan(tolerance));
    expect(() => new TaskTrainer(model, classification(model, () => points(0, 8)), { groups: [{ names: ['hiden'] }] })).toThrow(/names hiden, but no parameter is called so; there are hidden.weight/);
    for (const names of ['hidden', []] as never[]) {
      expect(() => new TaskTrainer(model, classification(model, () => points(0, 8)), { groups: [{ names }] })).toThrow(/the names of a group are ("hidden"|\[\]); expected a list with at least one name/);
    }
  });

  it.each(['AdamW', 'SGD'] as const)('goes on from a checkpoint with the same bits: %s, groups and a frozen part', async (optimizer) => {
    const run = { ...options, optimizer, momentum: 0.9, groups: [{ names: ['output'], learningRate: 0.2, weightDecay: 0 }] };
    const start = (seed: number): TaskTrainer<Classifier, Points> => {
      const model = new Classifier(engine, seed);
      model.freeze('hidden.bias');
      model.hidden.bias!.set([seed, 2, 3, 4]);
      return new TaskTrainer(model, classification(model, (step) => [points(step, 6), points(step + 50, 6, 2)]), run);
    };
    const straight = start(1);
    const losses = await finish(straight);
    const interrupted = start(1);
    for (let step = 0; step < 5; step++) await interrupted.step();
    const bytes = await toCheckpoint(interrupted, { note: 'half-way' });

    const resumed = start(2);
    expect(restoreCheckpoint(resumed, bytes)).toEqual({ note: 'half-way' });
    expect([...(await resumed.model.hidden.bias!.data())]).toEqual([1, 2, 3, 4]); // the frozen part is in the file, too
    const close = engine.backend.floatType === 'float32' ? 0 : 1e-6; // a checkpoint holds float32
    (await finish(resumed)).forEach((loss, i) => expect(Math.abs(loss - losses[i + 5]!)).toBeLessThanOrEqual(close));
    if (close === 0) expect(await weightsOf(resumed.model)).toEqual(await weightsOf(straight.model));

    const other = new TaskTrainer(new Classifier(engine), classification(new Classifier(engine), () => points(0, 2)), run);
    expect(() => restoreCheckpoint(other, bytes)).toThrow(/other frozen parameters: hidden\.bias were frozen, and now none are/);
  });
});

describe('what cannot be', async () => {
  const engine = await init('cpu');
  const model = new Classifier(engine);

  it('is named', async () => {
    const start = (task: object, options: object = {}): TaskTrainer => new TaskTrainer(model, { ...classification(model, () => points(0, 2)), ...task } as never, options);
    await expect(start({ batch: () => [] }).step()).rejects.toThrow(/batch\(0\).*at least one/);
    await expect(start({ batch: () => [points(0, 2), points(1, 2)], targetCount: () => -1 }).step()).rejects.toThrow(/targetCount\(\).*gave -1/);
    await expect(start({ loss: ({ points: x }: Record<string, never>) => model.forward(x!) }).step()).rejects.toThrow(/shape \(2, 3\); expected a single number/);
    expect(() => start({}, { optimizer: 'Adam' })).toThrow(/optimizer is "Adam"; expected "AdamW" or "SGD"/);
    expect(() => start({}, { learnigRate: 0.1 })).toThrow(/unknown option 'learnigRate', did you mean 'learningRate'\?; known: steps\?, learningRate\?/);
    expect(() => start({}, { batchSize: 4 })).toThrow(/unknown option 'batchSize'/); // the task makes its batches itself
    expect(() => start({}, { groups: [{ names: ['output'], rate: 1 }] })).toThrow(/a group: unknown option 'rate'; known: names, learningRate\?, weightDecay\?/);
    expect(() => new TaskTrainer(model, classification(model, () => points(0, 2)), {}, { activationCheckpointing: true } as object)).toThrow(/its modes: unknown option 'activationCheckpointing'; known: eager\?/);
    expect(() => start({}, { maximumLoss: 0 })).toThrow(/maximumLoss is 0/);
    expect(() => start({}, { optimizer: 'SGD', momentum: 2 })).toThrow(/momentum is 2/);
  });

  it('a step that throws leaves the model outside training mode, and the trainer usable', async () => {
    let isBroken = true;
    const trainer = new TaskTrainer(model, {
      ...classification(model, () => points(0, 4)),
      loss({ points: x, kinds }) {
        expect(model.hidden.training).toBe(true);
        if (isBroken) throw new Error('no loss today');
        return crossEntropy(model.forward(x), kinds);
      },
    });
    await expect(trainer.step()).rejects.toThrow('no loss today');
    expect(model.training || model.hidden.training).toBe(false);
    expect(trainer.stepsDone).toBe(0);
    isBroken = false;
    expect((await trainer.step()).step).toBe(1);
    expect(trainer.optimizer.stepCount).toBe(1);
  });

  it.each([true, false])('a step that throws at its second batch leaves no gradients of the first: eager %s', async (eager) => {
    const run = async (failing: boolean): Promise<number[]> => {
      const own = new Classifier(engine);
      let calls = 0;
      const task = classification(own, () => [points(0, 4), points(1, 4)]);
      const trainer = new TaskTrainer(own, { ...task, loss: (batch) => (failing && ++calls === 2 ? expect.fail('broken') : task.loss(batch)) }, options, { eager });
      if (failing) await expect(trainer.step()).rejects.toThrow('broken');
      await trainer.step();
      return weightsOf(own);
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it.each(['cpu', 'wasm'] as const)('a trainer can be freed after its engine, on %s', async (device) => {
    const own = await init(device);
    const theirs = new Classifier(own);
    const trainer = new TaskTrainer(theirs, classification(theirs, () => points(0, 4)));
    await trainer.step();
    own.dispose();
    expect(() => trainer.dispose()).not.toThrow();
  });
});
