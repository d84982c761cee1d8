// Runs each measurement in its own process, so that no measurement inherits the heap or the compiled code of another.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerEnvironment } from './peers/environment.mjs';

/** @returns {any} the object that the worker reported */
export const runWorker = (name, ...args) => runFile(fileURLToPath(new URL(`../workers/${name}.mjs`, import.meta.url)), name, args);

/**
 * Like runWorker, in another checkout of this repository, with its own build.
 * @returns {any} the object that the worker reported
 */
export const runWorkerIn = (folder, name, ...args) => runFile(join(folder, 'tooling/bench/workers', `${name}.mjs`), name, args);

function runFile(path, name, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', path, ...args], { encoding: 'utf8', env: peerEnvironment() });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} failed:\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/**
 * Like runWorker, with a time limit.
 * @returns {any} the object that the worker reported; undefined if it failed or took longer than `seconds`
 */
export function runWorkerWithin(seconds, name, ...args) {
  const path = fileURLToPath(new URL(`../workers/${name}.mjs`, import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', path, ...args], { encoding: 'utf8', env: peerEnvironment(), timeout: seconds * 1000 });
  return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1)) : undefined;
}
