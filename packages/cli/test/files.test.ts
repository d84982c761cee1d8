import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWholeFile } from '../src/files/write-file.js';
import { systemLanguage } from '../src/options/language.js';
import { temporaryFolder } from './support/kk.js';

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

describe('systemLanguage', () => {
  it('is German for German locales only', () => {
    expect(['de', 'de_DE.UTF-8', 'de_AT', 'DE', 'de-CH'].map((LANG) => systemLanguage({ LANG }))).toEqual(['de', 'de', 'de', 'de', 'de']);
    expect(['', 'en_US.UTF-8', 'C', 'den_X', 'C.UTF-8'].map((LANG) => systemLanguage({ LANG }))).toEqual(['en', 'en', 'en', 'en', 'en']);
    expect(systemLanguage({ LC_ALL: 'de_DE', LANG: 'en_US' })).toBe('de');
    expect(systemLanguage({ LC_ALL: '', LC_MESSAGES: 'en_US', LANG: 'de_DE' })).toBe('en');
    expect(systemLanguage({})).toBe('en');
  });
});
