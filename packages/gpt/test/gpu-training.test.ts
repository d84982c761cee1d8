// A tiny GPT on the gpu backend (in Node: Dawn) learns and writes what it does on cpu.
import '../../nn-core/test/support/gpu-node.js';
import { gpuTrainingTests } from './support/gpu-training-cases.js';

gpuTrainingTests('webgpu');
