// A tiny GPT on the gpu backend in this browser's mode learns and writes what it does on cpu.
import { inject } from 'vitest';
import { gpuTrainingTests } from '../../test/support/gpu-training-cases.js';

gpuTrainingTests(inject('gpu') as 'webgpu' | 'webgl2');
