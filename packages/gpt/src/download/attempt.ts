// One request for a file, or for the rest of it.
import type { Arrival } from './arrival.js';
import { DownloadError } from './download-error.js';
import { contentRangeOf, isSameVersion, promisedSha256, versionOf } from './response-headers.js';

export interface AttemptOptions {
  /** Stops the download; what has arrived stays in the target. */
  signal?: AbortSignal;
  /** The SHA-256 of the file, 64 hexadecimal digits. Default: the one of the answer's Repr-Digest, if there is one. */
  sha256?: string;
  /** A longer file is an error. Default: any length. */
  mostBytes?: number;
  /** A connection on which nothing comes for so long counts as cut. Default 30,000. */
  stallMilliseconds?: number;
  /** In place of the global `fetch`, for a proxy or own headers. */
  fetch?: typeof fetch;
}

/** The server is busy, or something between broke: the next attempt may succeed. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What ended an attempt, and may not end the next. */
export class CutOff extends Error {
  /** How long the server asks to be left alone. */
  readonly waitMilliseconds: number;
  readonly status: number | undefined;
  constructor(message: string, { waitMilliseconds = 0, status, ...options }: ErrorOptions & { waitMilliseconds?: number; status?: number } = {}) {
    super(message, options);
    this.waitMilliseconds = waitMilliseconds;
    this.status = status;
  }
}

/**
 * @param came  called with the length of each piece
 * @throws CutOff when another attempt may succeed, DownloadError when none will; the signal's reason
 */
export async function attemptOnce(url: URL, arrival: Arrival, options: AttemptOptions, came: (bytes: number) => void): Promise<void> {
  const patience = new Patience(options.stallMilliseconds ?? 30_000, options.signal);
  try {
    const response = await patience.of(request(url, arrival.target.size, options.fetch ?? fetch, patience.signal));
    try {
      await take(url, response, arrival, options, patience, came);
    } finally {
      response.body?.cancel().catch(() => undefined); // nothing happens where it was read to its end
    }
  } finally {
    patience.end();
  }
}

/**
 * From the first attempt on a range is asked for, as then nothing is packed, and lengths and positions are those of the file. A page may
 * send this header to other servers without their leave. It may not send If-Range, so the versions are compared here.
 */
const request = (url: URL, from: number, send: typeof fetch, signal: AbortSignal): Promise<Response> => send(url, { headers: { range: `bytes=${from}-`, 'accept-encoding': 'identity' }, signal });

async function take(url: URL, response: Response, arrival: Arrival, { sha256, mostBytes = Infinity }: AttemptOptions, patience: Patience, came: (bytes: number) => void): Promise<void> {
  const { target } = arrival;
  if (response.status === 416) {
    const totalBytes = contentRangeOf(response.headers)?.totalBytes ?? target.version.totalBytes; // some servers leave the header out
    if (totalBytes === target.size && (totalBytes === 0 || totalBytes === target.version.totalBytes)) return; // all of it was there
    await arrival.begin({});
    throw new CutOff('the server has a shorter file than the one that was begun');
  }
  if (!response.ok) throw refusal(url, response);
  const now = versionOf(response);
  if (sha256 === undefined) arrival.expected = promisedSha256(response.headers) ?? arrival.expected;
  const start = response.status === 206 ? contentRangeOf(response.headers)?.start : 0;
  const continues = start === target.size && start > 0 && isSameVersion(target.version, now, arrival.expected !== undefined);
  if (!continues && start !== 0) {
    await arrival.begin({});
    throw new CutOff('the file changed on the server');
  }
  refuseLonger(url, now.totalBytes ?? 0, mostBytes);
  if (!continues) await arrival.begin(now);
  const reader = response.body?.getReader();
  while (reader) {
    const piece = await patience.of(reader.read());
    if (piece.done) break;
    refuseLonger(url, target.size + piece.value.length, mostBytes);
    await arrival.append(piece.value);
    came(piece.value.length);
  }
  const { totalBytes } = now;
  if (totalBytes !== undefined && target.size < totalBytes) throw new CutOff('the connection was cut');
  if (totalBytes !== undefined && target.size > totalBytes) throw new DownloadError(`${url.href} sent ${target.size} bytes; expected ${totalBytes}, as its header says.`);
}

/** Ends a request on which nothing comes any more. */
class Patience {
  readonly #stall = new AbortController();
  readonly #milliseconds: number;
  readonly #stop: AbortSignal | undefined;
  /** For the request: aborted by the caller, or when nothing came for too long. */
  readonly signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number, stop: AbortSignal | undefined) {
    this.#milliseconds = milliseconds;
    this.#stop = stop;
    this.signal = stop ? AbortSignal.any([stop, this.#stall.signal]) : this.#stall.signal;
  }

  /** The promise's value; what ended the connection becomes a CutOff. */
  async of<T>(waiting: Promise<T>): Promise<T> {
    this.#timer = setTimeout(() => this.#stall.abort(new CutOff(`nothing came for ${this.#milliseconds / 1000} seconds`)), this.#milliseconds);
    try {
      return await waiting;
    } catch (error) {
      this.#stop?.throwIfAborted();
      throw this.#stall.signal.aborted ? this.#stall.signal.reason : new CutOff(`the connection failed (${reasonOf(error)})`, { cause: error });
    } finally {
      this.end();
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** `fetch` hides the reason behind its own error: "fetch failed", "terminated". */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : error instanceof Error ? error.message : String(error);
}

function refusal(url: URL, response: Response): Error {
  const { status } = response;
  const answer = `${status} ${response.statusText}`.trim();
  if (!PASSING.has(status)) return new DownloadError(`Cannot download ${url.href}: the server answered ${answer}.`, { status });
  const seconds = Number(response.headers.get('retry-after'));
  return new CutOff(`the server answered ${answer}`, { status, waitMilliseconds: Number.isFinite(seconds) ? 1000 * seconds : 0 });
}

function refuseLonger(url: URL, bytes: number, mostBytes: number): void {
  if (bytes > mostBytes) throw new DownloadError(`${url.href} has ${bytes} bytes or more; expected at most ${mostBytes}.`);
}
