// The npm package koffi, through which libraries are called: found, missing, or there and of no use.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findKoffi, type NodeModules } from '../src/backends/wasm/blas/koffi.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'koffi-')));

/** Node's own, without the folders of NODE_PATH, in which pnpm has a koffi for the programs that it starts. */
const modules: NodeModules = {
  createRequire(path) {
    const require = createRequire(path);
    const resolve = (name: string): string => {
      const file = require.resolve(name);
      if (!file.startsWith(root)) throw new Error(`Cannot find module '${name}'\nRequire stack:\n- ${path}`);
      return file;
    };
    return Object.assign((name: string): unknown => require(name), { resolve });
  },
};

afterAll(() => rmSync(root, { recursive: true }));

/** A program beside a koffi whose file holds this; without a file where it is undefined. */
function programWith(name: string, source: string | undefined): string {
  const folder = join(root, name, 'node_modules', 'koffi');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "main": "index.cjs" }');
  if (source !== undefined) writeFileSync(join(folder, 'index.cjs'), source);
  return join(root, name, 'program.js');
}

const whole = 'module.exports = { load() {}, address() {}, decode: { string() {} } };';
const broken = (why: string): string => `the package koffi is installed and cannot be loaded (${why}); install it again (npm install koffi)`;

it('is found from the first place that has one which works', () => {
  const places = [join(root, 'nowhere', 'program.js'), programWith('throws', 'throw new Error("no")'), programWith('whole', whole), programWith('later', whole)];
  expect(findKoffi(modules, places)).toMatchObject({ file: join(root, 'whole', 'node_modules', 'koffi', 'index.cjs') });
});

it('is missing where no place has one, and places that are no paths have none', () => {
  for (const places of [[], [join(root, 'nowhere', 'program.js')], ['no path']]) expect(findKoffi(modules, places)).toBe('the package koffi is not installed (npm install koffi)');
});

it.each([
  ['a package that it needs is missing', "require('@koromix/koffi-none')", /^Cannot find module '@koromix\/koffi-none'$/],
  ['it throws an error', 'throw new Error("Mismatched native Koffi modules.\\nsecond line")', /^Mismatched native Koffi modules$/],
  ['it throws no error', 'throw null', /^it throws null$/],
  ['it throws text', "throw 'no'", /^it throws "no"$/],
  ['its own file is missing', undefined, /^Cannot find module '.*index\.cjs'/],
])('is there and cannot be loaded: %s', (what, source, why) => {
  const found = findKoffi(modules, [programWith(what, source)]) as string;
  const inside = /^the package koffi is installed and cannot be loaded \((.*)\); install it again \(npm install koffi\)$/.exec(found)?.[1];
  expect(inside).toMatch(why);
  expect(found).toBe(broken(inside!));
});

it('is there, and is another version than is needed', () => {
  const { peerDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { peerDependencies: { koffi: string } };
  const expected = `expected version ${peerDependencies.koffi.slice(1)} or a later one of 3 (npm install koffi@${peerDependencies.koffi})`;
  const says = (name: string, source: string, what: string): void => {
    const program = programWith(name, source);
    expect(findKoffi(modules, [program])).toBe(`the package koffi at ${join(root, name, 'node_modules', 'koffi', 'index.cjs')} cannot be used: ${what}; ${expected}`);
  };
  says('older', "module.exports = { version: '2.1.0', load() {}, decode() {} };", 'version 2.1.0 has no function address, decode.string');
  says('empty', 'module.exports = {};', 'it has no function load, address, decode.string');
  says('null', 'module.exports = null;', 'it has no function load, address, decode.string');
});
