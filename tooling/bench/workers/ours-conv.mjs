// Our convolution of digits: forward with bias and relu, the gradient by the image, and a whole training step. argv: how many threads, default all.
import { backward, conv2d, init, sum } from '@kk/nn-core';
import { convolutions, digits } from '../lib/sizes.mjs';
import { measure, median, report } from '../lib/measure.mjs';

const engine = await init('wasm', process.argv[2] ? { threads: Number(process.argv[2]) } : {});
const random = (shape) => engine.parameter(engine.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => Math.random() - 0.5), shape));
const constant = (parameter) => engine.keep(engine.alias(parameter));

/** Milliseconds of forward and backward, the gradients of `parameters` being thrown away. */
async function timeOfStep(x, weight, bias, parameters) {
  const step = () => {
    engine.scope(() => backward(sum(conv2d(x, weight, { bias, activation: 'relu', padding: 'same' }))));
    for (const parameter of parameters) {
      parameter.gradient.dispose();
      parameter.gradient = null;
    }
  };
  return median(await measure(step, { seconds: 2 }));
}

const result = { backend: engine.backend.description };
for (const [name, { kernel, inputs, outputs }] of Object.entries(convolutions)) {
  const x = random([digits.batchSize, digits.side, digits.side, inputs]);
  const weight = random([kernel, kernel, inputs, outputs]);
  const bias = random([outputs]);
  const convolve = () => engine.scope(() => engine.noGradient(() => void conv2d(x, weight, { bias, activation: 'relu', padding: 'same' })));
  result[name] = {
    forward: median(await measure(convolve, { seconds: 2 })),
    byImage: await timeOfStep(x, constant(weight), constant(bias), [x]),
    // The first layer of a network needs no gradient by its images.
    step: await timeOfStep(inputs === 1 ? constant(x) : x, weight, bias, inputs === 1 ? [weight, bias] : [x, weight, bias]),
  };
}
report(result);
engine.dispose();
