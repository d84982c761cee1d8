// `kk devices`, and choosing one. What a GPU computes is tested where its kernels are; here SwiftShader stands for one.
import '@kk/vitest-config/swiftshader';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as timing from '../src/bench/timing.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

// What is measured is shown here, not whether it is exact: a tenth of the time is enough.
vi.mock('../src/bench/timing.js', async (original) => {
  const real = await original<typeof timing>();
  return { ...real, timed: ((once, options) => real.timed(once, { ...options, seconds: options.seconds / 10 })) satisfies typeof timing.timed };
});

describe('kk devices', () => {
  it('lists what can compute here, as JSON', async () => {
    const { exitCode, json } = await kk(['devices', '--json']);
    expect(exitCode).toBe(0);
    const reports = json();
    expect(reports.map(({ device }) => device)).toEqual(['wasm', 'gpu', 'cpu']);
    expect(reports.map(({ blas }) => blas === null)).toEqual([false, true, true]);
    for (const { backend, gigaflops, missing } of reports) {
      expect(missing).toBeNull();
      expect(backend).toBeTypeOf('string');
      expect(gigaflops).toBeGreaterThan(0);
    }
    expect(reports[1].backend).toMatch(/webgpu.*SwiftShader/i);
  });

  it.each([80, 40])('tells people, in %d columns', async (columns) => {
    const { exitCode, stdout } = await kk(['devices'], { columns });
    expect(exitCode).toBe(0);
    for (const name of ['wasm', 'gpu', 'cpu']) expect(stdout).toMatch(new RegExp(`^ *\\S*${name}`, 'm'));
    expect(stdout).toMatch(/[\d.]+\sGFLOP\/s/);
    for (const line of stdout.split('\n')) expect(stripVTControlCharacters(line).length, line).toBeLessThanOrEqual(columns);
  });
});

describe('--device', () => {
  let cwd: string;

  beforeAll(async () => {
    cwd = temporaryFolder();
    writeFileSync(join(cwd, 'text.txt'), babble(1000));
    expect((await kk(['train', '--data', 'text.txt', ...tiny, '--steps', '1', '--warmup', '0', '--out', 'model', '--quiet'], { cwd })).exitCode).toBe(0);
  });

  it('gpu trains as cpu does', async () => {
    const losses = [];
    for (const device of ['gpu', 'cpu']) {
      const { exitCode, json, last } = await kk(['train', '--data', 'text.txt', ...tiny, '--layers', '1', '--steps', '3', '--device', device, '--out', device, '--json'], { cwd });
      expect(exitCode).toBe(0);
      expect(json()[0]).toMatchObject({ event: 'start', device });
      losses.push(last().valLoss as number);
    }
    expect(losses[0]).toBeCloseTo(losses[1], 4);
    const written = await kk(['generate', '--model', 'gpu', '--device', 'gpu', '--temperature', '0', '--max-tokens', '5', '--json'], { cwd });
    const expected = await kk(['generate', '--model', 'gpu', '--device', 'wasm', '--temperature', '0', '--max-tokens', '5', '--json'], { cwd });
    expect(written.last().ids).toEqual(expected.last().ids);
  });

  it('auto measures, says what it takes, and remembers it', async () => {
    const { exitCode, stdout, stderr } = await kk(['train', '--data', 'text.txt', ...tiny, '--layers', '1', '--device', 'auto', '--out', 'auto'], { cwd });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/--device auto: (wasm|gpu)\. A step of 1 layer took [\d.,]+ ms on wasm, [\d.,]+ ms on gpu/) });
    expect(stdout).toContain('Device');
    const chosen = /auto: (wasm|gpu)/.exec(stderr)![1];
    expect(readFileSync(join(cwd, 'auto', 'checkpoint.safetensors')).toString('latin1')).toContain(`\\"device\\":\\"${chosen}\\"`);
  });

  it.each([
    [['train', '--resume', 'model', '--device', 'auto'], /--device auto chooses for a new run/],
    [['eval', '--model', 'model', '--ids', '1,2', '--device', 'gpu', '--threads', '2'], /--threads has no effect with --device gpu/],
    [['devices', '--device', 'gpu'], /unknown option '--device'/],
  ])('refuses %s', async (argv, message) => {
    const { exitCode, stderr } = await kk(argv, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  });
});
