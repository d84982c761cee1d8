// Which kernels of OpenBLAS a peer may be measured on.
import { describe, expect, it } from 'vitest';
import { judgeKernel, peerEnvironment } from '../lib/openblas.mjs';

describe('a peer that links OpenBLAS', () => {
  it('gets no handicap from the environment', () => {
    expect(peerEnvironment({ PATH: '/bin', OPENBLAS_CORETYPE: 'Prescott', OPENBLAS_L2_SIZE: '1', OPENBLAS_NUM_THREADS: '2' })).toEqual({ PATH: '/bin', OPENBLAS_NUM_THREADS: '2' });
  });

  it('is refused on an old kernel where the processor can do better', () => {
    expect(judgeKernel('Prescott', true)).toContain('old kernel Prescott');
    expect(judgeKernel('Generic', true)).toContain('below its best');
    expect(judgeKernel('Prescott', false)).toBeUndefined();
    for (const kernel of ['SkylakeX', 'Haswell', 'Zen', 'Cooperlake']) expect(judgeKernel(kernel, true)).toBeUndefined();
  });
});
