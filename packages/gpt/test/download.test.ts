// Models from a URL: whole, in shards, after cuts, and refused. A server on this machine offers the folders of the fixtures.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init } from '@kk/nn-core';
import { afterEach, describe, expect, it } from 'vitest';
import { DownloadError, fetchModel, type DownloadProgress } from '../src/download.js';
import { toSafetensors, type Transformer } from '../src/index.js';
import { downloadModel, loadModel } from '../src/node.js';
import { ModelServer, type ServerOptions } from './support/model-server.js';

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const SMALL = fixture('llama/qwen2');
const SHARDED = fixture('llama/llama-llama3-bf16-sharded');
const WEIGHTS = 'model.safetensors';
const AT_ONCE = { waitMilliseconds: 0 };

const engine = await init('cpu');
const cleanup: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  while (cleanup.length > 0) await cleanup.pop()!();
});

async function serve(options: ServerOptions = {}, folder = SMALL): Promise<ModelServer> {
  const server = await ModelServer.start(folder, options);
  cleanup.push(() => server.stop());
  return server;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kk-download-'));
  cleanup.push(() => rm(folder, { recursive: true }));
  return folder;
}

const expectModel = async (model: Transformer, folder = SMALL): Promise<void> => expect(await toSafetensors(model)).toEqual(await toSafetensors(await loadModel(engine, folder)));
const sizeOf = async (file: string): Promise<number> => (await stat(file)).size;
const sha256 = async (file: string): Promise<string> => createHash('sha256').update(await readFile(file)).digest('hex');
const messageOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => expect.fail('nothing was thrown'), (error: Error) => error.message);

