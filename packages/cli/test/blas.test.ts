// `--blas`: which library multiplies for wasm, what is said where there is none, and how runs go on with it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { init, type BlasFacts, type Engine } from '@kk/nn-core';
import { readCheckpoint } from '@kk/gpt/node';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { backendInWords, blasToGoOn, computedBy, otherBackend } from '../src/options/computed-by.js';
import { recordFromJSON } from '../src/training/record.js';
import { reportMessages } from '../src/training/report/messages.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

const { blas: found } = (await init('wasm', { threads: 1, blas: 'auto' })).backend;
/** Where this machine has no BLAS, the tests that need one are skipped, and say what is missing. */
const missing = found && 'missing' in found ? found.missing : undefined;
const needsOne = missing === undefined ? '' : ` (${missing})`;
const facts = found as BlasFacts;

let cwd: string;

/** Large enough that a BLAS multiplies. */
const model = ['--layers', '1', '--heads', '2', '--width', '64', '--context', '32', '--batch', '4', '--warmup', '0', '--threads', '1'];
const train = (...argv: string[]) => kk(['train', ...argv], { cwd });

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  writeFileSync(join(cwd, 'lines.jsonl'), ['red', 'blue', 'green', 'old'].map((word) => JSON.stringify({ prompt: `What is ${word}?`, completion: `It is ${word}.` })).join('\n'));
  mkdirSync(join(cwd, 'folder'));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** As on a machine without one, in whatever way it has one. */
function hideBlas(): void {
  const real = process.getBuiltinModule.bind(process) as (name: string) => unknown;
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) => (name === 'node:module' ? undefined : real(name))) as typeof process.getBuiltinModule);
}

describe('--blas', () => {
  it.each([
    [['--blas', 'folder/none.so'], 1, /^kk: The BLAS \S*folder\/none\.so cannot be used: ./],
    [['--blas', 'none-of-this-name.so'], 1, /^kk: The BLAS none-of-this-name\.so cannot be used: /],
    [['--blas', './text.txt'], 1, /^kk: The BLAS \S*\/text\.txt cannot be used: /],
    // A file of this folder, not a name that the system finds; it is named as it was typed.
    [['--blas', 'text.txt'], 1, /^kk: The BLAS text\.txt cannot be used: (?!.*(?:cannot open|could not be found|no such file))/i],
    [['--blas', './folder'], 1, /^kk: The BLAS \S*\/folder cannot be used: (?!EISDIR)/],
    [['--blas', '.'], 1, /^kk: The BLAS \S+ cannot be used: (?!EISDIR)/],
    [['--blas', ''], 2, /^kk: option '--blas <file>' argument '' is invalid\. Expected auto, off, or the path of a library\./],
    [['--blas', 'auto', '--device', 'gpu'], 2, /^kk: --blas has no effect with --device gpu\.\n {4}Leave --blas out\./],
    [['--blas', 'off', '--device', 'cpu'], 2, /^kk: --blas has no effect with --device cpu\./],
  ])('refuses %j', async (argv, exitCode, says) => {
    const refused = await kk(['bench', ...argv], { cwd });
    expect(refused).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(says) });
    if (exitCode === 1) expect(refused.stderr).toContain('\n    Give another one, or --blas off. kk devices shows which one is found without --blas.\n');
  });

  it.each(['AUTO', 'none', 'Off'])('names auto and off where %s is no library', async (word) => {
    const refused = await kk(['bench', '--blas', word], { cwd });
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain(`kk: The BLAS ${word} cannot be used: `);
    expect(refused.stderr).toContain('\n    Give auto, off, or the path of a library. kk devices shows which one auto finds.\n');
  });

  it.skipIf(process.platform !== 'linux' || missing !== undefined)(`refuses a library that is no BLAS${needsOne}`, async () => {
    expect((await kk(['bench', '--blas', 'libm.so.6'], { cwd })).stderr).toMatch(/^kk: The BLAS libm\.so\.6 cannot be used: .*cblas_sgemm/);
  });

  it('off multiplies without one, and auto says where more is said if there is none', async () => {
    const off = await train('text.txt', ...model, '--steps', '1', '--blas', 'off', '--out', 'said-off');
    expect(off.stdout).toMatch(/Device +wasm: SIMD[^,\n]*, 1 thread\n/);
    hideBlas();
    const none = await train('text.txt', ...model, '--steps', '1', '--out', 'said-none');
    expect(none.stdout.replace(/\s+/g, ' ')).toMatch(/Device wasm: SIMD[^,]*, 1 thread, without a BLAS \(kk devices says how to get one\)/);
    const named = await train('text.txt', ...model, '--steps', '1', '--blas', 'libopenblas.so.0', '--out', 'said-named');
    expect(named).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('The BLAS libopenblas.so.0 cannot be used: libraries can be called in Node alone') });
  });

  it.skipIf(missing !== undefined)(`takes the one of this machine, or the one that is named${needsOne}`, async () => {
    for (const argv of [[], ['--blas', 'auto'], ['--blas', facts.file]]) {
      const { json } = await train('text.txt', ...model, '--steps', '1', ...argv, '--out', 'named', '--force', '--json');
      expect(json()[0].backend).toContain(`, products by ${facts.name}`);
    }
  });
});

