// A device that is lost, in this browser's mode.
import { inject } from 'vitest';
import { gpuLostTests } from '../../test/support/gpu-lost-cases.js';

gpuLostTests(inject('gpu') as 'webgpu' | 'webgl2');
