// A user's page that trains: what Vite builds of this, minified, is what ../../gpu-minified.test.ts opens in a browser.
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { GPT } from '../../../src/index.js';
import { train } from '../tiny-training.js';

export interface PageResult {
  /** What the minifier made of the name of the class `GPT`. */
  readonly className: string;
  /** What ran. */
  readonly description: string;
  readonly gpu: readonly number[];
  readonly cpu: readonly number[];
}

/** Asks for no mode, as most users do: it gets the best that the browser has. */
async function tenSteps(): Promise<PageResult> {
  const engine = await init(createGpuBackend);
  const { losses: gpu } = await train(engine);
  const { losses: cpu } = await train(await init('cpu'));
  return { className: GPT.name, description: engine.backend.description, gpu, cpu };
}

Object.assign(globalThis, { tenSteps });
