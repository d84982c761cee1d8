// The convolution of tfjs-backend-wasm (XNNPACK): forward with bias and relu in the same kernel, and forward and back to the image.
// It has no kernel for the gradient by the weight ("Conv2DBackpropFilter not registered for backend 'wasm'"), so it cannot train one.
// argv: how many threads, default 1.
import * as tf from '@tensorflow/tfjs';
import { convolutions, digits } from '../lib/sizes.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { startTfjs, stopTfjs } from '../lib/peers/tfjs.mjs';

const result = { backend: await startTfjs(Number(process.argv[2] ?? 1)) };
for (const [name, { kernel, inputs, outputs }] of Object.entries(convolutions)) {
  const random = (shape) => tf.randomUniform(shape, -0.5, 0.5);
  const [x, filter, bias] = [random([digits.batchSize, digits.side, digits.side, inputs]), random([kernel, kernel, inputs, outputs]), random([outputs])];
  const convolve = () => tf.fused.conv2d({ x, filter, bias, strides: 1, pad: 'same', activation: 'relu' }).dispose();
  const gradient = tf.grad((image) => tf.sum(tf.relu(tf.add(tf.conv2d(image, filter, 1, 'same'), bias))));
  result[name] = {
    forward: median(await measure(convolve, { seconds: 2 })),
    byImage: median(await measure(() => gradient(x).dispose(), { seconds: 2 })),
  };
}
report(result);
stopTfjs();
