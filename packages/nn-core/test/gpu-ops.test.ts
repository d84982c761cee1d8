// The gpu backend in Node, on Dawn: what it computes. The same tests run in browsers, on WebGPU and on WebGL2.
import './support/gpu-node.js';
import { gpuTests } from './support/gpu-cases.js';

gpuTests('webgpu');
