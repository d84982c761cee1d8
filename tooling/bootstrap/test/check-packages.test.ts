import { expect, it } from 'vitest';
import { loadCommands } from '../src/check-packages.mjs';

it('loads every entry that is code, both ways', () => {
  const manifest = { name: '@kk/gpt', exports: { '.': {}, './node': {}, './package.json': './package.json', './models/*': {} } };
  const commands = loadCommands({ folder: 'packages/gpt', manifest });
  expect(commands.map(({ args }) => args)).toEqual([
    ['--input-type=module', '--eval', 'await import("@kk/gpt"); await import("@kk/gpt/node");'],
    ['--input-type=commonjs', '--eval', 'require("@kk/gpt"); require("@kk/gpt/node");'],
  ]);
});

it('has nothing to load of a package that only brings a command', () => {
  expect(loadCommands({ folder: 'packages/kk', manifest: { name: 'kk' } })).toEqual([]);
});
