// The environment in which peers run: without variables that slow them down, because the machine may have them set.

/**
 * Variables that choose another kernel, number of threads, allocator or memory layout: OPENBLAS_CORETYPE=Prescott, for one, makes PyTorch three
 * times slower. Peers decide for themselves, or the benchmark tries the settings.
 */
const HANDICAP = /^((OPENBLAS|GOTO|BLIS|NVPL|MKL|DNNL|ONEDNN|OMP|GOMP|KMP|ATEN|MALLOC|RAYON|TOKENIZERS)_.*|NODE_OPTIONS|LD_PRELOAD|GLIBC_TUNABLES)$/;

/**
 * @param {Record<string, string | undefined>} [environment]
 * @param {Record<string, string>} [settings]  chosen by the benchmark
 * @returns {Record<string, string>}
 */
export function peerEnvironment(environment = process.env, settings = {}) {
  return { ...Object.fromEntries(Object.entries(environment).filter(([name]) => !HANDICAP.test(name))), ...settings };
}