describe('kk devices', () => {
  it.skipIf(missing !== undefined)(`names the library, its kernel and its file${needsOne}`, async () => {
    const { json } = await kk(['devices', '--json']);
    expect(json().map(({ blas }) => blas)).toEqual([{ ...facts, missing: null }, null, null]);
    const { stdout } = await kk(['devices']);
    expect(inOneLine(stdout)).toContain(`${facts.name}${facts.kernel === null ? '' : `, kernel ${facts.kernel}`}: multiplies large matrices for wasm. ${facts.file}`);
  });

  it('says what is missing', async () => {
    hideBlas();
    const { json } = await kk(['devices', '--json']);
    const why = 'libraries can be called in Node alone, 20.16 and later';
    expect(json().map(({ blas }) => blas)).toEqual([{ name: null, kernel: null, file: null, missing: why }, null, null]);
    expect(inOneLine((await kk(['devices'])).stdout)).toContain(`not here: ${why}. With one, wasm multiplies large matrices faster.`);
  });
});

describe('a checkpoint', () => {
  const start = async (...argv: string[]) => {
    const { exitCode, stderr, json } = await kk([...argv, '--json'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    return json()[0];
  };

  it('of kk train says what made it, and the run goes on with that', async () => {
    await train('text.txt', ...model, '--steps', '2', '--blas', 'off', '--out', 'off', '--quiet');
    const { extra } = await readCheckpoint(join(cwd, 'off'));
    expect(extra).toMatchObject({ computedBy: { backend: expect.stringMatching(/^wasm: SIMD[^,]*$/), blas: null } });
    expect(await start('train', '--resume', 'off', '--steps', '3', '--threads', '2')).toMatchObject({ backendBefore: null, backend: expect.stringMatching(/^wasm: SIMD[^,]*, 2 threads$/) });
  });

  it.skipIf(missing !== undefined)(`says so where a run goes on with another backend${needsOne}`, async () => {
    await train('text.txt', ...model, '--steps', '2', '--out', 'with', '--quiet');
    const before = computedBy(await init('wasm', { threads: 1, blas: 'auto' }));
    expect(before).toEqual({ backend: expect.stringContaining(`products by ${facts.name}`), blas: facts.file });
    expect((await readCheckpoint(join(cwd, 'with'))).extra).toMatchObject({ computedBy: before });
    expect(await start('train', '--resume', 'with', '--steps', '3')).toMatchObject({ backendBefore: null });
    const { stdout } = await train('--resume', 'with', '--steps', '4', '--blas', 'off');
    expect(stdout).toMatch(/\n Going on after step 3\.\n So far it was computed by wasm: /);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`So far it was computed by ${before.backend}; from here on the numbers may differ in their last digits.`);
    // From then on it is computed without.
    expect(await start('train', '--resume', 'with', '--steps', '5')).toMatchObject({ backendBefore: null, backend: expect.not.stringContaining('products') });
    expect(await start('train', '--resume', 'with', '--steps', '6', '--device', 'cpu')).toMatchObject({ backendBefore: expect.stringMatching(/^wasm/), device: 'cpu' });
    const quiet = await train('--resume', 'with', '--steps', '7', '--device', 'wasm', '--threads', '1', '--blas', 'off', '--quiet');
    expect(quiet).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.not.stringContaining('computed by') });
    await train('--resume', 'with', '--steps', '8', '--device', 'cpu', '--quiet');
    expect((await train('--resume', 'with', '--steps', '9', '--blas', 'auto')).stderr).toContain('--blas belongs to --device wasm, not to cpu.');
  });

  it.skipIf(missing !== undefined)(`of kk finetune does the same${needsOne}`, async () => {
    await train('text.txt', ...model, '--tokenizer', 'bpe:270', '--context', '64', '--steps', '1', '--out', 'base', '--quiet');
    const tune = ['finetune', 'sft', 'lines.jsonl', '--model', 'base', '--as-chat', '--batch', '2', '--steps', '2', '--threads', '1'];
    for (const [out, blas] of [['tuned', 'auto'], ['tuned-off', 'off']]) expect(await start(...tune, '--blas', blas, '--out', out)).toMatchObject({ backendBefore: null });
    const resume = (folder: string, ...argv: string[]): string[] => ['finetune', 'sft', '--resume', folder, ...argv];
    expect(await start(...resume('tuned'))).toMatchObject({ backendBefore: null, backend: expect.stringContaining('products by') });
    expect(await start(...resume('tuned-off'))).toMatchObject({ backendBefore: null, backend: expect.not.stringContaining('products by') });
    expect(await start(...resume('tuned', '--blas', 'off'))).toMatchObject({ backendBefore: expect.stringContaining('products by') });
    const quiet = await kk([...resume('tuned', '--blas', 'off'), '--quiet'], { cwd });
    expect(quiet).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.not.stringContaining('computed by') });
    expect(await start(...resume('tuned-off', '--device', 'cpu'))).toMatchObject({ backendBefore: expect.stringMatching(/^wasm/) });
  });

  it.skipIf(missing !== undefined)(`of kk finetune vote does the same: its recipe keeps what wrote the pairs${needsOne}`, async () => {
    const answers = ['red', 'blue', 'green', 'old'].flatMap((word) => ['yes it', 'no it'].map((completion) => JSON.stringify({ prompt: `Is it ${word}?`, completion })));
    writeFileSync(join(cwd, 'answers.jsonl'), answers.join('\n'));
    await train('text.txt', ...model, '--tokenizer', 'bpe:270', '--context', '64', '--steps', '8', '--lr', '0.01', '--out', 'voted-base', '--quiet');
    await kk(['finetune', 'sft', 'answers.jsonl', '--model', 'voted-base', '--as-chat', '--batch', '8', '--steps', '60', '--lr', '0.01', '--held-out', '0', '--threads', '1', '--out', 'assistant', '--quiet'], { cwd });
    const vote = (input: string, ...argv: string[]) => kk(['finetune', 'vote', ...argv, '--votes', '1', '--threads', '1'], { cwd, input, env: { LANG: 'en_US.UTF-8' } });
    const few = ['answers.jsonl', '--model', 'assistant', '--as-chat', '--pairs', '8', '--steps', '2', '--max-tokens', '16'];
    for (const [out, blas, file] of [['voted', 'auto', facts.file], ['voted-off', 'off', null]] as const) {
      expect(await vote('quit\n', ...few, '--blas', blas, '--out', out)).toMatchObject({ exitCode: 0, stderr: '' });
      expect(JSON.parse(readFileSync(join(cwd, out, 'recipe.json'), 'utf8'))).toMatchObject({ computedBy: { blas: file } });
      const same = await vote('a\nquit\n', '--resume', out);
      expect(same.stdout).toContain('from 1 decided pair');
      expect(same.stdout).not.toContain('were written with');
    }
    expect(inOneLine((await vote('a\nquit\n', '--resume', 'voted', '--blas', 'off')).stdout)).toContain(`Note the pairs were written with ${computedBy(await init('wasm', { threads: 1, blas: 'auto' })).backend}; what is learned now may differ in its last digits`);
    const recipe = join(cwd, 'voted', 'recipe.json');
    writeFileSync(recipe, readFileSync(recipe, 'utf8').replace(/"computedBy": \{[^}]*\}/, '"computedBy": 1'));
    expect((await vote('', '--resume', 'voted')).stderr).toContain('computedBy is 1; expected the backend in words, and the file of its BLAS or null.');
  });

  it('of an earlier version does not say it; it was made without a BLAS', () => {
    const settings = { steps: 1, lr: 1, minLr: 1, warmup: 1, weightDecay: 1, clip: 1, evalEvery: 1, saveEvery: 1, keep: 0 };
    const json = { verb: 'train', data: ['text.txt'], reports: [], textHash: '', validation: 0.1, device: 'wasm', settings, changes: [] };
    expect(recordFromJSON(json, cwd, 'run')).not.toHaveProperty('computedBy');
    expect(blasToGoOn(undefined)).toBe('off');
    const known = { backend: 'wasm: SIMD', blas: null };
    expect(recordFromJSON({ ...json, computedBy: known }, cwd, 'run')).toMatchObject({ computedBy: known });
    for (const wrong of [null, {}, { backend: 'wasm: SIMD' }, { backend: 1, blas: null }]) expect(() => recordFromJSON({ ...json, computedBy: wrong }, cwd, 'run')).toThrow('was not written by kk train');
  });
});

