import { describe, expect, it } from 'vitest';
import { chosenPackages, neededPackages } from '../src/packing.mjs';

const one = (name: string, dependencies: Record<string, string> = {}) => ({ folder: `packages/${name}`, manifest: { name: `@kk/${name}`, dependencies } });
const [core, attention, gpt, other] = [
  one('core'),
  one('attention', { '@kk/core': 'workspace:^' }),
  one('gpt', { '@kk/attention': 'workspace:^', '@kk/core': 'workspace:^', chalk: '5.0.0' }),
  one('other'),
];
const all = [core, attention, gpt, other];

describe('chosenPackages', () => {
  it('takes names with and without the scope, and all packages where none is named', () => {
    expect(chosenPackages(all, ['gpt', '@kk/core'])).toEqual([gpt, core]);
    expect(chosenPackages(all, [])).toEqual(all);
  });

  it('refuses an unknown name and lists the known ones', () => {
    expect(() => chosenPackages(all, ['gtp'])).toThrow('There is no package "gtp". Name some of these, or none for all: core, attention, gpt, other.');
  });
});

describe('neededPackages', () => {
  it('follows dependencies of dependencies, each once, and leaves out what is not of the workspace', () => {
    expect(neededPackages(all, gpt)).toEqual([gpt, attention, core]);
    expect(neededPackages(all, other)).toEqual([other]);
  });
});
