// What is under the name afterwards: the whole contents, the same link, the same mode; or what was there before.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWholeFile } from '../src/index.js';
import { newFolder } from './folder.js';

describe('a file', () => {
  it('is made with its folder and replaced, and nothing else is left', async () => {
    const folder = join(newFolder(), 'new');
    await writeWholeFile(join(folder, 'a.txt'), 'first');
    await writeWholeFile(join(folder, 'a.txt'), 'Größe '.repeat(100_000));
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('Größe '.repeat(100_000));
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('is written from chunks of text and bytes, in their order', async () => {
    const path = join(newFolder(), 'a.txt');
    async function* chunks(): AsyncGenerator<string | Uint8Array> {
      yield 'Grö';
      yield 'ße ';
      yield Uint8Array.of(0xe7, 0x8c, 0xab);
      yield 'x'.repeat(3_000_000);
      yield new Uint8Array();
      yield '.';
    }
    await writeWholeFile(path, chunks());
    expect(readFileSync(path, 'utf8')).toBe(`Größe 猫${'x'.repeat(3_000_000)}.`);
    await writeWholeFile(path, []);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('gets its beginning last, when the rest is known', async () => {
    const path = join(newFolder(), 'counted');
    let chunks = 0;
    function* contents(): Generator<Uint8Array> {
      yield Uint8Array.of(0, 0);
      for (; chunks < 3; chunks++) yield Uint8Array.of(7, chunks);
    }
    await writeWholeFile(path, contents(), { beginning: () => Uint8Array.of(9, chunks) });
    expect([...readFileSync(path)]).toEqual([9, 3, 7, 0, 7, 1, 7, 2]);
    await expect(writeWholeFile('/dev/null', [], { beginning: () => Uint8Array.of(1) })).rejects.toThrow('/dev/null is a pipe or a device, and the beginning of this file is written last');
  });

  it('keeps its mode', async () => {
    const path = join(newFolder(), 'secret');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    await writeWholeFile(path, 'new');
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('is as it was when the contents fail', async () => {
    const folder = newFolder();
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'old');
    function* failing(): Generator<string> {
      yield 'new';
      throw new Error('no more');
    }
    await expect(writeWholeFile(path, failing())).rejects.toThrow('no more');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('is refused where a folder has its name', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'a.txt'));
    await expect(writeWholeFile(join(folder, 'a.txt'), 'text')).rejects.toThrow(/a\.txt is a folder; expected the name of a file/);
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });
});

describe('a symbolic link', () => {
  it('stays, and the file behind it is replaced', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'elsewhere'));
    const target = join(folder, 'elsewhere', 'target');
    writeFileSync(target, 'old');
    symlinkSync(target, join(folder, 'first'));
    symlinkSync('first', join(folder, 'second'));
    await writeWholeFile(join(folder, 'second'), 'new');
    expect(readlinkSync(join(folder, 'second'))).toBe('first');
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['target']);
  });

  it('that names no file yet gets one', async () => {
    const folder = newFolder();
    symlinkSync('later/target', join(folder, 'link'));
    await writeWholeFile(join(folder, 'link'), 'new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'later', 'target'), 'utf8')).toBe('new');
  });

  it('that names itself is an error', async () => {
    const folder = newFolder();
    symlinkSync('link', join(folder, 'link'));
    await expect(writeWholeFile(join(folder, 'link'), 'new')).rejects.toThrow(/ELOOP/);
  });
});

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  it('a pipe is written to and stays one', async () => {
    const path = join(newFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const [read] = await Promise.all([readFile(path, 'utf8'), writeWholeFile(path, ['one ', 'two'])]);
    expect(read).toBe('one two');
    expect(statSync(path).isFIFO()).toBe(true);
  });

  it.runIf(existsSync('/dev/full'))('a device is written to and stays one', async () => {
    await expect(writeWholeFile('/dev/full', 'text')).rejects.toThrow(/ENOSPC/);
    await writeWholeFile('/dev/null', 'text');
    const link = join(newFolder(), 'link');
    symlinkSync('/dev/null', link);
    await writeWholeFile(link, 'text');
    for (const path of ['/dev/full', '/dev/null', link]) expect(statSync(path).isCharacterDevice(), path).toBe(true);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });
});
