// Serves the built course under a base path on this machine, with no special header.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** The folder of the built site. */
export const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

const base = '/kurs/';

/** @returns the site's address, ending with `/`, and what ends the server at once, open connections included */
export async function serveSite(): Promise<{ url: string; close(): Promise<void> }> {
  const files = sirv(dist, { etag: true });
  const server = createServer((request, response) => {
    const notFound = (): void => void response.writeHead(404).end();
    if (!request.url?.startsWith(base)) return notFound();
    request.url = request.url.slice(base.length - 1);
    files(request, response, notFound);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
