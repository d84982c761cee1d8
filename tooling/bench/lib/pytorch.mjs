// Measures PyTorch on the same step, if PyTorch and its script are available.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBlasKernel, peerEnvironment } from './openblas.mjs';

const script = process.env['KK_TORCH_STEP'] ?? fileURLToPath(new URL('../../../../shared/oracle/torch_step.py', import.meta.url));
const python = process.env['KK_PYTHON'] ?? '/usr/bin/python3';

/** Steps per run. Each takes about a second; several short runs in turn with ours say more than one long run. */
const STEPS = { mid: 10 };

/** @returns {{ milliseconds: number, backend: string } | string} the result, or why there is none */
export function pytorchStep(configuration) {
  if (!existsSync(script)) return `no script at ${script} (set KK_TORCH_STEP)`;
  const blas = openBlasKernel(python);
  if (typeof blas === 'string') return blas;
  const { status, stdout, stderr } = spawnSync(python, [script, '--config', configuration, '--steps', String(STEPS[configuration] ?? 30)], { encoding: 'utf8', env: peerEnvironment() });
  if (status !== 0) return `${python} failed: ${stderr.trim().split('\n').at(-1)}`;
  const { ms, threads } = JSON.parse(stdout);
  return { milliseconds: ms, backend: `PyTorch, ${threads} thread${threads === 1 ? '' : 's'} (the better setting), OpenBLAS kernel ${blas.kernel}, ${blas.processor}` };
}
