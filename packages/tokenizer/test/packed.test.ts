// The package as its users get it: packed, installed into an empty project, and used from ESM and from CommonJS.
import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'tsup';
import packageJSON from '../package.json';

const run = promisify(execFile);
const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const fixture = fileURLToPath(new URL('./fixtures/sentencepiece/bpe.model', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kk-packed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const npm = (args: string[], cwd: string): Promise<unknown> => run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd });

const use = `
const tokenizer = BytePairTokenizer.train('the fox and the hen and the fox', { vocabSize: 270 });
const spm = await tokenizerFromSentencePiece(readFileSync(${JSON.stringify(fixture)}));
const file = await saveTokenizer(tokenizer, 'out');
const chat = await encodeChat(tokenizer, [{ role: 'user', content: 'fox' }], { template: '{{ messages[0].content }}' });
const loaded = (await loadTokenizer(file)).decode(chat);
console.log(JSON.stringify([loaded, spm.decode(spm.encode('Der Fuchs')), (await loadGpt2()).encode('Hello world')]));
`;
const names = [
  ['@kk/tokenizer', 'BytePairTokenizer, encodeChat, tokenizerFromSentencePiece'],
  ['@kk/tokenizer/node', 'loadTokenizer, saveTokenizer'],
  ['@kk/tokenizer/gpt2', 'loadGpt2'],
  ['node:fs', 'readFileSync'],
] as const;

describe('the packed package', () => {
  beforeAll(async () => {
    // A copy with its own build, so that nothing else is disturbed.
    const copy = join(folder, 'package');
    await mkdir(copy);
    for (const file of ['package.json', 'README.md']) await cp(join(packageFolder, file), join(copy, file));
    const { default: config } = (await import('../tsup.config')) as { default: Parameters<typeof build>[0] };
    const entry = Object.fromEntries(Object.entries(config.entry as Record<string, string>).map(([name, path]) => [name, join(packageFolder, path)]));
    await build({ ...config, entry, outDir: join(copy, 'dist'), dts: false, config: false, silent: true });
    await npm(['pack', '--ignore-scripts', '--pack-destination', folder], copy);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    await npm(['install', '--prefer-offline', '--ignore-scripts', `./kk-tokenizer-${packageJSON.version}.tgz`], folder);
  }, 120_000);

  it.each([
    ['ESM', 'use.mjs', `${names.map(([from, what]) => `import { ${what} } from '${from}';`).join('\n')}\n${use}`],
    ['CommonJS', 'use.cjs', `${names.map(([from, what]) => `const { ${what} } = require('${from}');`).join('\n')}\n(async () => {${use}})();`],
  ])('works from %s', async (_name, file, code) => {
    writeFileSync(join(folder, file), code);
    const { stdout } = await run(process.execPath, [file], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(['fox', 'Der Fuchs', [15496, 995]]);
  });
});
