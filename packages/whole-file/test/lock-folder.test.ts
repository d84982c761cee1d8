// One writer at a time: who holds the lock, who is refused, and when it is taken over.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FolderInUse, lockFolder, writerTo } from '../src/index.js';
import { isRunning, ownIdentity, thisHost } from '../src/process-identity.js';
import { newFolder } from './folder.js';
import { deadProcess, livingProcess } from './processes.js';

const LOCK = '.kk.lock';

function held(folder: string, lock: object): string {
  const file = join(folder, LOCK);
  writeFileSync(file, JSON.stringify({ host: thisHost(), start: '', machine: hostname(), inode: String(statSync(folder).ino), ...lock }));
  return file;
}

it('refuses a second writer while the first one lives, and lets it in afterwards', async () => {
  const folder = newFolder();
  const first = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
  await expect(lockFolder(folder)).rejects.toThrow(`Process ${process.pid} is writing to ${folder}`);
  expect(readdirSync(folder)).toEqual([LOCK]);
  first.release();
  const second = await lockFolder(folder);
  first.release(); // not its own any more
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
  second.release();
  expect(readdirSync(folder)).toEqual([]);
});

it('names the living process that holds it', async () => {
  const folder = newFolder();
  const pid = await livingProcess();
  held(folder, { pid });
  await expect(lockFolder(folder)).rejects.toMatchObject({ pid, machine: undefined, lockFile: join(folder, LOCK) });
});

it('tells who writes, without taking the lock', async () => {
  const folder = newFolder();
  expect(await writerTo(folder)).toBeUndefined();
  expect(await writerTo(join(folder, 'none'))).toBeUndefined();
  const lock = await lockFolder(folder);
  expect(await writerTo(folder)).toEqual({ pid: process.pid, machine: undefined });
  lock.release();
  expect(await writerTo(folder)).toBeUndefined();
  held(folder, { pid: await deadProcess() });
  expect(await writerTo(folder)).toBeUndefined();
  held(folder, { pid: 1, host: '0123ff', machine: 'elsewhere' });
  expect(await writerTo(folder)).toEqual({ pid: 1, machine: 'elsewhere' });
});

it('names a folder that has the name of the lock', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, LOCK));
  const message = `${join(folder, LOCK)} is a folder; expected the lock file of a run, or nothing: remove it.`;
  await expect(lockFolder(folder)).rejects.toThrow(message);
  await expect(writerTo(folder)).rejects.toThrow(message);
  expect(readdirSync(folder)).toEqual([LOCK]);
});

it('takes over the lock of a dead process, and of one whose number belongs to another now', async () => {
  const stale: object[] = [{ pid: await deadProcess() }];
  if ((await ownIdentity()).start !== '') stale.push({ pid: process.pid, start: '000000' });
  for (const lock of stale) {
    const folder = newFolder();
    const file = held(folder, lock);
    const taken = await lockFolder(folder);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(await ownIdentity());
    expect(readdirSync(folder)).toEqual([LOCK]);
    taken.release();
  }
});

it('takes over a file that is no lock, such as one that a full disk cut short', async () => {
  for (const text of ['', '{"pid":', 'null', '{"pid":"1"}']) {
    const folder = newFolder();
    writeFileSync(join(folder, LOCK), text);
    (await lockFolder(folder)).release();
  }
});

it('does not take a folder that was copied during a run for one that is written to', async () => {
  const [folder, copy] = [newFolder(), newFolder()];
  const lock = await lockFolder(folder);
  cpSync(folder, copy, { recursive: true });
  (await lockFolder(copy)).release();
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
  lock.release();
});

it('does not judge processes of other machines', async () => {
  const folder = newFolder();
  held(folder, { pid: await deadProcess(), host: '0123ff', machine: 'elsewhere' });
  await expect(lockFolder(folder)).rejects.toThrow(/on elsewhere is writing/);
});

it('goes to exactly one of many that find a dead lock at once', async () => {
  const folder = newFolder();
  held(folder, { pid: await deadProcess() });
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([LOCK]);
});

it('does not remove a lock that somebody else made after deleting the file', async () => {
  const folder = newFolder();
  const lock = await lockFolder(folder);
  rmSync(join(folder, LOCK));
  const other = held(folder, { pid: await livingProcess() });
  lock.release();
  expect(readdirSync(folder)).toEqual([LOCK]);
  rmSync(other);
});

it('a stopped process is running', async () => {
  const pid = await livingProcess();
  process.kill(pid, 'SIGSTOP');
  expect(await isRunning({ host: thisHost(), pid, start: '' })).toBe(true);
});
