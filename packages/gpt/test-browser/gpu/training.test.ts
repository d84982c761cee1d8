// A tiny GPT on the gpu backend in this browser's mode learns and writes what it does on cpu. Its other forms on WebGPU are in ../slow: Node computes
// them with the same WebGPU (Dawn) every day.
import { inject } from 'vitest';
import { gpuTrainingTests } from '../../test/support/gpu-training-cases.js';

const mode = inject('gpu') as 'webgpu' | 'webgl2';

gpuTrainingTests(mode, mode === 'webgpu' ? ['learning'] : undefined);
