import { describe, expect, it } from 'vitest';
import { ensureBlas, hasBlas } from '../src/blas.mjs';

/** A machine on which exactly these files exist. */
function machine(platform: NodeJS.Platform, files: string[], root = false): Parameters<typeof ensureBlas>[1] & object {
  const exists = (path: string) => files.includes(path);
  return { platform, env: {}, root, exists, isProgram: exists };
}

describe('a BLAS for the tests', () => {
  it('is there on macOS, and where OpenBLAS is installed', () => {
    expect(hasBlas(machine('darwin', []))).toBe(true);
    expect(hasBlas(machine('linux', ['/usr/lib/aarch64-linux-gnu/libopenblas.so.0']))).toBe(true);
    expect(hasBlas(machine('linux', []))).toBe(false);
  });

  it('is not installed where it is there, or where nothing may be installed', async () => {
    const env = { PATH: '/nowhere' }; // any command would fail
    await ensureBlas({ env, verbose: false }, machine('linux', ['/usr/lib/x86_64-linux-gnu/libopenblas.so.0', '/etc/debian_version', '/usr/bin/apt-get'], true));
    await ensureBlas({ env, verbose: false }, machine('linux', ['/etc/debian_version', '/usr/bin/apt-get']));
  });
});
