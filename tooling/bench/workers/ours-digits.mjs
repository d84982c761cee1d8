// Measures one epoch of digits with nn-core: batch, forward, backward, Adam. argv: the number of threads.
import { AdamW, backward, crossEntropy, init, Linear, Random } from '@kk/nn-core';
import { batchSize, classes, heldOut, hidden, learningRate, pixels, right, training } from '../lib/digits-task.mjs';
import { measure, median, report } from '../lib/measure.mjs';

const engine = await init('wasm', { threads: Number(process.argv[2]) });
const { x, labels, count } = training();
const held = heldOut();

let layers;
const forward = (input) => layers.reduce((values, layer) => layer.forward(values), input);

async function epoch() {
  const random = new Random(1);
  layers = [new Linear(engine, { inputs: pixels, outputs: hidden, activation: 'relu' }, random), new Linear(engine, { inputs: hidden, outputs: classes }, random)];
  const optimizer = new AdamW(layers.flatMap((layer) => [...layer.parameters()]), { learningRate, weightDecay: 0 });
  let last;
  for (let at = 0; at < count; at += batchSize) {
    const rows = Math.min(batchSize, count - at);
    last?.dispose();
    last = engine.scope(() => {
      const loss = crossEntropy(forward(engine.tensor(x.subarray(at * pixels, (at + rows) * pixels), [rows, pixels])), engine.tensor(labels.subarray(at, at + rows), [rows], 'int32'));
      backward(loss);
      optimizer.step();
      optimizer.zeroGradients();
      return loss;
    });
  }
  if (!Number.isFinite(await last.item())) throw new Error('the loss is not finite');
  last.dispose();
}

const times = await measure(epoch, { warmup: 1, minimum: 3, seconds: 4 });
const logits = engine.scope(() => forward(engine.tensor(held.x, [held.count, pixels])));
report({ backend: engine.backend.description, milliseconds: median(times), right: right(await logits.data(), held.labels) });
engine.dispose();
