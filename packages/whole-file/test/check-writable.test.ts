// Where files can be made, and what the system says where they cannot.
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { checkWritable } from '../src/index.js';
import { newFolder } from './folder.js';

it('makes a folder and leaves it empty', async () => {
  const present = newFolder();
  const folder = join(present, 'a', 'b');
  expect(await checkWritable(folder)).toBe(join(present, 'a'));
  expect(await checkWritable(folder)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

it('says when a file is in the way', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  await expect(checkWritable(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(checkWritable(join(file, 'inside'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it.skipIf(process.platform === 'win32')('says when there is no permission', async () => {
  const folder = newFolder();
  chmodSync(dirname(folder), 0o755);
  chmodSync(folder, 0o555);
  // Root may write anywhere: be somebody else meanwhile.
  const user = process.geteuid!();
  if (user === 0) process.seteuid!(65_534);
  try {
    await expect(checkWritable(folder)).rejects.toMatchObject({ code: 'EACCES' });
    await expect(checkWritable(join(folder, 'new'))).rejects.toMatchObject({ code: 'EACCES' });
  } finally {
    if (user === 0) process.seteuid!(user);
  }
});

it.runIf(process.platform === 'linux')('ends where the system makes no folder and does not say why', async () => {
  await expect(checkWritable('/proc/kk-no-such-folder')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(checkWritable('/proc/kk-no-such-folder/inside')).rejects.toMatchObject({ code: 'ENOENT' });
});
