// The backends on which numbers are held against PyTorch's, and how near each must come.
import { init, type Engine } from '@kk/nn-core';

export const backends = [
  { backend: 'cpu', tolerance: 1e-12 },
  { backend: 'wasm', tolerance: 1e-5 },
] as const;

/** `cpu` computes in float64, `wasm` in float32 on one thread. */
export const engineOn = (backend: 'cpu' | 'wasm'): Promise<Engine> => (backend === 'cpu' ? init('cpu', { precision: 'float64' }) : init('wasm', { threads: 1 }));
