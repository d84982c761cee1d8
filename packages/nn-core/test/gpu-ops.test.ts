// The gpu backend in Node, on Dawn: what it computes. The same tests run in browsers, on WebGPU and on WebGL2.
import '@kk/vitest-config/swiftshader';
import { gpuTests } from './support/gpu-cases.js';

gpuTests('webgpu');
