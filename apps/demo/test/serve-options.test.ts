// The options of `npm start`.
import { describe, expect, it } from 'vitest';
import { check, LANGUAGES, parseOptions } from '../scripts/serve-options.mjs';
import { languages } from '../src/languages/names.js';

it('knows the languages of the course', () => {
  expect(LANGUAGES).toEqual([...languages].sort());
});

it('reads options', () => {
  expect(parseOptions(['--lang', 'de', '--port=8080', '--open'])).toEqual({ lang: 'de', port: 8080, open: true, help: false });
  expect(parseOptions([])).toEqual({ lang: undefined, port: undefined, open: false, help: false });
});

it('shows help instead of starting', () => {
  expect(check(['--help'])).toMatchObject({ exitCode: 0 });
  expect(check(['--lang', 'en'])).toBeUndefined();
});

describe('refuses', () => {
  it.each([
    [['--lang', 'xx'], `choose ${LANGUAGES.join(' or ')}`],
    [['--lang'], '--lang'],
    [['--port', '70000'], 'from 0 to 65535'],
    [['--port', '1e3'], 'from 0 to 65535'],
    [['--prot', '80'], '--prot'],
    [['here'], 'here'],
  ])('%j', (args, named) => {
    const early = check(args);
    expect(early?.exitCode).toBe(2);
    expect(early?.text).toContain(named);
    expect(early?.text).toContain('npm start -- --help');
  });
});
