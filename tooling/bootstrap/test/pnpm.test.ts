import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedVersion, npmCommand, pinnedVersion } from '../src/pnpm.mjs';

describe('pinnedVersion', () => {
  it('reads the field with or without a hash', () => {
    expect(pinnedVersion('pnpm@10.34.0')).toBe('10.34.0');
    expect(pinnedVersion('pnpm@10.34.0+sha512.abc')).toBe('10.34.0');
    expect(pinnedVersion('pnpm@11.0.0-rc.1')).toBe('11.0.0-rc.1');
  });

  it.each([undefined, 'pnpm', 'pnpm@latest', 'pnpm@^10.0.0', 'yarn@4.0.0'])('refuses %s', (field) => {
    expect(() => pinnedVersion(field)).toThrow('Expected "packageManager": "pnpm@X.Y.Z"');
  });
});

describe('installedVersion', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kk-bootstrap-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is null without pnpm, and with one whose installation was cut short', () => {
    expect(installedVersion(root)).toBeNull();
    const modules = join(root, '.bootstrap', 'pnpm', 'node_modules');
    mkdirSync(join(modules, 'pnpm'), { recursive: true });
    writeFileSync(join(modules, 'pnpm', 'package.json'), '{ "version": "10.34.0" }');
    expect(installedVersion(root)).toBeNull();
    mkdirSync(join(modules, '.bin'));
    writeFileSync(join(modules, '.bin', 'pnpm'), '');
    expect(installedVersion(root)).toBe('10.34.0');
  });
});

describe('npmCommand', () => {
  const node = join('/opt', 'node', 'bin', 'node');
  const beside = join('/opt', 'node', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');

  it('takes the npm that started us', () => {
    const named = '/elsewhere/npm/bin/npm-cli.js';
    expect(npmCommand({ npm_execpath: named }, node, (path) => path === named || path === beside)).toEqual([node, named]);
  });

  it('takes the npm beside Node when another package manager started us', () => {
    expect(npmCommand({ npm_execpath: '/elsewhere/pnpm.cjs' }, node, () => true)).toEqual([node, beside]);
    expect(npmCommand({}, node, (path) => path === beside)).toEqual([node, beside]);
  });

  it('takes the one on the PATH otherwise', () => {
    expect(npmCommand({}, node, () => false)).toEqual(['npm']);
  });
});
