import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { GPT } from '@kk/gpt';
import { fetchModel } from '@kk/gpt/download';
import { downloadModel, saveModel } from '@kk/gpt/node';
import { init } from '@kk/nn-core';

// A server on this machine that offers a model. Yours is anywhere.
const engine = await init('wasm');
const folder = await mkdtemp(join(tmpdir(), 'example-'));
await saveModel(folder, new GPT(engine, { vocabSize: 100, contextLength: 32, layers: 2, heads: 2, width: 32 }));
const server = createServer(({ url }, response) => void readFile(join(folder, basename(url!))).then((file) => response.end(file), () => response.writeHead(404).end()));
await new Promise<void>((resolve) => server.listen(8750, '127.0.0.1', resolve));

// Into memory, also in a page. A server that says how long a file is lets the progress say how long it takes.
const { model } = await fetchModel(engine, 'http://127.0.0.1:8750/model', {
  onProgress: ({ file, receivedBytes, totalBytes, secondsLeft }) => console.error(file, receivedBytes, totalBytes, secondsLeft),
});
console.log(`${model.config.vocabSize} tokens, ${model.config.layers} layers`);

// Onto the disk, in Node: the same call goes on after a cut, also in another run.
const { files, bytes } = await downloadModel('http://127.0.0.1:8750/model', join(folder, 'copy'));
console.log(`${files.join(' and ')}, ${bytes} bytes`);

server.close();
await rm(folder, { recursive: true });
engine.dispose();
