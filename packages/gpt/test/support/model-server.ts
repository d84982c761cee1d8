// A server on this machine that offers the files of a folder, and cuts, refuses or changes them as a test wishes.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import type { AddressInfo } from 'node:net';

/** What happens at one request for a file; the first of the list at the first request, afterwards all is well. */
export interface Trouble {
  /** The status in place of the file. */
  status?: number;
  headers?: Record<string, string>;
  /** What is sent in its place, with the status. */
  body?: string;
  /** So many bytes are sent, and when `onProgress` heard that they came, the connection breaks. */
  cutAfter?: number;
  /** So many bytes are sent, then nothing comes any more. */
  stallAfter?: number;
}

export interface ServerOptions {
  /** By the names of files. */
  troubles?: Record<string, Trouble[]>;
  /** What says which version a file is. Default etag. */
  version?: 'etag' | 'weak' | 'last-modified' | 'none';
  /** Whether it can send a part of a file. Default true. */
  ranges?: boolean;
  /** Whether it promises a checksum. */
  digest?: 'right' | 'wrong';
}

export class ModelServer {
  /** All requests: file and range. */
  readonly requests: { file: string; range: string | undefined }[] = [];
  /** Files that are not those of the folder. */
  readonly changed = new Map<string, Uint8Array>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #sent = new Map<string, number>();
  #cuts = new Map<string, { at: number; response: ServerResponse }>();
  /** The `onProgress` of a download whose connections are cut: they are when all of it has arrived, so that chance decides nothing. */
  readonly onProgress = ({ file, receivedBytes }: { file: string; receivedBytes: number }): void => {
    const cut = this.#cuts.get(file);
    if (!cut || receivedBytes < cut.at) return;
    this.#cuts.delete(file);
    cut.response.destroy();
  };

  private constructor(readonly folder: string, public options: ServerOptions) {}

  static async start(folder: string, options: ServerOptions = {}): Promise<ModelServer> {
    const server = new ModelServer(folder, options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/models/small`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  requestsFor(file: string): (string | undefined)[] {
    return this.requests.filter((request) => request.file === file).map(({ range }) => range);
  }

  /** Bytes of the file that were sent, in all answers. */
  sentOf(file: string): number {
    return this.#sent.get(file) ?? 0;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = basename(decodeURIComponent(request.url ?? ''));
    const { range } = request.headers;
    this.requests.push({ file, range });
    const trouble = this.options.troubles?.[file]?.shift();
    const bytes = this.changed.get(file) ?? (await readFile(join(this.folder, file)).catch(() => undefined));
    if (trouble?.status !== undefined || !bytes) {
      response.writeHead(trouble?.status ?? 404, trouble?.headers).end(trouble?.body ?? 'no');
      return;
    }
    const hash = createHash('sha256').update(bytes);
    const tag = hash.copy().digest('hex').slice(0, 12);
    const { version = 'etag', ranges = true, digest } = this.options;
    const [, from, to] = (ranges && /^bytes=(\d+)-(\d*)$/.exec(range ?? '')) || [];
    const start = Number(from ?? 0);
    if (start > 0 && start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const part = bytes.subarray(start, to ? Number(to) + 1 : bytes.length);
    response.writeHead(ranges && range !== undefined && bytes.length > 0 ? 206 : 200, {
      'content-length': part.length,
      ...(ranges && range !== undefined && bytes.length > 0 ? { 'content-range': `bytes ${start}-${start + part.length - 1}/${bytes.length}` } : {}),
      ...(version === 'etag' ? { etag: `"${tag}"` } : version === 'weak' ? { etag: `W/"${tag}"` } : version === 'last-modified' ? { 'last-modified': 'Sun, 29 Nov 2026 08:00:00 GMT' } : {}),
      ...(digest ? { 'repr-digest': `sha-256=:${(digest === 'right' ? hash : createHash('sha256')).digest('base64')}:` } : {}),
      ...trouble?.headers,
    });
    const sent = Math.min(part.length, trouble?.cutAfter ?? Infinity, trouble?.stallAfter ?? Infinity);
    this.#sent.set(file, this.sentOf(file) + sent);
    if (sent === part.length) response.end(part);
    else {
      if (trouble?.cutAfter !== undefined) this.#cuts.set(file, { at: start + sent, response });
      response.write(part.subarray(0, sent));
    }
  }
}