describe('a backend', () => {
  const engine = (description: string, blas?: BlasFacts | { missing: string }) => ({ backend: { description, blas } }) as unknown as Engine;

  it('is the same with any number of threads, and without a BLAS for any reason', () => {
    const without = computedBy(engine('wasm: SIMD with relaxed FMA, 1 thread'));
    expect(without).toEqual({ backend: 'wasm: SIMD with relaxed FMA', blas: null });
    expect(computedBy(engine('wasm: SIMD with relaxed FMA, 12 threads, without a BLAS', { missing: 'none' }))).toEqual(without);
    const library = { name: 'OpenBLAS 0.3.21', kernel: 'Haswell', file: join(cwd, 'text.txt') };
    const withOne = computedBy(engine('wasm: SIMD, 2 threads, products by OpenBLAS 0.3.21 (Haswell)', library));
    expect(withOne).toEqual({ backend: 'wasm: SIMD, products by OpenBLAS 0.3.21 (Haswell)', blas: library.file });
    expect(blasToGoOn(withOne)).toBe(library.file);
    expect(blasToGoOn({ ...withOne, blas: join(cwd, 'gone.so') })).toBe('auto');
    expect(blasToGoOn(without)).toBe('off');
    expect(otherBackend(withOne, engine('wasm: SIMD, 1 thread, products by OpenBLAS 0.3.21 (Haswell)', library))).toBeUndefined();
    expect(otherBackend(withOne, engine('wasm: SIMD, 1 thread'))).toBe(withOne.backend);
    expect(otherBackend(undefined, engine('wasm: SIMD, 1 thread'))).toBeUndefined();
  });

  it('is told in German, too', () => {
    const { backend } = reportMessages.de;
    expect(backend(backendInWords(engine('wasm: SIMD with relaxed FMA, 2 threads, without a BLAS', { missing: 'none' }), 'kk'))).toBe('wasm: SIMD mit Relaxed FMA, 2 Threads, ohne BLAS (wie man eine bekommt, sagt kk devices)');
    expect(backend('wasm: SIMD, 1 thread, products by OpenBLAS 0.3.21 (Haswell)')).toBe('wasm: SIMD, 1 Thread, Matrixprodukte von OpenBLAS 0.3.21 (Haswell)');
  });
});
