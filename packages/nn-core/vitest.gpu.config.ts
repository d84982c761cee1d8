import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('nn-core', { gpu: ['webgpu', 'webgl2'], include: ['test-browser/gpu/**/*.test.ts'], globalSetup: ['./scripts/generate.mjs'] });
