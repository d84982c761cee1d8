// The options of `pnpm bench`, checked before anything is measured.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSides } from './gpu-rows.mjs';
import { sweeps } from './scaling.mjs';
import { steps } from './sizes.mjs';
import { tokenizerParts } from './tokenizer.mjs';
import { trainingSteps } from './training.mjs';

/** The measurements; the first four run without --only. */
const everyday = ['matmul', 'step', 'memory', 'decode'];
const onRequest = ['conv', 'training', 'tokenizer', 'sampler', 'markov', 'neighbours', 'word-vectors', 'digits', 'gpu', 'scaling', 'batch', 'draft', 'demo', 'tune', 'preferences', 'profile', 'revectorize', 'peers'];

export const usage = `pnpm bench [--only ${[...everyday, ...onRequest].join(',')}] [--rounds N]
  without --only: ${everyday.join(', ')}
  matmul, step, memory, decode: --before FOLDER compares with another checkout that was built, in alternating rounds
  step, training, draft, gpu, demo, tune, preferences, profile: --configurations ${Object.keys(steps).join(',')}
  training, draft: --steps ${trainingSteps}  --texts brown,FILE
  gpu:           --sides 1024,2048
  tokenizer:     --parts ${tokenizerParts.join(',')}  --texts brown,FILE,FOLDER
  word-vectors:  --texts brown,FILE,FOLDER
  scaling:       --sweeps ${sweeps.map(({ name }) => name).join(',')}
  peers:         lists the peers, and with which build, instruction set and threads each of them runs
  gpu, sampler, scaling, peers: --markdown FILE writes the tables to a file`;

/**
 * @param {string[]} args  of the command line
 * @returns the options; undefined if not given, except for `rounds` and `steps`
 * @throws {Error} naming the invalid option and its allowed values
 */
export function readOptions(args) {
  const text = { type: 'string' };
  const { values } = parseArgs({ args, options: { help: { type: 'boolean' }, rounds: text, only: text, before: text, configurations: text, sides: text, sweeps: text, markdown: text, steps: text, texts: text, parts: text } });
  const whole = (option, standard) => {
    const value = Number(values[option] ?? standard);
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`--${option} ${values[option]}: expected a whole number of 1 or more.`);
    return value;
  };
  const list = (option, names) => {
    const chosen = values[option]?.split(',');
    const unknown = chosen?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new RangeError(`--${option}: there is no '${unknown}'; choose among ${names.join(', ')}.`);
    return chosen;
  };
  const only = list('only', [...everyday, ...onRequest]) ?? everyday;
  if (values.before !== undefined && !existsSync(join(values.before, 'tooling/bench/workers'))) throw new RangeError(`--before ${values.before}: this is no checkout of the repository; give the folder that holds its package.json.`);
  return {
    help: values.help ?? false,
    rounds: whole('rounds', 3),
    steps: whole('steps', trainingSteps),
    wanted: (part) => only.includes(part),
    before: values.before && resolve(values.before),
    configurations: list('configurations', Object.keys(steps)),
    sides: values.sides === undefined ? undefined : parseSides(values.sides),
    sweeps: list('sweeps', sweeps.map(({ name }) => name)),
    markdown: values.markdown,
    texts: values.texts?.split(','),
    parts: list('parts', tokenizerParts),
  };
}
