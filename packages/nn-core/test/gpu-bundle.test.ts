// The kernels out of a minified bundle, as an app ships them: gpu.js gets their text, which no minifier may have touched.
import '@kk/vitest-config/swiftshader';
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import * as gpu from '../src/gpu.js';
import * as main from '../src/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the package, so that the bundle finds gpu.js and webgpu.
const folder = await mkdtemp(join(root, 'node_modules', '.tmp-gpu-bundle-'));
afterAll(() => rm(folder, { recursive: true }));

const sources = { ...main, ...gpu };

/** One step of a network that uses every family of kernels that training needs. */
async function numbersFrom(nn: typeof sources): Promise<Float32Array[]> {
  const engine = await nn.init(nn.createGpuBackend, { mode: 'webgpu' });
  const random = new nn.Random(4);
  const table = engine.parameter(engine.randomNormal([6, 8], random));
  const weight = engine.parameter(engine.randomNormal([8, 24], random));
  const norm = new nn.LayerNorm(engine, 8);
  const optimizer = new nn.AdamW([table, weight, ...norm.parameters()], { learningRate: 0.1 });
  engine.dropoutState.begin(1, 2);
  const ids = engine.tensor([1, 2, 5, 2, 0, 3, 4, 1], [2, 4], 'int32');
  const plan = nn.compileStep(engine, () => {
    const attended = nn.selfAttention(nn.matmul(norm.forward(nn.embedding(ids, table)), weight, { activation: 'gelu' }), { heads: 2, causal: true });
    const loss = nn.crossEntropy(nn.matmul(nn.dropout(attended, 0.1), table, { transposeB: true }), ids);
    nn.backward(loss);
    optimizer.update(nn.clipFactor(optimizer.parameters, 1));
    optimizer.zeroGradients();
    return loss;
  });
  const numbers: Float32Array[] = [];
  for (let step = 0; step < 2; step++) {
    optimizer.prepare();
    numbers.push((await plan.replay().data()) as Float32Array);
  }
  numbers.push((await table.data()) as Float32Array, (await weight.data()) as Float32Array);
  engine.dispose();
  return numbers;
}

it('gives the bits of the sources', async () => {
  const outfile = join(folder, 'bundle.mjs');
  await build({ stdin: { contents: "export * from './index.ts'; export * from './gpu.ts';", resolveDir: join(root, 'src') }, bundle: true, minify: true, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], external: ['node:*', 'gpu.js', 'webgpu'], outfile });
  const bundled = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as typeof sources;
  const numbers = await numbersFrom(bundled);
  expect(numbers[0]![0]).not.toBe(numbers[1]![0]);
  expect(numbers).toEqual(await numbersFrom(sources));
});
