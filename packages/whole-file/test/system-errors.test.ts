// Why the system refused, in words, checked with what it really says.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reasonOf, systemReason } from '../src/index.js';
import { newFolder } from './folder.js';

function errorOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

it('reasons of the system are words, and other errors say what they say', () => {
  const folder = newFolder();
  const file = join(folder, 'file');
  writeFileSync(file, 'x');
  const missing = errorOf(() => readFileSync(join(folder, 'missing')));
  expect([reasonOf(missing), systemReason(missing)]).toEqual(Array(2).fill('there is no such file or folder'));
  expect(reasonOf(errorOf(() => readFileSync(folder)))).toBe('it is a folder, expected a file');
  expect(reasonOf(errorOf(() => readdirSync(file)))).toBe('a part of the path is a file, expected a folder');
  expect(reasonOf(errorOf(() => mkdirSync(folder)))).toBe('it is there already');
  expect([reasonOf(new Error('no reason')), systemReason(new Error('no reason'))]).toEqual(['no reason', undefined]);
  expect([reasonOf('a text'), systemReason(undefined)]).toEqual(['a text', undefined]);
});
