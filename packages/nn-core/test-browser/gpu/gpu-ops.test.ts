// The gpu backend in this browser's mode: what it computes. Large cases of kernels are in ../slow, and every day in Node.
import { inject } from 'vitest';
import { gpuTests, isLarge } from '../../test/support/gpu-cases.js';

gpuTests(inject('gpu') as 'webgpu' | 'webgl2', (one) => !isLarge(one));
