// The import rule of tooling/eslint-config, as the whole configuration applies it: what each package may import, and what not.
import { readdirSync } from 'node:fs';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { workspaceRoot } from '../src/workspace.mjs';

// Named by a variable because the rule is plain JavaScript without types.
const rule: string = '@kk/eslint-config/import-rule';
const { allowedImports, tokenizerFolders }: { allowedImports: Record<string, string[]>; tokenizerFolders: string[] } = await import(rule);

const eslint = new ESLint({ cwd: workspaceRoot });
const RULES = ['@typescript-eslint/no-restricted-imports', 'no-restricted-syntax'];

/** What the import rule says about this code, if it stood in that file. */
async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  expect(result.messages.filter(({ fatal }) => fatal)).toEqual([]);
  return result.messages.filter(({ ruleId }) => ruleId !== null && RULES.includes(ruleId)).map(({ message }) => message);
}

const source = (name: string) => `packages/${name}/src/example.ts`;

describe('is refused', () => {
  it.each([
    ['a package above', 'sampler', "import { Gpt } from '@kk/gpt'; Gpt;"],
    ['a package beside', 'attention', "import { x } from '@kk/embeddings'; x;"],
    ['any package, for a package that stands alone', 'nn-core', "import { x } from '@kk/sampler'; x;"],
    ['a package that uses it, in the check of options', 'options', "import { describe } from '@kk/nn-core'; describe;"],
    ['the types of a package above', 'sampler', "import type { Gpt } from '@kk/gpt'; export type A = Gpt;"],
    ['a package above in disguise of a re-export', 'sampler', "export * from '@kk/gpt';"],
    ['a package above, lazily', 'sampler', "export const load = () => import('@kk/gpt');"],
    ["another package's src folder", 'cli', "import { x } from '@kk/gpt/src/x'; x;"],
    ["another package's src folder, by a path", 'gpt', "import { x } from '../../nn-core/src/tensor'; x;"],
    ["another package's src folder, by a path from the root", 'gpt', "import { x } from '../../../packages/nn-core/src/tensor'; x;"],
    ["another package's built files, by a path", 'gpt', "import { x } from '../../nn-core/dist/index.js'; x;"],
    ["another package's src folder, lazily by a path", 'gpt', "export const load = () => import('../../nn-core/src/tensor');"],
    ['the tooling', 'gpt', "import { x } from '../../../tooling/bench/x'; x;"],
    ['a value of tokenizer, in gpt', 'gpt', "import { train } from '@kk/tokenizer'; train;"],
    ["a value of tokenizer's subpath, in gpt", 'gpt', "import { load } from '@kk/tokenizer/node'; load;"],
    ['a value of tokenizer, in gpt, lazily', 'gpt', "export const load = () => import('@kk/tokenizer');"],
    ['a package with a similar name', 'gpt', "import { x } from '@kk/sampler-next'; x;"],
  ])('%s', async (_, name, code) => {
    expect(await complaints(source(name), code)).toHaveLength(1);
  });

  it.each(['packages/gpt/test/a.test.ts', 'apps/demo/src/a.ts', 'tooling/bench/a.mjs'])("a package's src folder in %s", async (file) => {
    expect(await complaints(file, "import { x } from '@kk/sampler/src/x'; x;")).toHaveLength(1);
    expect(await complaints(file, "import { x } from '@kk/sampler'; x;")).toEqual([]);
  });

  it.each(['tokenizer', 'markov', 'gpt'])('the unpublished package in %s, except in its entry for Node', async (name) => {
    const code = "import { writeWholeFile } from '@kk/whole-file'; writeWholeFile;";
    expect(await complaints(source(name), code)).toHaveLength(1);
    expect(await complaints(`packages/${name}/src/node.ts`, code)).toEqual([]);
  });

  it('n-gram models in corpora, except in its statistics', async () => {
    const code = "import { x } from '@kk/markov'; x;";
    expect(await complaints(source('corpora'), code)).toHaveLength(1);
    expect(await complaints('packages/corpora/src/stats/example.ts', code)).toEqual([]);
  });
});

