// Installs packages of Debian and Ubuntu where a test run may.
import { run } from './child.mjs';

/**
 * True for root on Debian and Ubuntu, where a test run may install what it needs.
 * @param {Pick<import('./browser.mjs').Machine, 'platform' | 'root' | 'exists'>} machine
 */
export function mayInstall({ platform, root, exists }) {
  return platform === 'linux' && root && exists('/etc/debian_version') && exists('/usr/bin/apt-get');
}

/**
 * @param {import('./child.mjs').Context} context
 * @param {string} name  of the package
 * @throws {Problem} if it cannot be installed
 */
export async function aptInstall(context, name) {
  const apt = { ...context, env: { ...context.env, DEBIAN_FRONTEND: 'noninteractive' } };
  for (const args of [['update'], ['install', '-y', name]]) await run({ file: 'apt-get', args, display: `apt-get ${args.join(' ')}` }, apt);
}
