// PyTorch on the processor, in the fastest of its settings: they are tried before anything is compared.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { peerEnvironment } from './environment.mjs';
import { machine } from './machine.mjs';
import { openBlasBuilds } from './openblas.mjs';

const scriptOf = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const python = process.env['KK_PYTHON'] ?? '/usr/bin/python3';

/** Memory of tensors is kept for the next step instead of being returned to the system; PyTorch's guide to tuning recommends it. */
const ALLOCATOR = { MALLOC_MMAP_THRESHOLD_: '1000000000', MALLOC_TRIM_THRESHOLD_: '1000000000' };

/** Kernels of OpenBLAS that may be faster than its own choice: on AMD's processors with AVX-512, those with AVX2 often are. */
const KERNELS = ['SkylakeX', 'Haswell', 'Zen'];

/** Steps for each setting when they are tried, and for each round afterwards. */
const TRIAL_STEPS = 6;
const ROUND_STEPS = { mid: 10 };

/**
 * @typedef {{ environment: Record<string, string>, build: string, kernel: string, threads: number, blasThreads: number, version: string, capability: string }} Setting
 */

/** @throws {Error} with the last line that PyTorch printed */
function ask(args, environment, script = 'torch_step.py') {
  const { error, status, stdout, stderr } = spawnSync(python, [scriptOf(script), ...args], { encoding: 'utf8', env: peerEnvironment(process.env, environment) });
  if (status !== 0) throw new Error(`${python} failed: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout);
}

/** The environments to try: each build of OpenBLAS with its own choice of kernel and with others that this processor can run. */
export function environmentsOf(builds, { hasAvx2, hasAvx512 }) {
  const others = KERNELS.filter((kernel) => (kernel === 'SkylakeX' ? hasAvx512 : hasAvx2));
  return builds.flatMap(({ build, kernel, settings }) => [
    { build, kernel, environment: { ...ALLOCATOR, ...settings } },
    ...others.filter((other) => other !== kernel).map((other) => ({ build, kernel: other, environment: { ...ALLOCATOR, ...settings, OPENBLAS_CORETYPE: other } })),
  ]);
}

/** All ways to give PyTorch and OpenBLAS one thread or all of them. In the OpenMP build the two share their threads. */
export function threadPairs(build, cores) {
  const numbers = cores > 1 ? [1, cores] : [1];
  return numbers.flatMap((threads) => numbers.filter((blasThreads) => build !== 'OpenMP' || blasThreads === threads).map((blasThreads) => `${threads}:${blasThreads}`));
}

/** The fastest setting of each of the works that were asked for. */
const known = new Map();

/** @typedef {{ args: string[], script?: string }} Work  what is timed, without how many steps on which threads */
const stepOf = (sizes) => ({ args: ['--sizes', JSON.stringify(sizes)] });
const preferenceStepOf = (what, sizes) => ({ args: ['--what', what, '--sizes', JSON.stringify(sizes)], script: 'torch_preferences.py' });

/**
 * Tries all settings twice, in turn, and takes the fastest. It remembers the result.
 * @param {object} sizes  an entry of `steps` in sizes.mjs
 * @returns {Setting | string} the setting, or why PyTorch is not measured
 */
export const fastestSetting = (sizes, note) => fastestOf(stepOf(sizes), note);

/** @param {'dpo' | 'grpo'} what  @param {object} sizes  an entry of `preferences` in sizes.mjs */
export const fastestPreferenceSetting = (what, sizes, note) => fastestOf(preferenceStepOf(what, sizes), note);

/** @param {Work} work */
function fastestOf(work, note) {
  const key = JSON.stringify(work);
  if (!known.has(key)) known.set(key, trySettings(work, note));
  return known.get(key);
}

function trySettings({ args, script }, note) {
  const builds = openBlasBuilds(python);
  if (typeof builds === 'string') return builds;
  const { cores, ...has } = machine();
  let best;
  try {
    for (let pass = 0; pass < 2; pass++) {
      for (const { build, environment } of environmentsOf(builds, has)) {
        const { settings, version, capability, kernel } = ask([...args, '--steps', String(TRIAL_STEPS), '--threads', threadPairs(build, cores).join(',')], environment, script);
        for (const { ms, threads, blasThreads } of settings) if (best === undefined || ms < best.ms) best = { ms, environment, build, kernel, threads, blasThreads, version, capability };
      }
    }
  } catch (error) {
    return error.message;
  }
  note(`PyTorch's fastest setting: ${describeSetting(best)}`);
  return best;
}

/** For the tables. */
export function describeSetting({ version, capability, build, kernel, threads, blasThreads }) {
  return `PyTorch ${version}, its own kernels ${capability}, ${threads} thread${threads === 1 ? '' : 's'}; OpenBLAS (${build}) kernel ${kernel}, ${blasThreads} thread${blasThreads === 1 ? '' : 's'}`;
}

/**
 * @param {{ masked?: boolean }} [options]  masked: the first half of each row is no target, as in supervised tuning
 * @returns {number} milliseconds a step
 */
export function pytorchStep(configuration, sizes, { environment, threads, blasThreads }, { masked = false } = {}) {
  const steps = ROUND_STEPS[configuration] ?? 30;
  return ask(['--sizes', JSON.stringify(sizes), '--steps', String(steps), '--threads', `${threads}:${blasThreads}`, ...(masked ? ['--masked'] : [])], environment).settings[0].ms;
}

/** @returns {number} milliseconds of a step of DPO or GRPO */
export function pytorchPreferenceStep(what, sizes, { environment, threads, blasThreads }) {
  const { args, script } = preferenceStepOf(what, sizes);
  return ask([...args, '--steps', '10', '--threads', `${threads}:${blasThreads}`], environment, script).settings[0].ms;
}

/**
 * A whole training run by characters.
 * @param {string} file  the text
 * @returns {{ seconds: number, loss: number }} the time of the steps, and the loss over the last tenth of the text in nats
 */
export const pytorchRun = (file, sizes, steps, seed, { environment, threads, blasThreads }) =>
  ask(['--sizes', JSON.stringify(sizes), '--steps', String(steps), '--train', file, '--seed', String(seed), '--threads', `${threads}:${blasThreads}`], environment);
