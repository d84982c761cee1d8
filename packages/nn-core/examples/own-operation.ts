import { add, backward, exp, init, log, multiply, record, sigmoid, sum, type Tensor } from '@kk/nn-core';

/** log(1 + exp(x)): a smooth relu. Its derivative is the sigmoid. */
function softplus(x: Tensor): Tensor {
  const y = x.engine.noGradient(() => log(add(exp(x), 1))); // any operations, and the tape sees none of them
  return record('softplus', y, [x], (dy) => [multiply(dy, sigmoid(x))]); // the gradient by each input, given that by the output
}

const engine = await init('wasm');
const x = engine.parameter(engine.tensor([-2, 0, 2]));
const y = engine.scope(() => {
  const result = softplus(x);
  backward(sum(result));
  return result;
});
const show = async (tensor: Tensor) => Array.from(await tensor.data(), (value) => value.toFixed(4)).join(' ');
console.log(`softplus ${await show(y)}, derivative ${await show(x.gradient!)}`);
engine.dispose();
