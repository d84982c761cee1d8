// Other forms of a tiny GPT and of its training, on this browser's GPU.
import { inject } from 'vitest';
import { gpuTrainingTests } from '../../test/support/gpu-training-cases.js';

gpuTrainingTests(inject('gpu') as 'webgpu' | 'webgl2', ['forms']);
