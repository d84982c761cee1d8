// The gpu backend in this browser's mode: what it computes.
import { inject } from 'vitest';
import { gpuTests } from '../../test/support/gpu-cases.js';

gpuTests(inject('gpu') as 'webgpu' | 'webgl2');
