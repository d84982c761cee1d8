import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childEnvironment, isContinuousIntegration, plainOutput } from '../src/environment.mjs';

describe('childEnvironment', () => {
  it('puts our folders first on the PATH and keeps everything else', () => {
    const env = { PATH: '/usr/bin', LANG: 'de' };
    const child = childEnvironment(env, ['/clone/bin']);
    expect(child.PATH).toBe(`/clone/bin${delimiter}/usr/bin`);
    expect(child.LANG).toBe('de');
    expect(env).toEqual({ PATH: '/usr/bin', LANG: 'de' });
  });

  it('does not add a second path beside the one that Windows calls Path', () => {
    const child = childEnvironment({ Path: 'C:\\bin' }, ['D:\\pnpm']);
    expect(child.Path).toBe(`D:\\pnpm${delimiter}C:\\bin`);
    expect(Object.keys(child)).not.toContain('PATH');
  });

  it('works without any PATH', () => {
    expect(childEnvironment({}, ['/clone/bin']).PATH).toBe('/clone/bin');
  });

  it('asks tools not to report what they do', () => {
    expect(childEnvironment({}, [])).toMatchObject({ DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' });
  });
});

it.each([[undefined, false], ['', false], ['0', false], ['false', false], ['true', true], ['1', true]])('CI=%s means %s', (value, expected) => {
  expect(isContinuousIntegration({ CI: value })).toBe(expected);
});

it('asks for plain output in files and pipes, unless colours were asked for', () => {
  expect(plainOutput({}, true)).toEqual({});
  expect(plainOutput({}, false)).toEqual({ NO_COLOR: '1' });
  expect(plainOutput({ FORCE_COLOR: '1' }, false)).toEqual({});
});
