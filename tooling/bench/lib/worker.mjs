// Runs one measurement in a process of its own, so that nobody inherits another's heap or compiled code.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @returns {any} the object that the worker reported */
export function runWorker(name, ...args) {
  const path = fileURLToPath(new URL(`../workers/${name}.mjs`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', path, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} failed:\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