describe('is allowed', () => {
  it.each([
    ['a package below', 'gpt', "import { Tensor } from '@kk/nn-core'; Tensor;"],
    ['a public subpath of a package below', 'gpt', "import { read } from '@kk/nn-core/node'; read;"],
    ['the types of tokenizer, in gpt', 'gpt', "import type { Tokenizer } from '@kk/tokenizer'; export type A = Tokenizer;"],
    ['a package of somebody else', 'sampler', "import fc from 'fast-check'; fc;"],
    ['the unpublished check of options, in a package that imports no other', 'tokenizer', "import { checkOptions } from '@kk/options'; checkOptions;"],
    ['a folder of its own that is named like a package', 'gpt', "import { x } from '../sampler/top'; x;"],
    ["the package's own files", 'sampler', "import { x } from './src-of-randomness'; x;"],
    ['a package below, lazily', 'cli', "export const load = () => import('@kk/gpt/node');"],
  ])('%s', async (_, name, code) => {
    expect(await complaints(source(name), code)).toEqual([]);
  });

  it.each(Object.entries(allowedImports))('for %s: its row of the table, and nothing else', async (row, allowed) => {
    const file = row.includes('/') ? `packages/${row.replace('/', '/src/')}.ts` : source(row);
    for (const name of Object.keys(allowedImports).filter((other) => !other.includes('/'))) {
      const found = await complaints(file, `import type { X } from '@kk/${name}'; export type A = X;`);
      expect(found, `@kk/${name} in ${file}`).toHaveLength(allowed.includes(name) ? 0 : 1);
    }
  });
});

it('says what the package may import instead', async () => {
  expect(await complaints(source('markov'), "import { x } from '@kk/gpt'; x;")).toEqual([expect.stringContaining('markov may import @kk/options, @kk/sampler')]);
});

it('knows no cycle', () => {
  const reach = (name: string, path: string[]): void => {
    expect(path, [...path, name].join(' -> ')).not.toContain(name);
    for (const below of allowedImports[name]) reach(below, [...path, name]);
  };
  for (const name of Object.keys(allowedImports)) reach(name, []);
});

describe('inside nn-core', () => {
  it.each([
    ['backends/wasm/x.ts', "import { Tensor } from '../../core/tensor.js'; Tensor;", 'nn-core/src/backends may not import core'],
    ['backends/x.ts', "import type { Plan } from '../capture/compile-step.js'; export type A = Plan;", 'nn-core/src/backends may not import core'],
    ['core/x.ts', "import { add } from '../ops/elementwise.js'; add;", 'nn-core/src/core may not import capture'],
    ['core/x.ts', "import { init } from '@kk/gpt'; init;", 'nn-core may import @kk/options, @kk/random'],
  ])('%s refuses %s', async (file, code, message) => {
    expect(await complaints(`packages/nn-core/src/${file}`, code)).toEqual([expect.stringContaining(message)]);
  });

  it('capture imports backends, and ops import core', async () => {
    expect(await complaints('packages/nn-core/src/capture/x.ts', "import { planArena } from '../backends/arena.js'; planArena;")).toEqual([]);
    expect(await complaints('packages/nn-core/src/ops/x.ts', "import { record } from '../core/tape.js'; record;")).toEqual([]);
  });
});

describe('inside tokenizer', () => {
  it('every folder has its place in the order', () => {
    const folders = readdirSync(new URL('../../../packages/tokenizer/src', import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...tokenizerFolders].sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it.each([
    ['core/x.ts', "import { Bpe } from '../models/bpe/bpe.js'; Bpe;", 'tokenizer/src/core may not import chat'],
    ['models/bpe/byte-level/x.ts', "import type { PipelineTokenizer } from '../../../pipeline/pipeline-tokenizer.js'; export type A = PipelineTokenizer;", 'tokenizer/src/models may not import pipeline'],
    ['pipeline/x.ts', "import { BytePairTokenizer } from '../tokenizers/byte-pair.js'; BytePairTokenizer;", 'tokenizer/src/pipeline may not import tokenizers'],
    ['tokenizers/x.ts', "import { readTokenRanks } from '../formats/tiktoken.js'; readTokenRanks;", 'tokenizer/src/tokenizers may not import formats'],
    ['text/x.ts', "import { train } from '@kk/gpt'; train;", 'tokenizer may import @kk/options ('],
  ])('%s refuses %s', async (file, code, message) => {
    expect(await complaints(`packages/tokenizer/src/${file}`, code)).toEqual([expect.stringContaining(message)]);
  });

  it('a folder imports those before it', async () => {
    expect(await complaints('packages/tokenizer/src/models/bpe/training/x.ts', "import { texts } from '../../../training/texts.js'; texts;")).toEqual([]);
    expect(await complaints('packages/tokenizer/src/formats/tokenizer-json/x.ts', "import { WordTokenizer } from '../../tokenizers/word.js'; WordTokenizer;")).toEqual([]);
  });
});
