// The whole model against PyTorch: logits, every gradient's norm, ten AdamW steps. See fixtures/README.md.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AdamW, backward, clipFactor, init, type Engine } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { Decoder, huggingFaceNames, type Transformer } from '../src/index.js';
import { loadModel } from '../src/node.js';

const folder = fileURLToPath(new URL('./fixtures/tiny-gpt2', import.meta.url));
const expected = JSON.parse(await readFile(`${folder}/expected.json`, 'utf8')) as {
  ids: number[];
  logits: number[];
  gradients: { loss: number; norms: Record<string, number> };
  training: { losses: number[] };
};
const RELATIVE = 1e-4;

function expectRelative(actual: number, wanted: number, what: string): void {
  expect(Math.abs(actual - wanted) / Math.max(Math.abs(wanted), 1e-3), `${what}: ${actual} instead of ${wanted}`).toBeLessThan(RELATIVE);
}

function lossOn(model: Transformer, ids: number[]) {
  const { engine } = model;
  const count = ids.length - 1;
  return model.loss(engine.tensor(ids.slice(0, -1), [1, count], 'int32'), engine.tensor(ids.slice(1), [1, count], 'int32'));
}

const devices: [string, () => Promise<Engine>][] = [
  ['cpu in double precision', () => init('cpu', { precision: 'float64' })],
  ['cpu', () => init('cpu')],
  ['wasm with relaxed multiply-add', () => init('wasm', { relaxed: true })],
  ['wasm without', () => init('wasm', { relaxed: false })],
];

describe.each(devices)('GPT-2 on %s agrees with PyTorch', async (_, make) => {
  const engine = await make();

  it('in its logits, in one pass and token by token with a cache', async () => {
    const model = await loadModel(engine, folder);
    const logits = engine.scope(() => model.forward(engine.tensor(expected.ids, [1, expected.ids.length], 'int32')));
    const last = (await logits.data()).slice(-expected.logits.length);
    expected.logits.forEach((logit, i) => expectRelative(last[i]!, logit, `logit ${i}`));
    const decoder = new Decoder(model);
    for (let count = 1; count <= expected.ids.length; count++) {
      const next = await decoder.next(expected.ids.slice(0, count));
      if (count === expected.ids.length) expected.logits.forEach((logit, i) => expectRelative(next[i]!, logit, `cached logit ${i}`));
    }
    model.dispose();
  });

  it('in the loss and the norm of every gradient', async () => {
    const model = await loadModel(engine, folder);
    const loss = engine.scope(() => {
      const value = lossOn(model, expected.ids);
      backward(value);
      return value;
    });
    expectRelative(await loss.item(), expected.gradients.loss, 'loss');
    const names = huggingFaceNames(model);
    expect([...names.keys()].map((name) => name.replace('transformer.', '')).sort()).toEqual(Object.keys(expected.gradients.norms).sort());
    for (const [name, parameter] of names) {
      const gradient = await parameter.gradient!.data();
      expectRelative(Math.hypot(...gradient), expected.gradients.norms[name.replace('transformer.', '')]!, `norm of ${name}`);
    }
    model.dispose();
  });

  it('in the losses of ten AdamW steps', async () => {
    const model = await loadModel(engine, folder);
    const optimizer = new AdamW(model.parameters(), { learningRate: 1e-3, betas: [0.9, 0.99], weightDecay: 0.1 });
    for (const [step, wanted] of expected.training.losses.entries()) {
      const loss = engine.scope(() => {
        const value = lossOn(model, expected.ids);
        backward(value);
        optimizer.step({ gradientFactor: clipFactor(optimizer.parameters, 1) });
        optimizer.zeroGradients();
        return value;
      });
      expectRelative(await loss.item(), wanted, `loss before step ${step + 1}`);
      loss.dispose();
    }
    optimizer.dispose();
    model.dispose();
  });
});
