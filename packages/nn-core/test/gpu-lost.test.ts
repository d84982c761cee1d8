// A device that is lost, in Node on Dawn.
import '@kk/vitest-config/swiftshader';
import { gpuLostTests } from './support/gpu-lost-cases.js';

gpuLostTests('webgpu');
