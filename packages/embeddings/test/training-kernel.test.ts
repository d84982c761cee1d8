// The kernels of prediction beside plain loops: the same bits as those in float32, nearly the numbers of those in float64, and these have
// the gradients of the tape.
import { backward, binaryCrossEntropy, embedding, init, matmul, mean, Random, reshape, scale, transpose } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { readCorpus, type WordVectorOptions, WordVectorTrainer } from '../src/index.js';
import { finished } from '../src/training/steps.js';
import { littleCorpus } from './support/little-corpus.js';
import { float32, float64, ReferenceTrainer } from './support/reference-trainer.js';

const corpus = await readCorpus(littleCorpus(), { minCount: 1 });
const common: WordVectorOptions = { epochs: 2, subsample: 0.01, seed: 2 ** 40 + 7, learningRate: 0.1 };
const cases: Record<string, WordVectorOptions> = {
  'skip-gram, negative sampling': { ...common, width: 10 },
  'skip-gram, one negative, no subsampling': { ...common, width: 8, negatives: 1, subsample: 0 },
  'skip-gram, seven negatives, window 1': { ...common, width: 13, negatives: 7, window: 1 },
  'skip-gram, hierarchical softmax': { ...common, width: 10, loss: 'hierarchical-softmax' },
  'skip-gram with n-grams': { ...common, width: 10, subwords: { minLength: 2, maxLength: 3, buckets: 50 } },
  'CBOW, negative sampling': { ...common, width: 10, model: 'cbow' },
  'CBOW, hierarchical softmax': { ...common, width: 9, model: 'cbow', loss: 'hierarchical-softmax' },
  'CBOW with n-grams': { ...common, width: 10, model: 'cbow', subwords: { minLength: 3, maxLength: 3, buckets: 7 } },
};
/** Float64 goes another way here: rounding grows from example to example. */
const wild: Record<string, WordVectorOptions> = { 'scores beyond the ends of the table': { ...common, width: 10, learningRate: 1, epochs: 6 } };

/** The rows of a word, averaged as the trainer does it. */
function vectorOf(trainer: WordVectorTrainer, reference: ReferenceTrainer, word: number, round: (x: number) => number): number[] {
  const rows = [...trainer.rowsOf(word)].map((row) => reference.input[row]);
  const factor = round(1 / rows.length);
  return rows[0].map((_, i) => {
    const sum = rows.reduce((before, row) => round(before + row[i]), 0);
    return rows.length === 1 ? sum : round(sum * factor);
  });
}

describe.each(Object.entries({ ...cases, ...wild }))('%s', (name, options) => {
  const trainer = new WordVectorTrainer(corpus, options);
  const { matrix, words, width } = finished(trainer.steps());

  it('has the bits of the loop in float32', () => {
    const reference = new ReferenceTrainer(corpus, trainer.settings, float32);
    reference.run();
    const expected = words.flatMap((_, word) => vectorOf(trainer, reference, word, Math.fround));
    expect(new Uint32Array(matrix.buffer)).toEqual(new Uint32Array(Float32Array.from(expected).buffer));
  });

  if (name in wild) return;
  it('is close to the loop in float64', () => {
    const reference = new ReferenceTrainer(corpus, trainer.settings, float64);
    reference.run();
    const expected = words.flatMap((_, word) => vectorOf(trainer, reference, word, (x) => x));
    const largest = Math.max(...expected.map(Math.abs));
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - matrix[i])));
    expect(largest).toBeGreaterThan(1 / width); // it learned something
    expect(worst / largest).toBeLessThan(1e-4); // rounding, and the table of the logistic function
  });
});

it('an example changes vectors by the gradients of the tape', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  const random = new Random(5);
  const rows = 6;
  const width = 5;
  const { settings } = new WordVectorTrainer(corpus, { width });
  const reference = new ReferenceTrainer(corpus, settings, float64);
  const normal = (): number[] => Array.from({ length: width }, () => random.normal());
  for (let i = 0; i < rows; i++) reference.output[i] = normal();
  const hiddenRows = [normal(), normal(), normal()];
  const hidden = hiddenRows[0].map((_, i) => hiddenRows.reduce((sum, row) => sum + row[i] / 3, 0));
  const targets = [3, 0, 5, 1].map((row, k) => ({ row, label: Number(k === 0) }));

  const input = engine.parameter(engine.tensor(hiddenRows.flat(), [3, width]));
  const output = engine.parameter(engine.tensor(reference.output.slice(0, rows).flat(), [rows, width]));
  const chosen = embedding(engine.tensor(targets.map(({ row }) => row), [4], 'int32'), output);
  const scores = matmul(reshape(mean(input, 0), [1, width]), transpose(chosen));
  backward(scale(binaryCrossEntropy(scores, engine.tensor(targets.map(({ label }) => label), [1, 4])), 4));

  const before = reference.output.map((row) => [...row]);
  const rate = 0.125;
  const gradient = reference.learnExample(hidden, targets, rate);
  const ofOutput = await output.gradient!.data();
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) expect(reference.output[row][i] - before[row][i]).toBeCloseTo(-rate * ofOutput[row * width + i], 12);
  }
  // Each of three rows has a third of the gradient of their mean; the update gives each row the whole, as word2vec and fastText do.
  const ofInput = await input.gradient!.data();
  for (let i = 0; i < 3 * width; i++) expect(gradient[i % width] / 3).toBeCloseTo(-rate * ofInput[i], 12);
});

it('a learning rate that is far too high is an error', () => {
  expect(() => finished(new WordVectorTrainer(corpus, { ...common, width: 10, learningRate: 4 }).steps())).toThrow('The vectors became infinite in epoch 1; use a learning rate below 4');
});
