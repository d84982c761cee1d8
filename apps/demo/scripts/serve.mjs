// Serves the built course on this machine, with the two headers that allow several threads from the first visit on.
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { check, DEFAULT_PORT, parseOptions } from './serve-options.mjs';

const args = process.argv.slice(2);
const early = check(args);
if (early !== undefined) {
  (early.exitCode === 0 ? process.stdout : process.stderr).write(early.text);
  process.exit(early.exitCode);
}
const { lang, port, open } = parseOptions(args);
const folder = fileURLToPath(new URL('../dist/', import.meta.url));
if (!existsSync(folder)) {
  process.stderr.write('The course is not built yet: npm start in the root of the repository builds it.\n');
  process.exit(1);
}

const files = sirv(folder, {
  etag: true,
  setHeaders(response) {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Cache-Control', 'no-cache');
  },
});
const server = createServer((request, response) =>
  files(request, response, () => {
    response.statusCode = 404;
    response.end('There is no such page.\n');
  }),
);

server.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EADDRINUSE') throw error;
  if (port === undefined) return void server.listen(0, '127.0.0.1'); // any free one
  process.stderr.write(`Port ${port} is taken by another program: choose another one with --port, or leave it out.\n`);
  process.exitCode = 1;
});
server.on('listening', async () => {
  const address = server.address();
  const at = `http://localhost:${typeof address === 'object' && address ? address.port : port}/${lang ? `${lang}/` : ''}`;
  process.stdout.write(`The course is at ${at}\nCtrl-C ends the server.\n`);
  if (open) await (await import('open')).default(at);
});
server.listen(port ?? DEFAULT_PORT, '127.0.0.1');

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
