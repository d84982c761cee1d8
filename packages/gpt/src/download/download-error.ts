// The error of a download that failed.

export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  /** The status of the server's answer, such as 404; undefined if none came, or not all of it. */
  readonly status: number | undefined;
  constructor(message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}
