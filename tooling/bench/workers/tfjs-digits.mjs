// Measures the same epoch with tfjs: batch, forward, backward, Adam. argv: the number of threads.
import * as tf from '@tensorflow/tfjs';
import { batchSize, classes, heldOut, hidden, learningRate, pixels, right, training } from '../lib/digits-task.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { startTfjs, stopTfjs } from '../lib/peers/tfjs.mjs';

const backend = await startTfjs(Number(process.argv[2]));
const { x, labels, count } = training();
const held = heldOut();

let parameters = [];
const uniform = (inputs, outputs) => tf.variable(tf.randomUniform([inputs, outputs], -Math.sqrt(6 / inputs), Math.sqrt(6 / inputs)));
const forward = (input) => tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(input, parameters[0]), parameters[1])), parameters[2]), parameters[3]);

function epoch() {
  tf.dispose(parameters);
  parameters = [uniform(pixels, hidden), tf.variable(tf.zeros([hidden])), uniform(hidden, classes), tf.variable(tf.zeros([classes]))];
  const optimizer = tf.train.adam(learningRate);
  let last = 0;
  for (let at = 0; at < count; at += batchSize) {
    const rows = Math.min(batchSize, count - at);
    const loss = tf.tidy(() => {
      const input = tf.tensor2d(x.subarray(at * pixels, (at + rows) * pixels), [rows, pixels]);
      const targets = tf.oneHot(tf.tensor1d(labels.subarray(at, at + rows), 'int32'), classes);
      return optimizer.minimize(() => tf.losses.softmaxCrossEntropy(targets, forward(input)), true, parameters);
    });
    if (at + rows === count) last = loss.dataSync()[0];
    loss.dispose();
  }
  optimizer.dispose();
  if (!Number.isFinite(last)) throw new Error(`the loss is ${last}`);
}

const times = await measure(epoch, { warmup: 1, minimum: 3, seconds: 4 });
const logits = tf.tidy(() => forward(tf.tensor2d(held.x, [held.count, pixels])).dataSync());
report({ backend, milliseconds: median(times), right: right(logits, held.labels) });
stopTfjs();
