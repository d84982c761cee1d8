// The package as its users get it: packed, installed into an empty project, and used from ESM, from CommonJS and in a page.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPage, servePage, visit } from '@kk/vitest-config/built-page';
import { installPacked, packPackage } from '@kk/vitest-config/packed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const fixture = fileURLToPath(new URL('./fixtures/sentencepiece/bpe.model', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kk-packed-'));
afterAll(() => rmSync(folder, { recursive: true }));

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
    await installPacked(folder, [await packPackage(packageFolder, folder)]);
  });

  it.each([
    ['ESM', 'use.mjs', `${names.map(([from, what]) => `import { ${what} } from '${from}';`).join('\n')}\n${use}`],
    ['CommonJS', 'use.cjs', `${names.map(([from, what]) => `const { ${what} } = require('${from}');`).join('\n')}\n(async () => {${use}})();`],
  ])('works from %s', async (_name, file, code) => {
    writeFileSync(join(folder, file), code);
    const { stdout } = await run(process.execPath, [file], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(['fox', 'Der Fuchs', [15496, 995]]);
  });

  it('works in a page that Vite built, and loads a vocabulary when it is asked for', async () => {
    const page = join(folder, 'page');
    mkdirSync(page);
    writeFileSync(join(page, 'index.html'), '<!doctype html><script type="module" src="./page.js"></script>');
    writeFileSync(
      join(page, 'page.js'),
      `import { BytePairTokenizer } from '@kk/tokenizer';
      import { loadCl100kBase } from '@kk/tokenizer/cl100k_base';
      globalThis.use = async () => {
        const own = BytePairTokenizer.train('the fox and the hen and the fox', { vocabSize: 270 });
        const ready = await loadCl100kBase();
        return [own.decode(own.encode('fox 🦊')), ready.encode('hello world'), ready.decode([15339, 1917])];
      };`,
    );
    const built = join(folder, 'built');
    await buildPage(page, built, { installed: true });
    const server = await servePage(built);
    try {
      await visit(server.url, 'none', async (tab) => {
        const loaded: string[] = [];
        tab.on('response', (response) => loaded.push(response.url()));
        expect(await tab.evaluate(() => (globalThis as unknown as { use(): Promise<unknown> }).use())).toEqual(['fox 🦊', [15339, 1917], 'hello world']);
        expect(loaded.join(' ')).toContain('ranks-cl100k');
      });
    } finally {
      await server.close();
    }
  });
});
