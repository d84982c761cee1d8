import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installHash, missingModules } from '../src/install.mjs';
import { hashFiles, Stamp } from '../src/stamp.mjs';

let root: string;

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kk-bootstrap-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('hashFiles', () => {
  it('depends on names, contents and facts, not on the order of the files', () => {
    write('a', '1');
    write('b', '2');
    const hash = hashFiles(root, ['a', 'b'], ['v20']);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hashFiles(root, ['b', 'a'], ['v20'])).toBe(hash);
    expect(hashFiles(root, ['a', 'b'], ['v22'])).not.toBe(hash);
    expect(hashFiles(root, ['a'], ['v20'])).not.toBe(hash);
    write('b', '3');
    expect(hashFiles(root, ['a', 'b'], ['v20'])).not.toBe(hash);
  });

  it('does not confuse a text that moved from one file to the next', () => {
    write('a', 'xy');
    write('b', '');
    const hash = hashFiles(root, ['a', 'b']);
    write('a', 'x');
    write('b', 'y');
    expect(hashFiles(root, ['a', 'b'])).not.toBe(hash);
  });
});

describe('Stamp', () => {
  it('matches only what was set last, and nothing once it is cleared', () => {
    const stamp = new Stamp(join(root, 'deep', 'down', 'stamp'));
    expect(stamp.matches('abc')).toBe(false);
    stamp.set('abc');
    expect(stamp.matches('abc')).toBe(true);
    expect(stamp.matches('abd')).toBe(false);
    stamp.clear();
    expect(stamp.matches('abc')).toBe(false);
    stamp.clear();
  });
});

describe('the install', () => {
  beforeEach(() => {
    write('package.json', '{ "name": "root", "devDependencies": { "x": "1.0.0" } }');
    for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc']) write(file, '');
    write('packages/a/package.json', '{ "name": "a", "dependencies": { "x": "1.0.0" } }');
    write('packages/b/package.json', '{ "name": "b" }');
  });

  it.each(['package.json', 'packages/a/package.json', 'apps/new/package.json', 'tooling/new/package.json'])('is repeated after a change of %s', (file) => {
    const before = installHash(root);
    write(file, '{ "name": "changed" }');
    expect(installHash(root)).not.toBe(before);
  });

  it.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'])('is repeated after a change of %s', (file) => {
    const before = installHash(root);
    write(file, 'changed');
    expect(installHash(root)).not.toBe(before);
  });

  it('is not repeated after a change of a source', () => {
    const before = installHash(root);
    write('packages/a/src/index.ts', 'export {};');
    expect(installHash(root)).toBe(before);
  });

  it('misses the node_modules folders of packages that have dependencies', () => {
    expect(missingModules(root)).toEqual(['.', 'packages/a']);
    mkdirSync(join(root, 'node_modules'));
    mkdirSync(join(root, 'packages/a/node_modules'));
    expect(missingModules(root)).toEqual([]);
  });
});
