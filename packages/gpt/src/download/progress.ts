// Tells how far a download is, and how long it will take.

export interface DownloadProgress {
  /** The name of the file, the last part of its URL. */
  file: string;
  /** Bytes of the file that are there, those of an earlier try included. */
  receivedBytes: number;
  /** Undefined while the server has not said it. */
  totalBytes: number | undefined;
  /** The mean over the last seconds; undefined before anything came. */
  bytesPerSecond: number | undefined;
  /** Undefined while one of the others is. */
  secondsLeft: number | undefined;
  /** How often this file was asked for, from 1 on: more than 1 after the connection was cut. */
  attempt: number;
}

/** A pause, or a connection that gets faster, is forgotten after so many milliseconds. */
const REMEMBERED = 5000;

/** The recent speed: bytes that came, over the time that it took. */
export class Speed {
  readonly #now: () => number;
  readonly #marks: { at: number; bytes: number }[];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#marks = [{ at: now(), bytes: 0 }];
  }

  add(bytes: number): void {
    const at = this.#now();
    this.#marks.push({ at, bytes: this.#marks.at(-1)!.bytes + bytes });
    while (this.#marks.length > 2 && at - this.#marks[0]!.at > REMEMBERED) this.#marks.shift();
  }

  /** Undefined before anything came. */
  get bytesPerSecond(): number | undefined {
    const [first, last] = [this.#marks[0]!, this.#marks.at(-1)!];
    const milliseconds = last.at - first.at;
    return milliseconds > 0 && last.bytes > first.bytes ? (1000 * (last.bytes - first.bytes)) / milliseconds : undefined;
  }
}
