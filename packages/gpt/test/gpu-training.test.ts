// A tiny GPT on the gpu backend (in Node: Dawn) learns and writes what it does on cpu.
import '@kk/vitest-config/swiftshader';
import { gpuTrainingTests } from './support/gpu-training-cases.js';

gpuTrainingTests('webgpu');
