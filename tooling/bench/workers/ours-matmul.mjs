// Measures our square float32 matrix product, and the peak of its innermost loop on cached data, before and after; the higher one counts.
import { init, matmul, measurePeak } from '@kk/nn-core';
import { matrixSides } from '../lib/sizes.mjs';
import { measure, median, report } from '../lib/measure.mjs';

const engine = await init('wasm', { threads: 1 });
const peaks = [measurePeak(engine).gigaflops];
const result = { backend: engine.backend.description };
for (const side of matrixSides) {
  const random = () => engine.tensor(Float32Array.from({ length: side * side }, Math.random), [side, side]);
  const a = random();
  const b = random();
  result[side] = median(await measure(() => matmul(a, b).dispose(), { seconds: 2 }));
}
peaks.push(measurePeak(engine).gigaflops);
report({ ...result, peak: Math.max(...peaks) });
engine.dispose();
