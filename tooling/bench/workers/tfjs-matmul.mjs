// The matrix product of tfjs-backend-wasm (XNNPACK), square, float32.
import * as tf from '@tensorflow/tfjs';
import { matrixSides } from '../lib/sizes.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { startTfjs } from '../lib/tfjs.mjs';

const result = { backend: await startTfjs() };
for (const side of matrixSides) {
  const a = tf.randomUniform([side, side]);
  const b = tf.randomUniform([side, side]);
  result[side] = median(await measure(() => tf.matMul(a, b).dispose(), { seconds: 2 }));
}
report(result);
