// Receives one file over HTTP, and goes on after a cut where it stopped.
//
// HTTP itself is `fetch`. The libraries that resume downloads are for Node alone and write to disk as they like; here the same code fills
// a buffer in a page and a file in Node.
import { Arrival } from './arrival.js';
import { attemptOnce, CutOff, isStillThere, type AttemptOptions } from './attempt.js';
import { DownloadError } from './download-error.js';
import { Speed, type DownloadProgress } from './progress.js';
import type { DownloadTarget } from './target.js';
import { wait } from './wait.js';

export interface ReceiveOptions extends AttemptOptions {
  /** Called after each piece that arrives, and before each new attempt. */
  onProgress?: (progress: DownloadProgress) => void;
  /** How often in a row the server may fail without a further byte. Default 5. */
  attempts?: number;
  /** Waits before the second attempt, twice as long before the third, and so on, at most 30 seconds. Default 1000. */
  waitMilliseconds?: number;
}

const MOST_MILLISECONDS = 30_000;

/**
 * @param url  of the file; `http:` or `https:`
 * @param target  may hold the beginning of the file from earlier, or all of it; bytes of another version are replaced
 * @param isWhole  whether all of it is there: then it is only asked whether the server still has the same file
 * @throws DownloadError that names the URL: when the server refuses, keeps failing, or sends other bytes than the checksum says
 * @throws the signal's reason
 */
export async function receive(url: URL, target: DownloadTarget, options: ReceiveOptions = {}, isWhole = false): Promise<void> {
  const { signal, attempts = 5, waitMilliseconds = 1000 } = options;
  const file = fileName(url);
  const speed = new Speed();
  const hadBytes = target.size > 0;
  const arrival = new Arrival(target, options.sha256?.toLowerCase());
  const tell = (attempt: number): void => {
    const [receivedBytes, totalBytes, bytesPerSecond] = [target.size, target.version.totalBytes, speed.bytesPerSecond];
    const secondsLeft = totalBytes === undefined || bytesPerSecond === undefined ? undefined : Math.max(0, totalBytes - receivedBytes) / bytesPerSecond;
    options.onProgress?.({ file, receivedBytes, totalBytes, bytesPerSecond, secondsLeft, attempt });
  };
  let failures = 0;
  let furthest = target.size;
  for (let attempt = 1; ; attempt++) {
    try {
      if (isWhole) {
        if (await isStillThere(url, arrival, options)) break;
        await arrival.begin({});
        isWhole = false;
      }
      await attemptOnce(url, arrival, options, (bytes) => {
        speed.add(bytes);
        tell(attempt);
      });
      break;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof CutOff)) throw error;
      // Only bytes that were never there count as progress: a server that cuts every answer, and cannot go on, would be asked for ever.
      failures = target.size > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, target.size);
      if (failures >= attempts) throw new DownloadError(`Cannot download ${url.href}: ${error.message}, ${failures} times in a row. ${whatCame(target)}`, { cause: error, ...(error.status === undefined ? {} : { status: error.status }) });
      tell(attempt + 1);
      await wait(Math.min(MOST_MILLISECONDS, Math.max(error.waitMilliseconds, waitMilliseconds * 2 ** (failures - 1))), signal);
    }
  }
  const checksum = await arrival.wrongChecksum();
  if (checksum === undefined) return;
  await target.begin({}); // or the next call would go on with the wrong bytes
  // The bytes of an earlier run may be from a version that the server did not tell apart.
  if (hadBytes) return receive(url, target, options);
  throw new DownloadError(`${url.href} arrived with the SHA-256 ${checksum.got}; expected ${checksum.expected}. The file was damaged on the way, or it is another one.`);
}

const whatCame = ({ size, version: { totalBytes } }: DownloadTarget): string => (size === 0 ? 'Nothing arrived.' : `${size}${totalBytes === undefined ? '' : ` of ${totalBytes}`} bytes arrived.`);

/** The last part of the URL's path. */
export const fileName = (url: URL): string => url.pathname.slice(url.pathname.lastIndexOf('/') + 1) || url.host;
