// kk download: a model comes from a server on this machine, is stopped and goes on, and is refused where it does not fit.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Interrupted } from '../src/errors.js';
import { serveFolder, type FolderServer } from './support/folder-server.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
let server: FolderServer;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  expect((await kk(['train', '--data', 'text.txt', ...tiny, '--out', 'gpt', '--quiet'], { cwd })).exitCode).toBe(0);
  server = await serveFolder(cwd);
});
afterAll(() => server.stop());

const FILES = ['config.json', 'model.safetensors', 'tokenizer.json'];
const checksumOf = (file: string): string => createHash('sha256').update(readFileSync(join(cwd, 'gpt', file))).digest('hex');

it('brings a model that writes', async () => {
  const { exitCode, stdout, stderr } = await kk(['download', `${server.url}/gpt`, 'copy', '--sha256', `model.safetensors=${checksumOf('model.safetensors')}`], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/Files +tokenizer\.json, model\.safetensors, config\.json\n Bytes +\d+\.\d\skB\n Saved in +copy\n/);
  for (const file of FILES) expect(readFileSync(join(cwd, 'copy', file))).toEqual(readFileSync(join(cwd, 'gpt', file)));
  expect((await kk(['generate', 'copy', '--max-tokens', '5'], { cwd })).exitCode).toBe(0);
});

it('shows how far it is', async () => {
  const { exitCode, stderr } = await kk(['download', '--url', `${server.url}/gpt`, '--out', 'shown'], { cwd, columns: 80 });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/config\.json █{16} 100% of \d+\sB/);
});

it('goes on after Ctrl-C, and says how', async () => {
  server.stallAfter('model.safetensors', 3000);
  const stop = new AbortController();
  const part = join(cwd, 'stopped', 'model.safetensors.part');
  const waiting = setInterval(() => {
    if (existsSync(part) && statSync(part).size === 3000) stop.abort(new Interrupted());
  }, 10);
  const first = await kk(['download', `${server.url}/gpt`, 'stopped'], { cwd, interrupt: stop.signal });
  clearInterval(waiting);
  expect(first.exitCode).toBe(130);
  expect(first.stderr).toContain('kk: stopped; what has arrived is kept in stopped.');
  expect(first.stderr).toContain(`download ${server.url}/gpt stopped`);
  expect(readdirSync(join(cwd, 'stopped')).sort()).toEqual(['config.json.part', 'download.json', 'model.safetensors.part', 'tokenizer.json.part']);

  server.stallAfter('nothing', 0);
  server.requests.length = 0;
  const second = await kk(['download', `${server.url}/gpt`, 'stopped', '--json'], { cwd });
  expect(second.exitCode).toBe(0);
  const sizes = Object.fromEntries(FILES.map((file) => [file, statSync(join(cwd, 'gpt', file)).size]));
  expect(second.last()).toEqual({
    url: `${server.url}/gpt`,
    files: ['tokenizer.json', 'model.safetensors', 'config.json'],
    bytes: Object.values(sizes).reduce((a, b) => a + b),
    resumedBytes: 3000 + sizes['config.json']! + sizes['tokenizer.json']!,
    out: join(cwd, 'stopped'),
  });
  expect(server.requests).toContain('/gpt/model.safetensors 3000-');
  expect(server.requests.filter((request) => /\/(config|tokenizer)\.json/.test(request))).toEqual(['/gpt/config.json 0-0', '/gpt/tokenizer.json 0-0']); // only whether they are still the same
});

it.each<[string, (url: string) => string[], number, RegExp]>([
  ['a folder that holds a model', (url) => [url, 'gpt'], 1, /^kk: .*gpt\/(config|tokenizer)\.json is there already: nothing is replaced\./],
  ['a file that is damaged', (url) => [url, 'damaged', '--sha256', `model.safetensors=${'0'.repeat(64)}`], 1, /^kk: http.*model\.safetensors arrived with the SHA-256 [0-9a-f]{64}; expected 0{64}\./],
  ['a checksum of no file', (url) => [url, 'unknown', '--sha256', `weights.bin=${'0'.repeat(64)}`], 2, /^kk: --sha256 names weights\.bin, but the files are tokenizer\.json, model\.safetensors, config\.json\./],
  ['two checksums for a file', (url) => [url, 'never', '--sha256', `a.json=${'0'.repeat(64)}`, `a.json=${'1'.repeat(64)}`], 2, /There are two checksums for a\.json/],
  ['an address with a password', (url) => [url.replace('//', '//me:secret@'), 'never'], 2, /no password/],
  ['a checksum that is none', (url) => [url, 'never', '--sha256', 'model.safetensors=abc'], 2, /64 hexadecimal digits/],
  ['no address', () => ['gpt', 'never'], 2, /'gpt' is invalid for --url URL\. Expected the address of a folder/],
  ['an address of a file system', () => ['file:///etc', 'never'], 2, /begins with http:\/\/ or https:\/\//],
  ['a place without a model', (url) => [`${url}/nowhere`, 'never'], 1, /^kk: http.*nowhere\/ has no config\.json; expected the address of the folder/],
  ['a file in the way', (url) => [url, 'text.txt'], 1, /^kk: text\.txt is a file; expected a folder\./],
  ['no --out', (url) => [url], 2, /kk download needs --out DIR/],
])('refuses %s', async (_, argv, code, message) => {
  mkdirSync(join(cwd, 'empty'), { recursive: true });
  const { exitCode, stdout, stderr } = await kk(['download', ...argv(`${server.url}/gpt`)], { cwd });
  expect(stderr).toMatch(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  expect(existsSync(join(cwd, 'never'))).toBe(false);
});
