// Gradients accumulated over 1, 2 and 4 batches of ragged data: PyTorch's on the same numbers, those of a GPT on tuning rows, and batches
// without anything to learn.
import { readFileSync } from 'node:fs';
import { GPT, TaskTrainer, Trainer, type BatchArrays, type TrainingTask } from '@kk/gpt';
import type { TrainingRows } from '@kk/gpt/data';
import { crossEntropy, Linear, Random, type Engine } from '@kk/nn-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TuningRows, type LabelledTokens } from '../src/index.js';
import { backends, engineOn } from './support/backends.js';

type Matrix = number[][];

interface Case {
  options: { seed: number; sequences: number; length: number; vocab: number; width: number };
  inputs: { W: Matrix; hidden: Matrix[]; targets: number[][] };
  outputs: { tokens: number; loss: number; micro: Record<string, { tokens: number[]; right: { loss: number; W: Matrix }; wrong: { loss: number } }> };
  grads: { W: Matrix };
}

const cases = readFileSync(new URL('fixtures/accumulate.torch.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case);

/** One step of gradient descent with rate 1: the weights lose the gradient itself. */
const descent = { steps: 2, warmupSteps: 0, learningRate: 1, minimumLearningRate: 1, optimizer: 'SGD', weightDecay: 0, maximumGradientNorm: Infinity } as const;

describe.each(backends)('on $backend', ({ backend, tolerance }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineOn(backend);
  });
  afterAll(() => engine.dispose());

  const near = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThan(tolerance);

  describe.each(cases)('PyTorch, seed $options.seed, $options.sequences sequences', ({ options: { sequences, length, vocab, width }, inputs, outputs, grads }) => {
    it.each([1, 2, 4])('in %i batches', async (count) => {
      const layer = new Linear(engine, { inputs: width, outputs: vocab, bias: false }, new Random(0));
      layer.weight.set(Array.from({ length: width }, (_, row) => inputs.W.map((weights) => weights[row]!)).flat());
      const before = Float64Array.from(layer.weight.dataSync());
      const size = sequences / count;
      const task: TrainingTask<{ hidden: BatchArrays[string]; targets: BatchArrays[string] }> = {
        batch: () =>
          Array.from({ length: count }, (_, batch) => {
            const own = Array.from({ length: size }, (_, i) => batch * size + i);
            const filled = own.flatMap((sequence) => Array.from({ length }, (_, at) => inputs.hidden[sequence]![at] ?? Array.from({ length: width }, () => 3)));
            return {
              hidden: { values: Float64Array.from(filled.flat()), shape: [size * length, width] },
              targets: { values: Int32Array.from(own.flatMap((sequence) => Array.from({ length }, (_, at) => inputs.targets[sequence]![at] ?? -1))), shape: [size * length] },
            };
          }),
        loss: ({ hidden, targets }) => crossEntropy(layer.forward(hidden), targets),
        targetCount: ({ targets }) => targets.values.filter((target) => target >= 0).length,
      };
      const trainer = new TaskTrainer(layer, task, descent);
      const { loss } = await trainer.step();
      near(loss, outputs.loss);
      near(loss, outputs.micro[count]!.right.loss);
      const after = layer.weight.dataSync();
      grads.W.forEach((row, output) => row.forEach((gradient, input) => near(before[input * vocab + output]! - after[input * vocab + output]!, gradient)));
      // A mean of means would be found out wherever the batches have unequal numbers of tokens.
      if (new Set(outputs.micro[count]!.tokens).size > 1) expect(Math.abs(outputs.micro[count]!.wrong.loss - outputs.loss)).toBeGreaterThan(1e-4);
      trainer.dispose();
    });
  });

  const settings = { vocabSize: 20, contextLength: 8, layers: 1, heads: 2, width: 8 };
  /** Examples of very different lengths and numbers of targets. */
  function ragged(): LabelledTokens[] {
    const random = new Random(3);
    return Array.from({ length: 4 }, (_, i) => {
      const length = [2, 9, 4, 8][i]!;
      return { ids: Int32Array.from({ length }, () => random.integer(20)), learned: Uint8Array.from({ length }, (_, at) => (at === length - 1 || (at > 0 && i === 1) ? 1 : 0)) };
    });
  }

  it('a Trainer makes the same step of tuning rows in 1, 2 and 4 batches', async () => {
    const rows = new TuningRows(ragged(), { contextLength: 8, vocabSize: 20, packed: false });
    expect(rows.rowsPerEpoch).toBe(4);
    const results: number[][] = [];
    for (const accumulationSteps of [1, 2, 4]) {
      const model = new GPT(engine, settings, { seed: 1 });
      const trainer = new Trainer(model, rows, { ...descent, batchSize: 4 / accumulationSteps, accumulationSteps });
      const { loss, gradientNorm } = await trainer.step();
      results.push([loss, gradientNorm, ...model.parameters().flatMap((parameter) => [...parameter.dataSync()])]);
      trainer.dispose();
      model.dispose();
    }
    for (const other of results.slice(1)) other.forEach((value, i) => near(value, results[0]![i]!));
  });

  it('a batch with nothing to learn gives the loss 0 and changes nothing', async () => {
    const nothing: TrainingRows = { contextLength: 8, vocabSize: 20, isPacked: false, fingerprint: 'nothing', rows: (numbers) => Promise.resolve({ inputs: new Int32Array(8 * numbers.length), targets: new Int32Array(8 * numbers.length).fill(-1) }) };
    for (const accumulationSteps of [1, 2]) {
      const model = new GPT(engine, settings, { seed: 1 });
      const before = model.parameters().map((parameter) => [...parameter.dataSync()]);
      const trainer = new Trainer(model, nothing, { ...descent, batchSize: 2, accumulationSteps });
      expect(await trainer.step()).toMatchObject({ loss: 0, gradientNorm: 0 });
      expect(model.parameters().map((parameter) => [...parameter.dataSync()])).toEqual(before);
      trainer.dispose();
      model.dispose();
    }
  });

  it('beside others it leaves their gradient as it is', async () => {
    const [one] = ragged().slice(1);
    const alone = new TuningRows([one!], { contextLength: 8, vocabSize: 20, packed: false });
    const { inputs, targets } = await alone.rows([0]);
    const half: TrainingRows = { ...alone, contextLength: 8, vocabSize: 20, isPacked: false, fingerprint: 'half', rows: () => Promise.resolve({ inputs: Int32Array.of(...inputs, ...inputs), targets: Int32Array.of(...targets, ...targets.map(() => -1)) }) };
    const results: number[][] = [];
    for (const [rows, accumulationSteps] of [[alone, 1], [half, 2]] as const) {
      const model = new GPT(engine, settings, { seed: 1 });
      const trainer = new Trainer(model, rows, { ...descent, batchSize: 1, accumulationSteps });
      const { loss } = await trainer.step();
      results.push([loss, ...model.parameters().flatMap((parameter) => [...parameter.dataSync()])]);
      trainer.dispose();
      model.dispose();
    }
    results[1]!.forEach((value, i) => near(value, results[0]![i]!));
  });
});
