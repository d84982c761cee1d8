// The package as its users get it: packed, installed into an empty project with the packages that it needs, and used from ESM, from CommonJS
// and in a page that Vite built without any configuration.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { servePage, visit } from '@kk/vitest-config/built-page';
import { installPacked, packPackage } from '@kk/vitest-config/packed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const packagesFolder = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kk-packed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');

/** Tunes an adapter of a tiny model until it answers. Gives its answers with the adapter and without. */
const tune = `
async function tune(use) {
  const tokenizer = BytePairTokenizer.train('what is it? a fox. '.repeat(9), { vocabSize: 264, specialTokens: chatMLTokens });
  const messages = [{ role: 'user', content: 'what is it?' }, { role: 'assistant', content: 'a fox.' }];
  const rows = new TuningRows([await labelExample(tokenizer, { messages })], { contextLength: 64, vocabSize: tokenizer.vocabSize });
  const engine = await init('wasm', { threads: 1 });
  const model = new GPT(engine, { vocabSize: tokenizer.vocabSize, contextLength: 64, layers: 1, heads: 2, width: 32 });
  const adapter = addLora(model, { rank: 8, alpha: 16, seed: 1 });
  const trainer = new Trainer(model, rows, { steps: 200, batchSize: 1, learningRate: 0.02, warmupSteps: 10 });
  while (!trainer.isDone) await trainer.step();
  const prompt = await encodeChat(tokenizer, messages.slice(0, 1), { template: chatMLTemplate, addGenerationPrompt: true });
  const answer = async () => {
    const options = { decode: (ids) => tokenizer.decode(ids), stopTokens: [tokenizer.tokenToId('<|im_end|>')], maxTokens: 12 };
    const { answers } = await evaluateAnswers(model, [{ kind: 'what', text: 'what is it?', prompt }], options);
    return answers[0].text;
  };
  const tuned = await answer();
  const base = await adapter.disable() && await answer();
  const result = [tuned, base === tuned, ...(await use(adapter.enable(), answer))];
  engine.dispose();
  return result;
}
`;
const names = [
  ['@kk/finetune', 'addLora, evaluateAnswers, labelExample, TuningRows'],
  ['@kk/gpt', 'GPT, Trainer'],
  ['@kk/nn-core', 'init'],
  ['@kk/tokenizer', 'BytePairTokenizer, chatMLTemplate, chatMLTokens, encodeChat'],
] as const;
const inNode = [...names, ['@kk/finetune/node', 'loadAdapter, saveAdapter']] as const;
const imports = (list: readonly (readonly [string, string])[]): string => list.map(([from, what]) => `import { ${what} } from '${from}';`).join('\n');
/** Saves the adapter, takes it away, and loads it again. */
const saved = `tune(async (adapter, answer) => {
  const { model } = adapter;
  await saveAdapter('adapter', adapter);
  adapter.remove();
  await loadAdapter('adapter', model);
  return [await answer()];
}).then((result) => console.log(JSON.stringify(result)))`;

describe('the packed package', () => {
  beforeAll(async () => {
    const tarballs: string[] = [];
    for (const name of ['tokenizer', 'sampler', 'nn-core', 'attention', 'embeddings', 'gpt', 'finetune']) tarballs.push(await packPackage(join(packagesFolder, name), folder));
    await installPacked(folder, tarballs);
  });

  it.each([
    ['ESM', 'use.mjs', `${imports(inNode)}\n${tune}\n${saved}`],
    ['CommonJS', 'use.cjs', `${inNode.map(([from, what]) => `const { ${what} } = require('${from}');`).join('\n')}\n${tune}\n${saved}`],
  ])('works from %s', async (_name, file, code) => {
    writeFileSync(join(folder, file), code);
    const { stdout } = await run(process.execPath, [file], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(['a fox.', false, 'a fox.']);
  });

  it('works in a page that Vite built without any configuration', async () => {
    writeFileSync(join(folder, 'index.html'), '<!doctype html><p></p><script type="module" src="./page.js"></script>');
    writeFileSync(join(folder, 'page.js'), `${imports(names)}\n${tune}\nglobalThis.use = () => tune((adapter) => [adapter.parameterCount()]);`);
    // Vite builds for production only where NODE_ENV does not say otherwise, and vitest sets it to `test`.
    await run(process.execPath, [vite, 'build', '--outDir', 'built'], { cwd: folder, env: { ...process.env, NODE_ENV: 'production' } });
    const server = await servePage(join(folder, 'built'));
    try {
      const result = await visit(server.url, 'none', (page) => page.evaluate(() => (globalThis as unknown as { use(): Promise<unknown> }).use()));
      expect(result).toEqual(['a fox.', false, 8 * (32 + 96 + 32 + 32 + 32 + 128 + 128 + 32)]);
    } finally {
      await server.close();
    }
  });
});
