// The matrix product of tfjs-backend-wasm (XNNPACK), square, float32. argv: how many threads, default 1.
import * as tf from '@tensorflow/tfjs';
import { matrixSides } from '../lib/sizes.mjs';
import { measure, median, report } from '../lib/measure.mjs';
import { startTfjs, stopTfjs } from '../lib/peers/tfjs.mjs';

const result = { backend: await startTfjs(Number(process.argv[2] ?? 1)) };
for (const side of matrixSides) {
  const a = tf.randomUniform([side, side]);
  const b = tf.randomUniform([side, side]);
  result[side] = median(await measure(() => tf.matMul(a, b).dispose(), { seconds: 2 }));
}
report(result);
stopTfjs();
