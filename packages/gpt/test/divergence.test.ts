// Trainings that blow up: they stop with step and layer, the weights stay those of the step before, and nothing ruined is saved.
import { init, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { DivergenceError, evaluate, fromCheckpoint, GPT, TaskTrainer, toCheckpoint, Trainer, type GPTConfig } from '../src/index.js';
import { classification, Classifier, points, type Points } from './support/tiny-task.js';

const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0.1 };
const taskOptions = { steps: 40, warmupSteps: 0, learningRate: 1e-2, minimumLearningRate: 1e-3, seed: 3 };
const options = { ...taskOptions, batchSize: 4 };
const counting = Int32Array.from({ length: 400 }, (_, i) => i % 7);

async function everything({ model, optimizer }: TaskTrainer<GPT> | TaskTrainer<Classifier, Points>): Promise<number[]> {
  const tensors: Tensor[] = [...model.parameters(), ...optimizer.state().values()];
  return (await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]))).flat();
}

const failureOf = (work: Promise<unknown>): Promise<DivergenceError> =>
  work.then(
    () => expect.fail('it went well'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(DivergenceError);
      return error as DivergenceError;
    },
  );

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm', () => init('wasm', { threads: 1 })],
];

describe.each(devices)('a training that blows up on %s', async (_, make) => {
  const engine = await make();

  it.each([
    ['captured, clipped', false, 1],
    ['captured, without clipping', false, Infinity],
    ['eager', true, 1],
  ])('stops with step and layer and changes nothing: %s', async (_what, eager, maximumGradientNorm) => {
    const model = new GPT(engine, config, { seed: 1 });
    const trainer = new Trainer(model, counting, { ...options, maximumGradientNorm }, { eager });
    for (let step = 0; step < 3; step++) await trainer.step();
    const good = await toCheckpoint(trainer);
    const weight = model.namedParameters().get('blocks.1.attention.projection.weight')!;
    const values = await weight.data();
    weight.set(values.map((value, i) => (i === 5 ? Number.NaN : value)));
    const before = await everything(trainer);
    const error = await failureOf(trainer.step());
    expect(error.message).toMatch(/^Training broke down in step 4: the loss is NaN, first seen in .*weights are those after step 3.*lower learning rate/);
    expect(error.message.includes('clip the gradients')).toBe(maximumGradientNorm === Infinity);
    expect(error).toMatchObject({ step: 4, loss: Number.NaN, layer: 'tokens.weight' }); // the gradient of every parameter is NaN: the first is named
    expect(await everything(trainer)).toEqual(before);
    expect([trainer.stepsDone, trainer.optimizer.stepCount, model.training]).toEqual([3, 3, false]);
    expect(await failureOf(toCheckpoint(trainer))).toMatchObject({ step: 3 });

    // With the weight mended, it goes on as if nothing had been.
    weight.set(values);
    const { trainer: other } = fromCheckpoint(engine, good, counting);
    for (let step = 0; step < 3; step++) expect((await trainer.step()).loss).toBe((await other.step()).loss);
    for (const one of [trainer, other]) one.dispose();
  });

  it('names the layer whose gradient alone is not finite', async () => {
    const model = new Classifier(engine);
    const batch = points(0, 4);
    const trainer = new TaskTrainer(model, classification(model, (step) => {
      const values = batch.points.values.map((value) => (step === 2 ? value * 1e38 : value)); // the gradient of `hidden.weight` overflows
      return { ...batch, points: { ...batch.points, values } };
    }), { ...taskOptions, maximumLoss: Infinity });
    model.hidden.bias!.set([9, 9, 9, 9]);
    model.hidden.weight.set(new Float32Array(16).fill(1e-38));
    await trainer.step();
    model.hidden.weight.set(new Float32Array(16).fill(1e-38));
    await trainer.step();
    model.hidden.weight.set(new Float32Array(16).fill(1e-38));
    const before = await everything(trainer);
    expect(await failureOf(trainer.step())).toMatchObject({ step: 3, gradientNorm: Infinity, layer: 'hidden.weight' });
    expect(await everything(trainer)).toEqual(before);
  });

  it('a loss above its maximum is a spike: the layer with the greatest gradient is named', async () => {
    const model = new Classifier(engine);
    const trainer = new TaskTrainer(model, classification(model, () => points(0, 8)), { ...taskOptions, maximumLoss: 4 });
    await trainer.step();
    model.output.bias!.set([1000, -1000, 0]);
    const before = await everything(trainer);
    const error = await failureOf(trainer.step());
    expect(error.message).toMatch(/the loss \d+ is above its maximum of 4; the greatest gradient is that of output/);
    expect(await everything(trainer)).toEqual(before);
  });

  it('a learning rate of 100 stops long before a loss of 9e10 is saved', async () => {
    const trainer = new Trainer(new GPT(engine, config, { seed: 1 }), counting, { ...options, learningRate: 100 });
    const saved: number[] = [];
    const error = await failureOf((async () => {
      while (!trainer.isDone) {
        await trainer.step();
        await toCheckpoint(trainer);
        saved.push(trainer.stepsDone);
      }
    })());
    expect(error.loss).toBeGreaterThan(10 * Math.log(7)); // what a Trainer allows
    expect(saved.length).toBeLessThan(3);
  });

  it('a step that ruins the weights is not saved, though it looks well itself', async () => {
    const trainer = new Trainer(new GPT(engine, config, { seed: 1 }), counting, { ...options, learningRate: 1e30, maximumGradientNorm: Infinity });
    expect((await trainer.step()).loss).toBeLessThan(3);
    const error = await failureOf(toCheckpoint(trainer));
    expect(error.message).toMatch(/broke down in step 1: .*first seen in \w+.*ruined and are not saved/);
    expect(trainer.model.namedParameters().get(error.layer!)!.gradient).toBeNull();
    await expect(evaluate(trainer.model, counting)).rejects.toThrow(/the loss is (NaN|Infinity).*broke down/);
  });

  it('weights that are not finite are not saved, even where the loss does not meet them', async () => {
    const model = new GPT(engine, { ...config, vocabSize: 9 }, { seed: 1 });
    const trainer = new Trainer(model, counting, options);
    await trainer.step();
    const table = await trainer.optimizer.state(model.namedParameters()).get('secondMoment/positions.weight')!.data();
    trainer.optimizer.state(model.namedParameters()).get('secondMoment/positions.weight')!.set(table.map((value, i) => (i === 3 ? Infinity : value)));
    expect(await failureOf(toCheckpoint(trainer))).toMatchObject({ layer: 'secondMoment/positions.weight' });
  });
});