describe('fetchModel', () => {
  it.each([['whole', SMALL], ['in shards', SHARDED], ['a GPT-2', fixture('tiny-gpt2')]])('loads weights that are %s', async (_, folder) => {
    const { url } = await serve({}, folder);
    const { model, tokenizer, generation } = await fetchModel(engine, url);
    await expectModel(model, folder);
    expect([tokenizer, generation]).toEqual([undefined, undefined]);
  });

  it('brings the tokenizer and how its makers generate, where they are there', async () => {
    const server = await serve();
    server.changed.set('tokenizer.json', Buffer.from('{"model":{"type":"BPE"}}'));
    server.changed.set('generation_config.json', Buffer.from('{"eos_token_id":2,"temperature":0.5}'));
    const { tokenizer, generation } = await fetchModel(engine, server.url);
    expect(tokenizer).toEqual({ model: { type: 'BPE' } });
    expect(generation).toEqual({ endTokens: [2], temperature: 0.5 });
  });

  it('goes on where the connection was cut, and tells of it', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ cutAfter: 5000 }, { cutAfter: 3000 }, { status: 503 }] } });
    const total = await sizeOf(join(SMALL, WEIGHTS));
    const heard: DownloadProgress[] = [];
    const onProgress = (progress: DownloadProgress): void => {
      heard.push(progress);
      server.onProgress(progress);
    };
    const { model } = await fetchModel(engine, server.url, { ...AT_ONCE, onProgress });
    await expectModel(model);
    expect(server.requestsFor(WEIGHTS)).toEqual(['bytes=0-', 'bytes=5000-', 'bytes=8000-', 'bytes=8000-']);
    expect(server.sentOf(WEIGHTS)).toBe(total);
    const weights = heard.filter(({ file }) => file === WEIGHTS);
    expect(weights.at(-1)).toMatchObject({ receivedBytes: total, totalBytes: total, secondsLeft: 0, attempt: 4 });
    const received = weights.map(({ receivedBytes }) => receivedBytes);
    expect(received).toEqual([...received].sort((a, b) => a - b));
    for (const { bytesPerSecond, secondsLeft, receivedBytes } of weights) {
      if (bytesPerSecond !== undefined) expect(secondsLeft).toBeCloseTo((total - receivedBytes) / bytesPerSecond, 6);
    }
  });

  it.each(['last-modified', 'etag'] as const)('knows by %s that the file is still the same', async (version) => {
    const server = await serve({ version, troubles: { [WEIGHTS]: [{ cutAfter: 5000 }] } });
    await expectModel((await fetchModel(engine, server.url, { ...AT_ONCE, onProgress: server.onProgress })).model);
    expect(server.sentOf(WEIGHTS)).toBe(await sizeOf(join(SMALL, WEIGHTS)));
  });

  it.each([{ version: 'none' }, { version: 'weak' }, { ranges: false }] as const)('begins anew where it cannot know that (%o)', async (options) => {
    const server = await serve({ ...options, troubles: { [WEIGHTS]: [{ cutAfter: 5000 }] } });
    await expectModel((await fetchModel(engine, server.url, { ...AT_ONCE, onProgress: server.onProgress })).model);
    expect(server.sentOf(WEIGHTS)).toBeGreaterThanOrEqual(5000 + (await sizeOf(join(SMALL, WEIGHTS))));
  });

  it('goes on without a version where a checksum will tell', async () => {
    const server = await serve({ version: 'none', troubles: { [WEIGHTS]: [{ cutAfter: 5000 }] } });
    const checksums = { [WEIGHTS]: await sha256(join(SMALL, WEIGHTS)) };
    await expectModel((await fetchModel(engine, server.url, { ...AT_ONCE, onProgress: server.onProgress, checksums })).model);
    expect(server.sentOf(WEIGHTS)).toBe(await sizeOf(join(SMALL, WEIGHTS)));
  });

  it('never joins parts of two versions', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ cutAfter: 5000 }] } });
    const other = await readFile(join(fixture('llama/qwen2'), WEIGHTS));
    other[other.length - 2] ^= 1; // the last weight is another
    const { model } = await fetchModel(engine, server.url, {
      ...AT_ONCE,
      onProgress: (progress) => {
        if (progress.file === WEIGHTS) server.changed.set(WEIGHTS, other);
        server.onProgress(progress);
      },
    });
    expect(server.sentOf(WEIGHTS)).toBeGreaterThan(other.length);
    expect(await toSafetensors(model)).not.toEqual(await toSafetensors(await loadModel(engine, SMALL)));
  });

  it('ends a connection on which nothing comes any more, and goes on', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ stallAfter: 4000 }] } });
    await expectModel((await fetchModel(engine, server.url, { ...AT_ONCE, stallMilliseconds: 1000, attempts: 50 })).model);
    expect(server.requestsFor(WEIGHTS)).toContain('bytes=4000-');
  });

  it('takes the checksum that the server promises', async () => {
    await expectModel((await fetchModel(engine, (await serve({ digest: 'right' })).url)).model);
    expect(await messageOf(fetchModel(engine, (await serve({ digest: 'wrong' })).url))).toMatch(/config\.json arrived with the SHA-256 [0-9a-f]{64}; expected e3b0c442/);
  });

  it('stops when it is told to', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ stallAfter: 4000 }] } });
    const stop = new AbortController();
    const onProgress = ({ file }: DownloadProgress): void => {
      if (file === WEIGHTS) stop.abort(new Error('enough'));
    };
    await expect(fetchModel(engine, server.url, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    const waiting = new AbortController();
    const refused = await serve({ troubles: { 'config.json': [{ status: 503, headers: { 'retry-after': '3600' } }] } });
    const promise = fetchModel(engine, refused.url, { signal: waiting.signal, onProgress: () => waiting.abort(new Error('while it waits')) });
    await expect(promise).rejects.toThrow('while it waits');
  });
});

