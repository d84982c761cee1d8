// Training on the gpu backend out of a production build, as an app ships it: minified, with gpu.js in it.
import { buildPage, servePage, visit } from '@kk/vitest-config/built-page';
import { init } from '@kk/nn-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageResult } from './support/minified-page/page.js';
import { train } from './support/tiny-training.js';

let folder: string;
let server: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kk-gpu-minified-'));
  await buildPage(fileURLToPath(new URL('support/minified-page', import.meta.url)), folder);
  server = await servePage(folder);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** What the page says, in a Chromium that has no better GPU than this. */
const open = (gpu: 'webgpu' | 'webgl2'): Promise<PageResult> =>
  visit(server.url, gpu, (page) => page.evaluate(() => (globalThis as unknown as { tenSteps(): Promise<PageResult> }).tenSteps()));

describe.each([
  ['webgpu', /^gpu: WebGPU through gpu\.js, .*swiftshader/i],
  ['webgl2', /^gpu: WebGL2 through gpu\.js, .*swiftshader/i],
] as const)('in a Chromium with %s', (gpu, description) => {
  it('learns in ten steps what the sources learn on cpu', async () => {
    const result = await open(gpu);
    expect(result.className).not.toBe('GPT'); // it really was minified
    expect(result.description).toMatch(description);
    const { losses } = await train(await init('cpu'));
    expect(losses.at(-1)!).toBeLessThan(losses[0]! - 0.1); // there is something to agree on
    for (const actual of [result.cpu, result.gpu]) {
      expect(actual).toHaveLength(losses.length);
      actual.forEach((loss, step) => expect(Math.abs(loss - losses[step]!), `step ${step}`).toBeLessThan(1e-4));
    }
  });
});
