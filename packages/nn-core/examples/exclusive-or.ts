import { AdamW, backward, crossEntropy, init, Linear, Random, relu } from '@kk/nn-core';

const engine = await init('wasm'); // or 'cpu': plain TypeScript, slow and obvious
const random = new Random(1);
const hidden = new Linear(engine, { inputs: 2, outputs: 8 }, random);
const output = new Linear(engine, { inputs: 8, outputs: 2 }, random);
const optimizer = new AdamW([...hidden.parameters(), ...output.parameters()], { learningRate: 0.05 });
const x = engine.tensor([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
const isDifferent = engine.tensor([0, 1, 1, 0], [4], 'int32'); // exclusive or
let loss = Infinity;
for (let step = 0; step < 200; step++) {
  const value = engine.scope(() => {
    const loss = crossEntropy(output.forward(relu(hidden.forward(x))), isDifferent);
    backward(loss);
    optimizer.step();
    optimizer.zeroGradients();
    return loss; // everything else is freed here
  });
  loss = await value.item();
  value.dispose();
}
console.log(`${engine.backend.description}: loss ${loss.toFixed(4)}`);
engine.dispose();
