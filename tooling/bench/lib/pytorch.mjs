// PyTorch's own time for the same step, where its judge and PyTorch are at hand.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = process.env['KK_TORCH_STEP'] ?? fileURLToPath(new URL('../../../../shared/oracle/torch_step.py', import.meta.url));
const python = process.env['KK_PYTHON'] ?? '/usr/bin/python3';

/** Each of them takes about a second; rounds in turn with ours say more than many steps in one go. */
const STEPS = { mid: 10 };

/** Debian's PyTorch takes the machine's BLAS, and on the reference one a `small` step took 1,036 ms instead of 144: no peer to be proud of beating. */
function hasSlowBlas() {
  const alternatives = ['x86_64', 'aarch64'].map((machine) => `/etc/alternatives/libblas.so.3-${machine}-linux-gnu`);
  return alternatives.some((path) => existsSync(path) && /\/blas\/libblas/.test(realpathSync(path)));
}

/** @returns {{ milliseconds: number, backend: string } | string} the figure, or why there is none */
export function pytorchStep(configuration) {
  if (!existsSync(script)) return `no script at ${script} (set KK_TORCH_STEP)`;
  if (hasSlowBlas()) return 'it would run on the reference BLAS (apt-get install libopenblas0-pthread)';
  const { status, stdout, stderr } = spawnSync(python, [script, '--config', configuration, '--steps', String(STEPS[configuration] ?? 30)], { encoding: 'utf8' });
  if (status !== 0) return `${python} failed: ${stderr.trim().split('\n').at(-1)}`;
  const { ms, threads } = JSON.parse(stdout);
  return { milliseconds: ms, backend: `PyTorch, ${threads} thread${threads === 1 ? '' : 's'} (the better setting)` };
}
