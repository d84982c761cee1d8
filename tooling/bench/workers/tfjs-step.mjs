// The same GPT training step written with tfjs. argv: the name of the configuration, the number of threads.
// tfjs-backend-wasm has no kernel for the gradient of gather, so tokens are looked up as one-hot rows times the table.
import * as tf from '@tensorflow/tfjs';
import { steps } from '../lib/sizes.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { startTfjs, stopTfjs } from '../lib/peers/tfjs.mjs';

const { vocabSize: V, contextLength: T, layers: L, heads: H, width: C, batchSize: B } = steps[process.argv[2]];
const backend = await startTfjs(Number(process.argv[3] ?? 1));

const parameters = [];
const parameter = (shape, deviation) => {
  const variable = tf.variable(deviation ? tf.randomNormal(shape, 0, deviation) : deviation === 0 ? tf.zeros(shape) : tf.ones(shape));
  parameters.push({ variable, first: tf.variable(tf.zeros(shape), false), second: tf.variable(tf.zeros(shape), false), decays: shape.length >= 2 });
  return variable;
};
const norm = () => ({ weight: parameter([C]), bias: parameter([C], 0) });
const linear = (inputs, outputs, deviation = 0.02) => ({ weight: parameter([inputs, outputs], deviation), bias: parameter([outputs], 0) });

const wte = parameter([V, C], 0.02);
const wpe = parameter([T, C], 0.02);
const residual = 0.02 / Math.sqrt(2 * L);
const blocks = Array.from({ length: L }, () => ({
  norm1: norm(), qkv: linear(C, 3 * C), projection: linear(C, C, residual),
  norm2: norm(), fc: linear(C, 4 * C), out: linear(4 * C, C, residual),
}));
const finalNorm = norm();
const mask = tf.tensor2d(Array.from({ length: T }, (_, q) => Array.from({ length: T }, (_, k) => (k > q ? -1e9 : 0))));

const apply = (x, { weight, bias }) => tf.add(tf.matMul(x, weight), bias);
const normalize = (x, { weight, bias }) => {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), weight), bias);
};
const gelu = (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x)))))), 1));
const heads = (x) => tf.transpose(tf.reshape(x, [B, T, H, C / H]), [0, 2, 1, 3]);

function attention(x, block) {
  const [q, k, v] = tf.split(tf.reshape(apply(x, block.qkv), [B, T, 3 * C]), 3, -1).map(heads);
  const scores = tf.add(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(C / H)), mask);
  const y = tf.matMul(tf.softmax(scores), v);
  return apply(tf.reshape(tf.transpose(y, [0, 2, 1, 3]), [B * T, C]), block.projection);
}

function lossOf(ids, targets) {
  let x = tf.reshape(tf.add(tf.reshape(tf.matMul(tf.cast(tf.oneHot(ids, V), 'float32'), wte), [B, T, C]), wpe), [B * T, C]);
  for (const block of blocks) {
    x = tf.add(x, attention(normalize(x, block.norm1), block));
    x = tf.add(x, apply(gelu(apply(normalize(x, block.norm2), block.fc)), block.out));
  }
  const logits = tf.matMul(normalize(x, finalNorm), wte, false, true);
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.cast(tf.oneHot(targets, V), 'float32'), tf.logSoftmax(logits)), -1)));
}

let step = 0;
function train() {
  const random = () => tf.tensor1d(Int32Array.from({ length: B * T }, () => Math.floor(Math.random() * V)), 'int32');
  const [ids, targets] = [random(), random()];
  const { value, grads } = tf.variableGrads(() => lossOf(ids, targets), parameters.map(({ variable }) => variable));
  tf.tidy(() => {
    step++;
    const total = tf.addN(Object.values(grads).map((g) => tf.sum(tf.square(g))));
    const clip = tf.minimum(1, tf.div(1, tf.add(tf.sqrt(total), 1e-6)));
    for (const { variable, first, second, decays } of parameters) {
      const g = tf.mul(grads[variable.name], clip);
      first.assign(tf.add(tf.mul(first, 0.9), tf.mul(g, 0.1)));
      second.assign(tf.add(tf.mul(second, 0.99), tf.mul(tf.square(g), 0.01)));
      const update = tf.div(tf.div(first, 1 - 0.9 ** step), tf.add(tf.sqrt(tf.div(second, 1 - 0.99 ** step)), 1e-8));
      variable.assign(tf.sub(tf.mul(variable, decays ? 1 - 1e-3 * 0.1 : 1), tf.mul(update, 1e-3)));
    }
  });
  const loss = value.dataSync()[0];
  tf.dispose([ids, targets, value, Object.values(grads)]);
  if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
}

const times = await measure(train, { warmup: 2, minimum: 3, seconds: 6 });
report({ backend, milliseconds: median(times), parameters: parameters.reduce((count, { variable }) => count + variable.size, 0) });
stopTfjs();
