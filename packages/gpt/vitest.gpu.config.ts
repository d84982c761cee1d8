import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('gpt', {
  gpu: ['webgpu', 'webgl2'],
  include: ['test-browser/gpu/**/*.test.ts'],
  globalSetup: ['../nn-core/scripts/vitest-setup.mjs'],
  testTimeout: 180_000, // a processor plays the GPU, on a machine that may be busy
});
