import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeWholeFile } from '../src/files/write-whole-file.js';

const root = mkdtempSync(join(tmpdir(), 'kk-files-'));
const temporaryFolder = (): string => mkdtempSync(join(root, 'x'));
afterAll(() => rmSync(root, { recursive: true }));

describe('writeWholeFile', () => {
  it('writes the file and its folder, replaces, and leaves nothing else', async () => {
    const folder = join(temporaryFolder(), 'new');
    await writeWholeFile(join(folder, 'a.txt'), 'first');
    await writeWholeFile(join(folder, 'a.txt'), 'Größe '.repeat(100_000));
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('Größe '.repeat(100_000));
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('leaves nothing behind when it fails', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a.txt'));
    writeFileSync(join(folder, 'a.txt', 'inside'), 'x');
    await expect(writeWholeFile(join(folder, 'a.txt'), 'text')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });
});
