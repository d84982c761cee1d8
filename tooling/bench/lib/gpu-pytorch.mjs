// Measures PyTorch on the same GPU, if `KK_PYTHON` (default /usr/bin/python3) has it with CUDA.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerEnvironment } from './peers/environment.mjs';
import { checkProduct, tolerances } from './gpu-task.mjs';

const script = fileURLToPath(new URL('./torch_gpu.py', import.meta.url));

/** @throws Error that says why there is no result for PyTorch */
function ask(args, { python = process.env['KK_PYTHON'] ?? '/usr/bin/python3', device = 'cuda' } = {}) {
  const { error, status, stdout, stderr } = spawnSync(python, [script, ...args, '--device', device], { encoding: 'utf8', env: peerEnvironment() });
  if (error) throw new Error(`${python} cannot be started (${error.code}): set KK_PYTHON to a Python with PyTorch and CUDA`);
  if (status !== 0) throw new Error(`${python} failed: ${stderr.trim().split('\n').at(-1)}`);
  const { missing, ms, ...rest } = JSON.parse(stdout.trim().split('\n').at(-1));
  if (missing) throw new Error(missing);
  return { milliseconds: ms, ...rest };
}

/** The product of a task, checked against `expected`. With `tf32` the factors are rounded to a mantissa of 10 bits, for tensor cores. */
export function pytorchMatmul({ side, a, b, expected, tf32 }, options) {
  const folder = mkdtempSync(join(tmpdir(), 'kk-bench-'));
  try {
    writeFileSync(join(folder, 'a.f32'), a);
    writeFileSync(join(folder, 'b.f32'), b);
    const figures = ask(['matmul', '--side', String(side), '--folder', folder, ...(tf32 ? ['--tf32'] : [])], options);
    const bytes = readFileSync(join(folder, 'y.f32'));
    const got = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    return { ...figures, difference: checkProduct(got, expected, tf32 ? tolerances.tf32 : tolerances.float32) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {object} sizes an entry of `steps` in sizes.mjs */
export const pytorchGpuStep = (sizes, options) => ask(['step', '--sizes', JSON.stringify(sizes)], options);
