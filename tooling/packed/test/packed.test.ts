// The sampler, the Markov chains and the corpora as their users get them: packed, installed together into an empty project, checked by
// TypeScript there, and used from ESM, from CommonJS and in a page. One program is all of these; only how it is compiled differs.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPage, servePage, visit } from '@kk/vitest-config/built-page';
import { installPacked, packPackage } from '@kk/vitest-config/packed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const folder = mkdtempSync(join(tmpdir(), 'kk-packed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const packages = ['sampler', 'markov', 'corpora'];
const packageFolder = (name: string): string => fileURLToPath(new URL(`../../../packages/${name}/`, import.meta.url));

/** What works everywhere. */
const use = `
import { Random, type NextTokenModel, generate, Sampler, streamText } from '@kk/sampler';
import * as stages from '@kk/sampler/stages';
import { constrain, jsonSchemaConstraint, TokenVocabulary } from '@kk/sampler/grammar';
import { TextMarkov } from '@kk/markov';
import { writeStory } from '@kk/corpora';
import { drawSigns } from '@kk/corpora/digits';
import { courseSentences } from '@kk/corpora/sentences';
import { englishReadability, entropyByOrder, germanReadability, typeTokenRatio } from '@kk/corpora/stats';

const king = 'Es war einmal ein König, der hatte eine Tochter. Die Tochter hatte einen Wolf. Der Wolf hatte einen König.';
export const nonsense: TextMarkov = TextMarkov.train(king, { unit: 'word', order: 1 });

export async function use() {
  const chain = new Sampler([stages.topK(1), stages.temperature(0.8)], { seed: 42 });
  const tokens = [...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), '<end>'];
  const vocabulary = new TokenVocabulary(tokens.map((token) => new TextEncoder().encode(token)), { endTokens: [95] });
  const random = new Random(7);
  const model: NextTokenModel = { vocabSize: 96, next: () => Float32Array.from(tokens, () => 5 * random.uniform()) };
  const schema = { type: 'object', properties: { age: { type: 'integer', minimum: 20, maximum: 120 } }, required: ['age'] };
  const sampler = new Sampler([constrain(jsonSchemaConstraint(schema, vocabulary))], { seed: 1 });
  let json = '';
  for await (const piece of streamText(generate(model, [], { maxTokens: 100, sampler, stopTokens: [95] }), { push: (id) => tokens[id], end: () => '' })) json += piece;
  const { age } = JSON.parse(json) as { age: number };
  return {
    best: chain.sample(Float32Array.of(0.1, 2.3, 1.9)),
    inRange: age >= 20 && age <= 120,
    nonsense: nonsense.generate({ length: 12, seed: 3 }),
    story: writeStory('de', 7).slice(0, 31),
    sentences: courseSentences('de').length,
    // FNV-1a of the pixels of a drawing: every engine draws the same.
    seven: drawSigns(['7'], { seed: 1, count: 1 }).pixels.reduce((hash, grey) => Math.imul(hash ^ grey, 16777619) >>> 0, 2166136261),
    words: typeTokenRatio(king).tokens,
    orders: entropyByOrder(king, { maxOrder: 2 }).orders.length,
    syllables: [germanReadability(king).syllables, englishReadability('A king had a daughter.').syllables],
  };
}
`;
const found = {
  best: 1,
  inRange: true,
  nonsense: 'Es war einmal ein König. Die Tochter. Die Tochter.',
  story: 'Es war ein goldener Sonntag, un',
  sentences: 344,
  seven: 1796969740,
  words: 19,
  orders: 2,
  syllables: [30, 6],
};

/** What needs files, and the imports of it. */
const useFiles = (extension: string): string => `
import { readMarkov, writeMarkov } from '@kk/markov/node';
import { readTexts, zlib } from '@kk/corpora/node';
import { compression } from '@kk/corpora/stats';
import { nonsense, use } from './use.${extension}';

async function main(): Promise<void> {
  const file = 'king.${extension}.markov';
  await writeMarkov(file, nonsense);
  const read = await readMarkov(file);
  const [text] = await readTexts(['README.txt']);
  const { bitsPerCharacter } = await compression(text, { compressor: zlib() });
  console.log(JSON.stringify({ ...(await use()), read: read.generate({ length: 12, seed: 3 }), compressed: bitsPerCharacter < 1 }));
}
void main();
`;

/** Runs TypeScript in the project; what it finds is the error. */
async function compile(...args: string[]): Promise<void> {
  await run(process.execPath, [tsc, '--strict', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', ...args], { cwd: folder }).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}

describe('packed and installed into an empty project', () => {
  beforeAll(async () => {
    const tarballs = await Promise.all(packages.map((name) => packPackage(packageFolder(name), folder, { types: true })));
    await installPacked(folder, tarballs);
    mkdirSync(join(folder, 'page'));
    for (const [name, code] of Object.entries({
      'use.mts': use,
      'use.cts': use,
      'main.mts': useFiles('mjs'),
      'main.cts': useFiles('cjs'),
      'README.txt': 'Es war einmal. '.repeat(100),
      'page/index.html': '<!doctype html><script type="module" src="./page.ts"></script>',
      'page/page.ts': `${use}\nObject.assign(globalThis, { use });`,
    })) {
      writeFileSync(join(folder, name), code);
    }
  });

  it('brings nothing but what the packages name', () => {
    const { packages: installed } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dependencies?: object }> };
    const direct = Object.fromEntries(packages.map((name) => [name, Object.keys(installed[`node_modules/@kk/${name}`].dependencies ?? {})]));
    expect(direct).toEqual({ sampler: [], markov: ['@kk/sampler'], corpora: ['@kk/markov', 'pure-rand', 'syllable'] });
    expect(Object.keys(installed).filter((path) => path.includes('node_modules/@kk/'))).toHaveLength(packages.length);
  });

  it('has types that TypeScript takes for a bundler', async () => {
    await compile('--noEmit', '--module', 'esnext', '--moduleResolution', 'bundler', 'page/page.ts');
  });

  it('has types that TypeScript takes for Node, and works from ESM and CommonJS', async () => {
    await compile('--module', 'node16', '--moduleResolution', 'node16', 'main.mts', 'main.cts');
    expect(readFileSync(join(folder, 'use.cjs'), 'utf8')).toContain('require("@kk/sampler/grammar")');
    for (const file of ['main.mjs', 'main.cjs']) {
      const { stdout } = await run(process.execPath, [file], { cwd: folder });
      expect(JSON.parse(stdout), file).toEqual({ ...found, read: found.nonsense, compressed: true });
    }
  });

  it('works in a page that Vite built', async () => {
    const built = join(folder, 'built');
    await buildPage(join(folder, 'page'), built, { installed: true });
    const server = await servePage(built);
    try {
      expect(await visit(server.url, 'none', (tab) => tab.evaluate(() => (globalThis as unknown as { use(): Promise<unknown> }).use()))).toEqual(found);
    } finally {
      await server.close();
    }
  });
});
