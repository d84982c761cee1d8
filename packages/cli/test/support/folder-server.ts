// Offers the files of a folder on this machine, as any plain server would.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface FolderServer {
  /** Of the folder, without a slash at its end. */
  url: string;
  /** After so many bytes of a file with this ending, nothing comes any more. */
  stallAfter: (ending: string, bytes: number) => void;
  /** The files that were asked for, with where they were to begin. */
  requests: string[];
  stop(): void;
}

export async function serveFolder(folder: string): Promise<FolderServer> {
  const requests: string[] = [];
  let stall: { ending: string; bytes: number } | undefined;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    requests.push(`${path} ${from ?? 0}-${to ?? ''}`);
    void readFile(join(folder, path)).then(
      (bytes) => {
        const part = bytes.subarray(start, to ? Number(to) + 1 : bytes.length);
        response.writeHead(206, { etag: `"${bytes.length}"`, 'content-length': part.length, 'content-range': `bytes ${start}-${start + part.length - 1}/${bytes.length}` });
        if (stall && path.endsWith(stall.ending)) response.write(part.subarray(0, stall.bytes));
        else response.end(part);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stallAfter: (ending, bytes) => (stall = { ending, bytes }),
    requests,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
