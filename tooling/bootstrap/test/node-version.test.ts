import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, lowestVersion, tooOldMessage } from '../src/node-version.mjs';

describe('compareVersions', () => {
  it.each([
    ['v20.19.0', '20.19', 0],
    ['v20.18.9', '20.19', -1],
    ['20.20.2', '20.19', 1],
    ['20.9.0', '20.19', -1],
    ['v9.11.2', '20.19', -1],
    ['v22.0.0', '20.19', 1],
    ['v23.0.0-nightly2024', '23', 0],
  ])('%s against %s', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
  });

  it('orders versions as their numbers are ordered', () => {
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99));
    fc.assert(
      fc.property(version, version, (a, b) => {
        const byNumber = a[0] * 1e4 + a[1] * 100 + a[2] - (b[0] * 1e4 + b[1] * 100 + b[2]);
        expect(Math.sign(compareVersions(a.join('.'), `v${b.join('.')}`))).toBe(Math.sign(byNumber));
      }),
    );
  });

  it('refuses what is no version', () => {
    expect(() => compareVersions('latest', '20')).toThrow('Expected a version such as 20.19.0, got "latest".');
  });
});

describe('lowestVersion', () => {
  it('reads the one form of range that is used here', () => {
    expect(lowestVersion('>=20.19')).toBe('20.19');
    expect(() => lowestVersion('^20 || >=22')).toThrow('Expected "engines.node" in the form ">=20.19"');
  });
});

it('says which Node is needed, which one runs, and what to do', () => {
  const text = tooOldMessage('v18.20.4', '20.19');
  expect(text).toContain('needs Node 20.19 or later');
  expect(text).toContain('running Node 18.20.4');
  expect(text).toContain('Install');
});
