// OpenBLAS, the matrix library of PyTorch and NumPy: which builds are installed, and which kernel each of them chose for this processor.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { peerEnvironment } from './environment.mjs';
import { machine } from './machine.mjs';

/** Debian installs the builds side by side, each with its own libblas.so.3. */
const BUILDS = { pthread: '/usr/lib/x86_64-linux-gnu/openblas-pthread', OpenMP: '/usr/lib/x86_64-linux-gnu/openblas-openmp' };

/** Kernels for processors without AVX2. On a processor with AVX2 they are three times slower than OpenBLAS's own choice. */
const OLD_KERNELS = new Set(['generic', 'prescott', 'core2', 'penryn', 'dunnington', 'nehalem', 'atom', 'sandybridge', 'barcelona', 'bulldozer', 'piledriver', 'steamroller', 'athlon', 'opteron', 'opteron_sse3', 'bobcat', 'nano', 'katmai', 'coppermine', 'northwood', 'banias']);

const ASK = `
import ctypes
blas = ctypes.CDLL('libblas.so.3')
blas.openblas_get_corename.restype = ctypes.c_char_p
print(blas.openblas_get_corename().decode())`;

/**
 * @param {string} python  the interpreter that the peer runs with
 * @returns {{ build: string, kernel: string, settings: Record<string, string> }[] | string} the builds, with the environment variables that
 * select each; or why the peer may not be measured
 */
export function openBlasBuilds(python) {
  const installed = Object.entries(BUILDS).filter(([, folder]) => existsSync(folder)).map(([build, folder]) => ({ build, settings: { LD_LIBRARY_PATH: folder } }));
  const found = [];
  for (const { build, settings } of installed.length > 0 ? installed : [{ build: 'default', settings: {} }]) {
    const { status, stdout } = spawnSync(python, ['-c', ASK], { encoding: 'utf8', env: peerEnvironment(process.env, settings) });
    if (status !== 0) return 'its BLAS is no OpenBLAS (Debian: apt-get install libopenblas0-pthread)';
    const kernel = stdout.trim();
    const reason = judgeKernel(kernel, machine().hasAvx2);
    if (reason) return reason;
    found.push({ build, kernel, settings });
  }
  return found;
}

/** @returns {string | undefined} why a peer with this kernel would be slower than possible; undefined if the kernel is fine */
export function judgeKernel(kernel, hasAvx2) {
  if (!hasAvx2 || !OLD_KERNELS.has(kernel.toLowerCase())) return undefined;
  return `OpenBLAS chose its old kernel ${kernel} on a processor with AVX2, and would be measured below its best`;
}
