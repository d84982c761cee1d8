// Requests a file, or the rest of it, once.
import type { Arrival } from './arrival.js';
import { DownloadError } from './download-error.js';
import { contentRangeOf, isPage, isSameVersion, promisedSha256, versionOf } from './response-headers.js';

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
  await ask(url, `${arrival.target.size}-`, options, (response, patience) => take(url, response, arrival, options, patience, came));
}

/**
 * Whether the server still has the file that is whole in the target, by its first byte.
 * @throws as `attemptOnce`
 */
export function isStillThere(url: URL, arrival: Arrival, options: AttemptOptions): Promise<boolean> {
  return ask(url, '0-0', options, async (response) => {
    refuse(url, response);
    return isSameVersion(arrival.target.version, versionOf(response), arrival.expected !== undefined);
  });
}

/** Sends a request, hands the answer over, and lets go of what was not read of it. */
async function ask<T>(url: URL, range: string, options: AttemptOptions, use: (response: Response, patience: Patience) => Promise<T>): Promise<T> {
  const patience = new Patience(options.stallMilliseconds ?? 30_000, options.signal);
  const response = await patience.of(request(url, range, options.fetch ?? fetch, patience.signal));
  try {
    return await use(response, patience);
  } finally {
    response.body?.cancel().catch(() => undefined); // nothing happens where it was read to its end
  }
}

/**
 * From the first attempt on a range is asked for, as then nothing is packed, and lengths and positions are those of the file. A page may
 * send this header to other servers without their leave. It may not send If-Range, so the versions are compared here.
 */
const request = (url: URL, range: string, send: typeof fetch, signal: AbortSignal): Promise<Response> => send(url, { headers: { range: `bytes=${range}`, 'accept-encoding': 'identity' }, signal });

async function take(url: URL, response: Response, arrival: Arrival, { sha256, mostBytes = Infinity }: AttemptOptions, patience: Patience, came: (bytes: number) => void): Promise<void> {
  const { target } = arrival;
  if (response.status === 416) {
    const totalBytes = contentRangeOf(response.headers)?.totalBytes ?? target.version.totalBytes; // some servers leave the header out
    if (totalBytes === target.size && (totalBytes === 0 || totalBytes === target.version.totalBytes)) return; // all of it was there
    await arrival.begin({});
    throw new CutOff('the server has a shorter file than the one that was begun');
  }
  refuse(url, response);
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

  constructor(milliseconds: number, stop: AbortSignal | undefined) {
    this.#milliseconds = milliseconds;
    this.#stop = stop;
    this.signal = stop ? AbortSignal.any([stop, this.#stall.signal]) : this.#stall.signal;
  }

  /** The promise's value; what ended the connection becomes a CutOff. */
  async of<T>(waiting: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.#stall.abort(new CutOff(`nothing came for ${this.#milliseconds / 1000} seconds`)), this.#milliseconds);
    try {
      return await waiting;
    } catch (error) {
      this.#stop?.throwIfAborted();
      throw this.#stall.signal.aborted ? this.#stall.signal.reason : failure(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** `fetch` hides the reason behind its own error: "fetch failed", "terminated". Where it has no code, such as too many redirects, asking again is in vain. */
function failure(error: unknown): Error {
  const { cause } = error as { cause?: { code?: unknown } };
  if (cause instanceof Error && typeof cause.code !== 'string') return new DownloadError(`The connection failed: ${cause.message}.`, { cause: error });
  const reason = typeof cause?.code === 'string' ? cause.code : error instanceof Error ? error.message : String(error);
  return new CutOff(`the connection failed (${reason})`, { cause: error });
}

/** @throws Error when the answer is not the file, or a part of it */
function refuse(url: URL, response: Response): void {
  const { status } = response;
  // Many servers answer with the page of an app where there is no file.
  if (response.ok && isPage(response.headers)) throw new DownloadError(`Cannot download ${url.href}: the server sent a web page in its place.`, { status: 404 });
  if (response.ok) return;
  const answer = `${status} ${response.statusText}`.trim();
  if (!PASSING.has(status)) throw new DownloadError(`Cannot download ${url.href}: the server answered ${answer}.`, { status });
  const seconds = Number(response.headers.get('retry-after'));
  throw new CutOff(`the server answered ${answer}`, { status, waitMilliseconds: Number.isFinite(seconds) ? 1000 * seconds : 0 });
}

function refuseLonger(url: URL, bytes: number, mostBytes: number): void {
  if (bytes > mostBytes) throw new DownloadError(`${url.href} has ${bytes} bytes or more; expected at most ${mostBytes}.`);
}
