import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

/** How many checkpoints the disk still takes. */
const disk = vi.hoisted(() => ({ room: Infinity }));

vi.mock('@kk/gpt/node', async (original) => {
  const real = await original<{ saveCheckpoint: (...args: unknown[]) => Promise<void> }>();
  return {
    ...real,
    saveCheckpoint: async (...args: unknown[]): Promise<void> => {
      if (disk.room-- <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' });
      await real.saveCheckpoint(...args);
    },
  };
});

it('a full disk ends training with one clear line, and the earlier checkpoint goes on', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  const args = ['train', '--data', 'text.txt', ...tiny, '--save-every', '5', '--json'];
  const whole = await kk([...args, '--out', 'whole', '--quiet'], { cwd });
  disk.room = 1;
  const full = await kk([...args, '--out', 'full'], { cwd });
  expect(full.exitCode).toBe(1);
  expect(full.stderr).toBe('kk: The disk is full: step 10 could not be saved in full.\n    The checkpoint of step 5 is intact. Make room first.\n\n Go on with it:\n kk train --resume full\n');
  disk.room = Infinity;
  const resumed = await kk(['train', '--resume', 'full', '--json'], { cwd });
  expect(resumed.json()[0]).toMatchObject({ resumedFrom: 5 });
  expect(resumed.last().valLoss).toBe(whole.last().valLoss);
});

it('a disk that was full from the start is said as clearly', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  disk.room = 0;
  const { exitCode, stderr } = await kk(['train', '--data', 'text.txt', ...tiny, '--out', 'full', '--quiet'], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toBe('kk: The disk is full: step 12 could not be saved in full.\n    Make room or choose another --out.\n');
});
