// A model from a URL in a page. The files are those of the fixtures, which the test's own server offers; like servers of apps, it answers
// with a page where there is no file.
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { fetchModel, type DownloadProgress } from '../../src/download.js';
import { fromHuggingFaceConfig, fromSafetensors, toSafetensors } from '../../src/index.js';

const folder = new URL('../../test/fixtures/llama/qwen2', import.meta.url);

it('loads it, and says how far it is', async () => {
  const engine = await init('wasm');
  const heard: DownloadProgress[] = [];
  const { model } = await fetchModel(engine, folder, { onProgress: (progress) => heard.push(progress) });
  const bytes = new Uint8Array(await (await fetch(`${folder.href}/model.safetensors`)).arrayBuffer());
  const config = fromHuggingFaceConfig(await (await fetch(`${folder.href}/config.json`)).json());
  expect(await toSafetensors(model)).toEqual(await toSafetensors(fromSafetensors(engine, config, bytes)));
  expect(heard.at(-1)).toMatchObject({ file: 'model.safetensors', receivedBytes: bytes.length });
  engine.dispose();
});

it('goes on after a cut, and checks what arrived', async () => {
  const engine = await init('wasm');
  const ranges: (string | null)[] = [];
  const flaky: typeof fetch = async (url, request) => {
    const response = await fetch(url, request);
    if (!String(url).endsWith('model.safetensors') || !response.body) return response;
    ranges.push(new Headers(request?.headers).get('range'));
    if (ranges.length > 1) return response;
    // The first 5,000 bytes, then the connection breaks.
    const whole = new Uint8Array(await response.arrayBuffer());
    let pieces = 0;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => (pieces++ === 0 ? controller.enqueue(whole.slice(0, 5000)) : controller.error(new TypeError('network error')));
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    return new Response(body, { status: response.status, headers: response.headers });
  };
  const bytes = new Uint8Array(await (await fetch(`${folder.href}/model.safetensors`)).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const checksum = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const { model } = await fetchModel(engine, folder, { fetch: flaky, waitMilliseconds: 0, checksums: { 'model.safetensors': checksum } });
  expect(ranges.slice(0, 2)).toEqual(['bytes=0-', 'bytes=5000-']);
  expect(model.config.layers).toBeGreaterThan(0);
  await expect(fetchModel(engine, folder, { checksums: { 'model.safetensors': '0'.repeat(64) } })).rejects.toThrow('arrived with the SHA-256');
  engine.dispose();
});
