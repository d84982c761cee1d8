// Llama, Mistral and Qwen2 against an independent implementation in PyTorch: logits, loss, every gradient's norm, ten AdamW steps. The
// folders are loaded as users load them: whole and sharded, in three precisions, tied and untied, with windows and scaled positions.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AdamW, backward, clipFactor, init, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { Decoder, huggingFaceNames, type Transformer } from '../src/index.js';
import { loadModel } from '../src/node.js';

interface Expected {
  ids: number[];
  loss: { loss: number; logits_first: number[]; logits_last: number[]; argmax: number[] };
  grads: { loss: number; norm: number; norms: Record<string, number> };
  steps: { losses: number[]; norms: number[]; final: number };
}

const fixtures = fileURLToPath(new URL('./fixtures/llama', import.meta.url));
const names = (await readdir(fixtures, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** In float32 rounding alone reaches a few millionths of the largest logit. */
const devices: [string, { numbers: number; losses: number }, () => Promise<Engine>][] = [
  ['cpu in double precision', { numbers: 1e-10, losses: 1e-10 }, () => init('cpu', { precision: 'float64' })],
  ['wasm with relaxed multiply-add', { numbers: 1e-5, losses: 1e-4 }, () => init('wasm', { relaxed: true })],
  ['wasm without', { numbers: 1e-5, losses: 1e-4 }, () => init('wasm', { relaxed: false })],
];

/** Within the tolerance, of numbers of a size above 1 relative to it. */
function expectNear(actual: number, wanted: number, tolerance: number, what: string, size = Math.abs(wanted)): void {
  expect(Math.abs(actual - wanted) / Math.max(size, 1), `${what}: ${actual} instead of ${wanted}`).toBeLessThan(tolerance);
}

const largest = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((most, number) => Math.max(most, Math.abs(number)), 0);

function lossOn(model: Transformer, ids: number[]): Tensor {
  const count = ids.length - 1;
  return model.loss(model.engine.tensor(ids.slice(0, -1), [1, count], 'int32'), model.engine.tensor(ids.slice(1), [1, count], 'int32'));
}

describe.each(names)('%s', async (name) => {
  const folder = join(fixtures, name);
  const { ids, loss, grads, steps } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Expected;

  describe.each(devices)('on %s agrees with PyTorch', async (_, tolerance, make) => {
    const engine = await make();

    it('in its logits, in one pass and token by token with a cache', async () => {
      const model = await loadModel(engine, folder);
      const logits = await engine.scope(() => model.forward(engine.tensor(ids, [1, ids.length], 'int32'))).data();
      const { vocabSize } = model.config;
      const row = (position: number): ArrayLike<number> => logits.slice(position * vocabSize, (position + 1) * vocabSize);
      for (const [what, wanted, position] of [['first', loss.logits_first, 0], ['last', loss.logits_last, ids.length - 1]] as const) {
        wanted.forEach((logit, i) => expectNear(row(position)[i]!, logit, tolerance.numbers, `logit ${i} of the ${what} position`, largest(wanted)));
      }
      const decoder = new Decoder(model);
      for (let count = 1; count <= ids.length; count++) {
        const next = await decoder.next(ids.slice(0, count));
        const uncached = row(count - 1);
        next.forEach((logit, i) => expectNear(logit, uncached[i]!, tolerance.numbers, `cached logit ${i} at position ${count - 1}`, largest(uncached)));
        expect(next.indexOf(Math.max(...next))).toBe(loss.argmax[count - 1]);
      }
      decoder.dispose();
      model.dispose();
    });

    it('in the loss and the norm of every gradient', async () => {
      const model = await loadModel(engine, folder);
      const value = engine.scope(() => {
        const mean = lossOn(model, ids);
        backward(mean);
        return mean;
      });
      expectNear(await value.item(), loss.loss, tolerance.numbers, 'loss');
      const parameters = huggingFaceNames(model);
      expect([...parameters.keys()].sort()).toEqual(Object.keys(grads.norms).sort());
      for (const [parameter, tensor] of parameters) expectNear(Math.hypot(...(await tensor.gradient!.data())), grads.norms[parameter]!, tolerance.numbers, `norm of ${parameter}`);
      model.dispose();
    });

    it('in the losses of ten AdamW steps', async () => {
      const model = await loadModel(engine, folder);
      const optimizer = new AdamW(model.parameters(), { learningRate: 1e-3, betas: [0.9, 0.95], weightDecay: 0.1 });
      for (const [step, wanted] of steps.losses.entries()) {
        const value = engine.scope(() => {
          const mean = lossOn(model, ids);
          backward(mean);
          optimizer.step({ gradientFactor: clipFactor(optimizer.parameters, 1) });
          optimizer.zeroGradients();
          return mean;
        });
        expectNear(await value.item(), wanted, tolerance.losses, `loss before step ${step + 1}`);
        value.dispose();
      }
      expectNear(await engine.scope(() => lossOn(model, ids)).item(), steps.final, tolerance.losses, 'loss after the last step');
      optimizer.dispose();
      model.dispose();
    });
  });
});
