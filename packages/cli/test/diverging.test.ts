// Trainings that blow up, from the terminal: they end with an error that says where, and save nothing ruined.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, toFloat32, writeSafetensors } from '@kk/nn-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

const small = [...tiny, '--threads', '1'];
let cwd: string;

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(3000));
});

describe('a training that blows up', () => {
  it('ends with step and layer, and saves nothing that it ruined', async () => {
    const { exitCode, stderr } = await kk(['train', '--data', 'text.txt', ...small, '--out', 'huge', '--lr', '1e30', '--clip', '0', '--warmup', '0', '--save-every', '1'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Training broke down in step 1: .*not saved/);
    expect(stderr).toContain('Nothing of this run was saved; start it anew with a lower --lr, or clip the gradients, for example --clip 1.');
    expect(stderr).not.toContain('checkpoint stands');
    expect(existsSync(join(cwd, 'huge', 'checkpoint.safetensors'))).toBe(false);
    expect(existsSync(join(cwd, 'huge', 'model.safetensors'))).toBe(false);
  });

  it('leaves the last good checkpoint, which can be resumed', async () => {
    // The rate rises with the warm-up: the first steps are small enough.
    const { exitCode, stderr } = await kk(['train', '--data', 'text.txt', ...small, '--out', 'rising', '--steps', '1000000000', '--lr', '1e8', '--warmup', '1000000000', '--clip', '0', '--save-every', '1', '--json'], { cwd });
    expect(exitCode).toBe(1);
    const step = Number(/The checkpoint of step (\d+) is intact/.exec(stderr)?.[1]);
    expect(step).toBeGreaterThan(0);
    expect(stderr.replace(/\s+/g, ' ')).toContain('Take a lower --lr, or clip the gradients, for example --clip 1. Go on with it: kk train --resume rising');
    expect((await kk(['eval', '--model', 'rising', '--data', 'text.txt', '--json'], { cwd })).last()).toMatchObject({ loss: expect.any(Number) });
  });
});

it('a training that clips already is not told to clip', async () => {
  const { exitCode, stderr } = await kk(['train', '--data', 'text.txt', ...small, '--out', 'clipped', '--lr', '1e30', '--warmup', '0', '--save-every', '1'], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/Training broke down in step 1: .* Use a lower learning rate or a longer warm-up\.\n {4}Nothing of this run was saved; start it anew with a lower --lr\.\n$/);
});

it('kk eval of a model whose weights are not finite is an error', async () => {
  await kk(['train', '--data', 'text.txt', ...small, '--out', 'ruined', '--quiet'], { cwd });
  const path = join(cwd, 'ruined', 'model.safetensors');
  const { tensors, metadata } = readSafetensors(readFileSync(path));
  const ruined = new Map([...tensors].map(([name, tensor]) => [name, { dtype: 'F32' as const, shape: tensor.shape, data: toFloat32(tensor).fill(name === 'transformer.ln_f.weight' ? NaN : 1) }]));
  writeFileSync(path, writeSafetensors(ruined, metadata));
  const { exitCode, stdout, stderr } = await kk(['eval', '--model', 'ruined', '--data', 'text.txt', '--json'], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout).not.toContain('loss');
  expect(stderr).toMatch(/model\.safetensors: transformer\.ln_f\.weight holds numbers that are not finite.*earlier checkpoint/);
});
