// Reads what the headers of an answer say about a file: which version it is, how long it is, and where the bytes that follow begin.

/** Which version of a file the bytes are from; two answers with the same version are parts of one file. */
export interface FileVersion {
  /** The strong ETag of the file; a weak one does not promise the same bytes (RFC 9110, 8.8.3). */
  etag?: string;
  lastModified?: string;
  /** Length of the whole file in bytes, where the server says it. */
  totalBytes?: number;
}

/** For example `bytes 100-199/1000`; an answer that holds nothing has a star in place of the first two numbers (RFC 9110, 14.4). */
export interface ContentRange {
  /** Where the bytes of the answer begin; undefined if it has none. */
  start: number | undefined;
  totalBytes: number | undefined;
}

/** Undefined where there is no such header, or none that can be understood. */
export function contentRangeOf(headers: Headers): ContentRange | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(?:(\d+)|\*)$/.exec(headers.get('content-range')?.trim() ?? '');
  return match ? { start: wholeNumber(match[1]), totalBytes: wholeNumber(match[2]) } : undefined;
}

/** Whether the bytes were packed for the way: they are more when they are unpacked. */
const isPacked = (headers: Headers): boolean => !['', 'identity'].includes(headers.get('content-encoding')?.toLowerCase() ?? '');

/** Whether it is a web page. No file of a model is one. */
export const isPage = (headers: Headers): boolean => headers.get('content-type')?.trim().toLowerCase().startsWith('text/html') ?? false;

export function versionOf({ headers, status }: Response): FileVersion {
  const etag = headers.get('etag') ?? undefined;
  const lastModified = headers.get('last-modified') ?? undefined;
  const totalBytes = status === 206 ? contentRangeOf(headers)?.totalBytes : isPacked(headers) ? undefined : wholeNumber(headers.get('content-length'));
  return {
    ...(etag !== undefined && !etag.startsWith('W/') ? { etag } : {}),
    ...(lastModified !== undefined ? { lastModified } : {}),
    ...(totalBytes !== undefined ? { totalBytes } : {}),
  };
}

/**
 * Whether bytes of both may be joined.
 * @param checked whether a checksum finds out if they do not belong together
 */
export function isSameVersion(kept: FileVersion, now: FileVersion, checked: boolean): boolean {
  if (kept.totalBytes !== now.totalBytes) return false;
  if (kept.etag !== undefined || now.etag !== undefined) return kept.etag === now.etag;
  if (kept.lastModified !== undefined || now.lastModified !== undefined) return kept.lastModified === now.lastModified;
  return checked && kept.totalBytes !== undefined;
}

/** The SHA-256 that the server promises for the whole file (RFC 9530), as 64 hexadecimal digits. That of packed bytes is of no use. */
export function promisedSha256(headers: Headers): string | undefined {
  if (isPacked(headers)) return undefined;
  const match = /(?:^|[,\s])sha-256=:([A-Za-z0-9+/]{43}=):/.exec(headers.get('repr-digest') ?? '');
  return match ? Array.from(atob(match[1]!), (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('') : undefined;
}

const wholeNumber = (digits: string | null | undefined): number | undefined => (digits && /^\d{1,15}$/.test(digits) ? Number(digits) : undefined);
