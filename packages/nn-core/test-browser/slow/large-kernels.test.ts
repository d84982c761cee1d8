// The large cases of the gpu backend's kernels in this browser's mode. Their shaders are those of the small ones in ../gpu.
import { inject } from 'vitest';
import { largeKernelTests } from '../../test/support/gpu-cases.js';

largeKernelTests(inject('gpu') as 'webgpu' | 'webgl2');
