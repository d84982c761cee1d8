import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('gpt', {
  gpu: ['webgpu', 'webgl2'],
  include: ['test-browser/gpu/**/*.test.ts'],
  globalSetup: ['../nn-core/scripts/generate.mjs'],
});
