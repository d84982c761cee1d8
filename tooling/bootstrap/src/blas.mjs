// Finds a BLAS library for the tests of products by one. If there is none, it installs OpenBLAS where that is usual (root on Debian or Ubuntu); elsewhere these
// tests are skipped, for the packages compute without one.
import { thisMachine } from './browser.mjs';
import { aptInstall, mayInstall } from './debian.mjs';

const FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib'];

/** @param {Pick<import('./browser.mjs').Machine, 'platform' | 'exists'>} machine */
export function hasBlas({ platform, exists }) {
  return platform === 'darwin' || FOLDERS.some((folder) => exists(`${folder}/libopenblas.so.0`));
}

/**
 * @param {import('./child.mjs').Context} context
 * @param {import('./browser.mjs').Machine} [machine]
 * @throws {Problem} if it may be installed and cannot be
 */
export async function ensureBlas(context, machine = thisMachine()) {
  if (!hasBlas(machine) && mayInstall(machine)) await aptInstall(context, 'libopenblas0-pthread');
}
