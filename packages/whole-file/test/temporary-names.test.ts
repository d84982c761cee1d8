// Whose temporary files are tidied up: those of processes that are gone, and no others.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { removeAbandonedFiles } from '../src/index.js';
import { temporaryName, writerOf } from '../src/temporary-names.js';
import { newFolder } from './folder.js';
import { deadProcess, livingProcess } from './processes.js';

it('a temporary name says who writes, and stands beside the file', async () => {
  const name = await temporaryName('/folder/model.safetensors');
  expect(name).toMatch(/^\/folder\/model\.safetensors\.[0-9a-f]{6}-\d+-[0-9a-f]{0,6}\.[0-9a-f]{12}\.tmp$/);
  expect(writerOf(name)?.pid).toBe(process.pid);
  expect(await temporaryName('/folder/model.safetensors')).not.toBe(name);
});

it('removes what dead processes left, and nothing else', async () => {
  const folder = newFolder();
  const own = basename(await temporaryName('own'));
  const { host, start } = writerOf(own)!;
  const nameOf = (pid: number, processStart: string, machine = host): string => `model.${machine}-${pid}-${processStart}.0123456789ab.tmp`;
  const dead = await deadProcess();
  const living = await livingProcess();
  const stay = [own, nameOf(living, ''), nameOf(dead, '', '0123ff'), 'notes.tmp', `model.${dead}.tmp`, 'model.safetensors'];
  const go = [nameOf(dead, ''), nameOf(dead, start)];
  // The number was given to another process since. Only systems that tell when a process started can know.
  if (start !== '') go.push(nameOf(living, '000000'));
  for (const name of [...stay, ...go]) writeFileSync(join(folder, name), '');
  expect((await removeAbandonedFiles(folder)).sort()).toEqual([...go].sort());
  expect(readdirSync(folder).sort()).toEqual([...stay].sort());
});

it('has nothing to do where there is no folder', async () => {
  expect(await removeAbandonedFiles(join(newFolder(), 'none'))).toEqual([]);
});
