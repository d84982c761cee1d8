// A plain Vite app with nothing configured whose Worker computes on two threads with @kk/nn-core, installed from its tarball: what
// the package's README shows. Vite bundles workers as one script, so nothing in the package may ask for a second one.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { servePage, visit } from '@kk/vitest-config/built-page';
import { installPacked, packPackage } from '@kk/vitest-config/packed';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kk-worker-'));
afterAll(() => rmSync(folder, { recursive: true }));
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
const packageFolder = fileURLToPath(new URL('../../../packages/nn-core/', import.meta.url));

/** The code blocks of the README's part about workers, by the file that each names in its first line. */
function snippets(): Map<string, string> {
  const section = readFileSync(join(packageFolder, 'README.md'), 'utf8').split(/^## /m).find((part) => part.startsWith('In a page'))!;
  return new Map([...section.matchAll(/```\w+\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, name, code]) => [name!, code!]));
}

it('builds without configuration and computes on two threads', async () => {
  await installPacked(folder, [await packPackage(packageFolder, folder)]);
  mkdirSync(join(folder, 'src'));
  const files = snippets();
  expect([...files.keys()]).toEqual(['worker.js', 'page.js']);
  for (const [name, code] of files) writeFileSync(join(folder, 'src', name), code);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><p></p><script type="module" src="./src/page.js"></script>');
  // Vite builds for production only where NODE_ENV does not say otherwise, and vitest sets it to `test`.
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', 'built'], { cwd: folder, env: { ...process.env, NODE_ENV: 'production' } });
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  for (const [sent, threads] of [[headers, '2 threads'], [{}, '1 thread']] as const) {
    const server = await servePage(join(folder, 'built'), { headers: sent });
    try {
      const text = await visit(server.url, 'none', async (page) => {
        await page.waitForFunction(() => document.querySelector('p')!.textContent !== '');
        return page.textContent('p');
      });
      expect(text).toMatch(new RegExp(`^wasm: SIMD.*, ${threads}: 7,10,15,22$`));
    } finally {
      await server.close();
    }
  }
});
