// The README's example is examples/tokens-of-a-text.ts, word for word, and prints what the README shows; what it says about verbs and options is true.
import { readFileSync } from 'node:fs';
import { testReadme } from '@kk/vitest-config/readme';
import { expect, it } from 'vitest';
import { allVerbs, withTables, withWholeTable } from '../src/grammar/verbs-table.js';
import { kk } from './support/kk.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');
const page = read('../VERBS.md');

testReadme(new URL('../', import.meta.url), [['examples/tokens-of-a-text.ts', () => import('../examples/tokens-of-a-text.js')]]);

it('the first command prints what stands under it', async () => {
  const [, command, output] = /^```sh\nnpx kk (.*)\n```\n\n```text\n([\s\S]*?)\n```$/m.exec(readme) ?? [];
  const argv = Array.from(command!.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare!);
  const { exitCode, stdout } = await kk(argv);
  expect([exitCode, stdout.replace(/ +$/gm, '').trimEnd()]).toEqual([0, output]);
});

it('its tables of verbs are made from the verbs, and its list of statistics from these', () => {
  expect(withTables(readme), 'Run: pnpm --filter @kk/cli run verbs').toBe(readme);
  expect(withWholeTable(page), 'Run: pnpm --filter @kk/cli run verbs').toBe(page);
});

it('every verb says what it reads and writes', () => {
  for (const verb of allVerbs()) {
    expect(Object.keys(verb.flow.writes), verb.path).not.toEqual([]);
    for (const key of [...Object.keys(verb.flow.reads), ...Object.keys(verb.flow.writes)]) if (!['stdin', 'stdout', 'text'].includes(key)) verb.optionNamed(key);
  }
});

it('names the verbs without --json', () => {
  const [, names] = /All verbs have it but ([^;]*);/.exec(readme) ?? [];
  const without = allVerbs().filter(({ options }) => !options.some((option) => option.attributeName() === 'json'));
  expect(names.match(/(?<=`)[^`]+(?=`)/g)).toEqual(expect.arrayContaining(without.map((verb) => verb.path.replace('kk ', ''))));
  expect(names.match(/`/g)).toHaveLength(2 * without.length);
});

it('names the defaults of kk train as they are', () => {
  const [, named] = /The defaults are those of nanoGPT's run for one CPU, on characters:\n\n```sh\n([^`]*)```/.exec(readme)!;
  const verb = allVerbs().find(({ path }) => path === 'kk train')!;
  const values = named.trim().split(/\s*--/).slice(1).map((text) => text.split(/\s+/));
  expect(values.length).toBeGreaterThan(10);
  for (const [flag, value] of values) {
    const option = verb.options.find(({ long }) => long === `--${flag}`)!;
    // Some have no fixed default; their help says what it is.
    if (option.defaultValue !== undefined) expect(Number(value), flag).toBe(option.defaultValue);
  }
});

it('every option that the README and its page of verbs name exists', async () => {
  const helps = await Promise.all(allVerbs().map((verb) => kk([...verb.path.split(' ').slice(1), '--help'])));
  const known = [(await kk(['--help'])).stdout, ...helps.map(({ stdout }) => stdout)].join('\n');
  const named = new Set(`${readme}\n${page}`.replace(/<!--.*?-->/g, '').match(/(?<![\w-])--[a-z][a-z0-9-]*/g));
  expect(named.size).toBeGreaterThan(20);
  for (const option of named) expect(known, option).toMatch(new RegExp(`${option}\\b`));
});
