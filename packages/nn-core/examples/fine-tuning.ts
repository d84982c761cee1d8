import { AdamW, backward, crossEntropy, init, Linear, Module, Random, type Engine, type Tensor } from '@kk/nn-core';

class Classifier extends Module {
  readonly hidden;
  readonly output;

  constructor(engine: Engine, random: Random) {
    super();
    this.hidden = new Linear(engine, { inputs: 2, outputs: 8, activation: 'relu' }, random);
    this.output = new Linear(engine, { inputs: 8, outputs: 2 }, random);
  }

  forward(x: Tensor): Tensor {
    return this.output.forward(this.hidden.forward(x));
  }
}

const engine = await init('wasm');
const model = new Classifier(engine, new Random(1));
model.freeze('hidden.bias'); // a name, in which * stands for any part, or a RegExp; the name of a layer means all that is in it
const optimizer = new AdamW(
  [
    { parameters: model.hidden.parameters(), learningRate: 0.001 }, // slower than the rest; frozen ones are left out
    { parameters: model.output.parameters(), weightDecay: 0 },
  ],
  { learningRate: 0.05 }, // for what a group does not say
);
const before = new Map<string, ArrayLike<number>>();
for (const [name, parameter] of model.namedParameters()) before.set(name, await parameter.data());

engine.scope(() => {
  const x = engine.tensor([1, 0, 0, 1], [2, 2]);
  backward(crossEntropy(model.forward(x), engine.tensor([0, 1], [2], 'int32')));
  optimizer.step();
  optimizer.zeroGradients();
});
for (const [name, parameter] of model.namedParameters()) {
  const changes = Array.from(await parameter.data(), (value, i) => Math.abs(value - before.get(name)![i]!));
  console.log(`${name} moved by ${Math.max(...changes).toFixed(3)}`);
}
engine.dispose();