describe('fetchModel refuses', () => {
  const PAGE = Buffer.from('<!doctype html>');

  it.each<[string, (server: ModelServer) => void, RegExp]>([
    ['a folder without a model', (server) => (server.options.troubles = { 'config.json': [{ status: 404 }] }), /small\/ has no config\.json; expected the address of the folder/],
    ['one without weights', (server) => (server.options.troubles = { [WEIGHTS]: [{ status: 404 }] }), /has neither model\.safetensors nor model\.safetensors\.index\.json/],
    ['one that is not for everybody', (server) => (server.options.troubles = { 'config.json': [{ status: 401 }] }), /Cannot download http:.*config\.json: the server answered 401 Unauthorized\./],
    ['a page in place of every file', (server) => (server.options.troubles = { 'config.json': [{ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!doctype html>' }] }), /small\/ has no config\.json; expected the address of the folder/],
    ['weights that no memory could hold', (server) => (server.options.troubles = { [WEIGHTS]: [{ headers: { 'content-range': 'bytes 0-9/900000000000000' } }] }), /model\.safetensors has 900000000000000 bytes or more/],
    ['an index without files', (server) => { server.options.troubles = { [WEIGHTS]: [{ status: 404 }] }; server.changed.set('model.safetensors.index.json', Buffer.from('{"weight_map":{}}')); }, /index\.json: weight_map names 0 files; expected 1 to 4096\./],
    ['an index with half a character in a name', (server) => { server.options.troubles = { [WEIGHTS]: [{ status: 404 }] }; server.changed.set('model.safetensors.index.json', Buffer.from('{"weight_map":{"a":"\\ud800.safetensors"}}')); }, /expected the name of a \.safetensors file in the same folder/],
    ['a redirect in a circle', (server) => (server.options.troubles = { 'config.json': Array.from({ length: 50 }, () => ({ status: 302, headers: { location: 'config.json' } })) }), /The connection failed: redirect count exceeded\./],
    ['shards that together are longer than the config allows', (server) => {
      server.options.troubles = { [WEIGHTS]: [{ status: 404 }] };
      server.changed.set('model.safetensors.index.json', Buffer.from(JSON.stringify({ weight_map: { a: 'a.safetensors', b: 'b.safetensors', c: 'c.safetensors' } })));
      for (const name of ['a', 'b', 'c']) server.changed.set(`${name}.safetensors`, new Uint8Array(10e6));
    }, /b\.safetensors has 10000000 bytes or more; expected at most 6\d{6}\./],
    ['a page in place of the config, without saying so', (server) => server.changed.set('config.json', PAGE), /small\/config\.json: it is not valid JSON\./],
    ['another kind of model', (server) => server.changed.set('config.json', Buffer.from('{"model_type":"bert"}')), /small\/config\.json: .*bert/],
    ['a server that keeps failing', (server) => (server.options.troubles = { [WEIGHTS]: Array.from({ length: 9 }, () => ({ status: 502 })) }), /Cannot download .*model\.safetensors: the server answered 502 Bad Gateway, 5 times in a row\. Nothing arrived\./],
    ['one that keeps cutting, and cannot go on', (server) => (server.options = { ranges: false, troubles: { [WEIGHTS]: Array.from({ length: 30 }, () => ({ cutAfter: 100 })) } }), /5 times in a row\. 100 of \d+ bytes arrived\./],
    ['weights that are longer than the config allows', (server) => server.changed.set(WEIGHTS, new Uint8Array(2 ** 25)), /model\.safetensors has 33554432 bytes or more; expected at most 1\d{7}\./],
  ])('%s', async (_, spoil, message) => {
    const server = await serve();
    spoil(server);
    const error = await fetchModel(engine, server.url, { ...AT_ONCE, onProgress: server.onProgress }).then(() => expect.fail('nothing was thrown'), (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DownloadError);
    expect((error as Error).message).toMatch(message);
  });

  it('weights with another checksum', async () => {
    const { url } = await serve();
    expect(await messageOf(fetchModel(engine, url, { checksums: { [WEIGHTS]: 'ab'.repeat(32) } }))).toMatch(/model\.safetensors arrived with the SHA-256 .*; expected abab.*\. The file was damaged on the way, or it is another one\./);
  });

  it('a checksum for a file that is not there', async () => {
    const { url } = await serve();
    const checksums = { 'model.safetensor': '0'.repeat(64) };
    const folder = await newFolder();
    for (const failing of [fetchModel(engine, url, { checksums }), downloadModel(url, folder, { checksums })]) {
      expect(await messageOf(failing)).toContain("there is a checksum for model.safetensor; expected names of the model's files: ");
    }
    expect(await readdir(folder)).not.toContain(WEIGHTS);
  });

  it('a machine where nobody answers, by its address', async () => {
    const server = await serve();
    const { url } = server;
    await server.stop();
    expect(await messageOf(fetchModel(engine, url, { ...AT_ONCE, attempts: 2 }))).toMatch(/Cannot download http:.*config\.json: the connection failed \(ECONNREFUSED\), 2 times in a row\. Nothing arrived\./);
    cleanup.pop();
  });

  it('options that cannot be meant, before anything is asked for', async () => {
    const server = await serve();
    const { url } = server;
    for (const [given, options, message] of [
      ['models/small', {}, '"models/small" is no URL; expected the address of a folder'],
      ['file:///etc/', {}, 'expected the address of a folder that begins with http: or https:'],
      [`${url}?download=true`, {}, 'without ? and #'],
      [url.replace('//', '//me:secret@'), {}, 'the address holds a name or a password; expected none'],
      [url, { attempts: 0 }, 'attempts is 0; expected a whole number of at least 1'],
      [url, { checksums: { [WEIGHTS]: 'abc' } }, 'the checksum of model.safetensors is "abc"; expected 64 hexadecimal digits'],
      [url, { retries: 3 }, 'retries'],
    ] as const) {
      expect(await messageOf(fetchModel(engine, given, options as object))).toContain(message);
    }
    expect(server.requests).toEqual([]);
  });
});

it('a checksum of packed bytes says nothing about the file', async () => {
  const server = await serve({ digest: 'wrong', ranges: false });
  const packed: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    return new Response(response.body, { status: response.status, headers: { ...Object.fromEntries(response.headers), 'content-encoding': 'gzip' } });
  };
  await expectModel((await fetchModel(engine, server.url, { fetch: packed })).model);
});

describe('downloadModel', () => {
  it.each(['etag', 'none'] as const)('keeps no file of an older version when it goes on (version: %s)', async (version) => {
    const server = await serve({ version, troubles: { 'model-00003-of-00003.safetensors': [{ cutAfter: 500 }] } }, SHARDED);
    const index = JSON.parse(await readFile(join(SHARDED, 'model.safetensors.index.json'), 'utf8')) as { weight_map: Record<string, string> };
    const shards = [...new Set(Object.values(index.weight_map))];
    server.options.troubles = { [shards.at(-1)!]: [{ cutAfter: 500 }] };
    const folder = await newFolder();
    await messageOf(downloadModel(server.url, folder, { attempts: 1, onProgress: server.onProgress }));
    // All files change on the server: one number of each shard, and a number of the config.
    for (const shard of shards) {
      const bytes = await readFile(join(SHARDED, shard));
      bytes[bytes.length - 2]! ^= 1;
      server.changed.set(shard, bytes);
    }
    const config = JSON.parse(await readFile(join(SHARDED, 'config.json'), 'utf8')) as Record<string, unknown>;
    server.changed.set('config.json', Buffer.from(JSON.stringify({ ...config, rope_theta: 77 })));
    const { resumedBytes } = await downloadModel(server.url, folder);
    for (const [file, bytes] of server.changed) expect(await readFile(join(folder, file)), file).toEqual(Buffer.from(bytes));
    expect(resumedBytes).toBe(version === 'etag' ? await sizeOf(join(SHARDED, 'model.safetensors.index.json')) : 0);
  });

  it('checks a checksum that is given only later', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ cutAfter: 5000 }] } });
    const folder = await newFolder();
    await messageOf(downloadModel(server.url, folder, { attempts: 1, onProgress: server.onProgress }));
    expect(await messageOf(downloadModel(server.url, folder, { checksums: { 'config.json': 'a'.repeat(64) } }))).toMatch(/config\.json arrived with the SHA-256 [0-9a-f]{64}; expected a{64}/);
    await downloadModel(server.url, folder, { checksums: { 'config.json': (await sha256(join(SMALL, 'config.json'))).toUpperCase() } });
    await expectModel(await loadModel(engine, folder));
  });

  it('asks again for a file that could not be used', async () => {
    const server = await serve();
    server.changed.set('config.json', Buffer.from('{"maintenance":'));
    const folder = await newFolder();
    expect(await messageOf(downloadModel(server.url, folder))).toContain('config.json: it is not valid JSON.');
    server.changed.clear();
    await downloadModel(server.url, folder);
    await expectModel(await loadModel(engine, folder));
  });

  it('keeps what has arrived when the server no longer has the file', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ cutAfter: 5000 }, { status: 404 }] } });
    const folder = await newFolder();
    await messageOf(downloadModel(server.url, folder, { attempts: 1, onProgress: server.onProgress }));
    expect(await messageOf(downloadModel(server.url, folder))).toContain('the server answered 404');
    expect(await sizeOf(join(folder, `${WEIGHTS}.part`))).toBe(5000);
    await downloadModel(server.url, folder);
    expect(server.requestsFor(WEIGHTS).at(-1)).toBe('bytes=5000-');
  });

  it('touches no part of somebody else', async () => {
    const { url } = await serve();
    const [folder, elsewhere] = [await newFolder(), join(await newFolder(), 'mine')];
    await writeFile(join(folder, `${WEIGHTS}.part`), 'mine');
    expect(await messageOf(downloadModel(url, folder))).toContain('model.safetensors.part is there already, and is not of a download that was begun here: nothing is replaced.');
    expect(await readFile(join(folder, `${WEIGHTS}.part`), 'utf8')).toBe('mine');
    await rm(join(folder, `${WEIGHTS}.part`));
    await writeFile(elsewhere, '');
    await symlink(elsewhere, join(folder, `${WEIGHTS}.part`));
    expect(await messageOf(downloadModel(url, folder))).toContain('nothing is replaced');
    expect(await readFile(elsewhere, 'utf8')).toBe('');
  });

  it.each([['whole', SMALL], ['in shards', SHARDED]])('writes a folder with weights that are %s', async (_, original) => {
    const { url } = await serve({}, original);
    const folder = join(await newFolder(), 'new', 'model');
    const { files, bytes, resumedBytes } = await downloadModel(url, folder);
    expect((await readdir(folder)).sort()).toEqual([...files].sort());
    for (const file of files) expect(await readFile(join(folder, file))).toEqual(await readFile(join(original, file)));
    expect(bytes).toBe((await Promise.all(files.map((file) => sizeOf(join(folder, file))))).reduce((a, b) => a + b));
    expect(resumedBytes).toBe(0);
    await expectModel(await loadModel(engine, folder), original);
  });

  it('goes on after it was stopped, in another run, and holds no model before', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ cutAfter: 5000 }, { status: 503 }] } });
    const folder = await newFolder();
    expect(await messageOf(downloadModel(server.url, folder, { attempts: 2, ...AT_ONCE, onProgress: server.onProgress }))).toMatch(/5000 of \d+ bytes arrived\./);
    expect((await readdir(folder)).sort()).toEqual(['config.json.part', 'download.json', 'model.safetensors.part']);
    const { resumedBytes } = await downloadModel(server.url, folder);
    expect(resumedBytes).toBe(5000 + (await sizeOf(join(folder, 'config.json'))));
    expect(server.requestsFor('config.json')).toEqual(['bytes=0-', 'bytes=0-0']); // the second only asks whether it is still the same
    expect(server.requestsFor(WEIGHTS)).toEqual(['bytes=0-', 'bytes=5000-', 'bytes=5000-']);
    expect((await readdir(folder)).sort()).toEqual(['config.json', WEIGHTS]);
    await expectModel(await loadModel(engine, folder));
  });

  it('checks what came in an earlier run, too', async () => {
    const server = await serve({ troubles: { [WEIGHTS]: [{ cutAfter: 5000 }] } });
    const folder = await newFolder();
    const checksums = { [WEIGHTS]: await sha256(join(SMALL, WEIGHTS)) };
    await messageOf(downloadModel(server.url, folder, { attempts: 1, checksums, onProgress: server.onProgress }));
    const part = join(folder, `${WEIGHTS}.part`);
    await writeFile(part, new Uint8Array(5000)); // the disk, or somebody, changed it
    server.options.troubles = {};
    await downloadModel(server.url, folder, { checksums });
    expect(server.requestsFor(WEIGHTS)).toEqual(['bytes=0-', 'bytes=5000-', 'bytes=0-']); // found by the checksum, and loaded anew
    await expectModel(await loadModel(engine, folder));
  });

  it('replaces nothing', async () => {
    const { url } = await serve();
    const folder = await newFolder();
    await writeFile(join(folder, 'config.json'), 'mine');
    expect(await messageOf(downloadModel(url, folder))).toContain('config.json is there already: nothing is replaced.');
    expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe('mine');
    const linked = await newFolder();
    await symlink('/nowhere/at/all', join(linked, WEIGHTS));
    expect(await messageOf(downloadModel(url, linked))).toContain(`${WEIGHTS} is there already`);
  });

  it('does not mix two downloads, and says what is damaged', async () => {
    const [first, second] = [await serve({ troubles: { [WEIGHTS]: [{ cutAfter: 5000 }] } }), await serve()];
    const folder = await newFolder();
    await messageOf(downloadModel(first.url, folder, { attempts: 1, onProgress: first.onProgress }));
    expect(await messageOf(downloadModel(second.url, folder))).toContain(`holds a part of another download, from ${first.url}/; expected ${second.url}/.`);
    for (const damaged of ['{', '[]', '{"url":1,"files":{}}', '{"url":"http://a/","files":{"x":{"version":{"etag":5}}}}']) {
      await writeFile(join(folder, 'download.json'), damaged);
      expect(await messageOf(downloadModel(first.url, folder))).toContain('download.json is damaged');
    }
  });

  it('names what is in the way of the folder', async () => {
    const { url } = await serve();
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'model', `${WEIGHTS}.part`), { recursive: true });
    await expect(downloadModel(url, join(folder, 'file'))).rejects.toThrow(/file/);
    await expect(downloadModel(url, join(folder, 'model'))).rejects.toThrow(/model\.safetensors\.part/);
  });
});
