// OpenBLAS, the matrix library of PyTorch and NumPy: the environment in which it chooses its best kernel, and which one it chose.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Variables that disable kernels or tune them for another cache. They are removed, because a machine may have them set. */
const HANDICAPS = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE', 'OPENBLAS_VERBOSE'];

/** The environment for a peer that uses OpenBLAS. */
export function peerEnvironment(environment = process.env) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !HANDICAPS.includes(name)));
}

/** Kernels for processors without AVX2. On a processor with AVX2 they are three times slower than OpenBLAS's own choice. */
const OLD_KERNELS = new Set(['generic', 'prescott', 'core2', 'penryn', 'dunnington', 'nehalem', 'atom', 'sandybridge', 'barcelona', 'bulldozer', 'piledriver', 'steamroller', 'athlon', 'opteron', 'opteron_sse3', 'bobcat', 'nano', 'katmai', 'coppermine', 'northwood', 'banias']);

const ASK = `
import ctypes
blas = ctypes.CDLL('libblas.so.3')
blas.openblas_get_corename.restype = ctypes.c_char_p
print(blas.openblas_get_corename().decode())`;

/** The processor's name and whether it has AVX2, as reported by Linux. */
function processor() {
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8');
    return { name: /^model name\s*: (.*)$/m.exec(text)?.[1] ?? 'unknown processor', hasAvx2: /^flags\s*:.*\bavx2\b/m.test(text) };
  } catch {
    return { name: 'unknown processor', hasAvx2: false };
  }
}

/**
 * @param {string} python  the interpreter that the peer runs with
 * @returns {{ kernel: string, processor: string } | string} OpenBLAS's kernel, or why the peer may not be measured
 */
export function openBlasKernel(python) {
  const { status, stdout } = spawnSync(python, ['-c', ASK], { encoding: 'utf8', env: peerEnvironment() });
  if (status !== 0) return 'its BLAS is no OpenBLAS (Debian: apt-get install libopenblas0-pthread)';
  const kernel = stdout.trim();
  const { name, hasAvx2 } = processor();
  return judgeKernel(kernel, hasAvx2) ?? { kernel, processor: name };
}

/** @returns {string | undefined} why a peer with this kernel would be slower than possible; undefined if the kernel is fine */
export function judgeKernel(kernel, hasAvx2) {
  if (!hasAvx2 || !OLD_KERNELS.has(kernel.toLowerCase())) return undefined;
  return `OpenBLAS chose its old kernel ${kernel} on a processor with AVX2, and would be measured below its best`;
}
