// Reads JSON Lines, one value a line, while the text is still arriving.

export type Chunk = string | Uint8Array;

export interface JsonLinesOptions<T> {
  /** Names the source in errors, for example a path. */
  readonly name: string;
  /** What a line is, in errors: `example`. */
  readonly noun: string;
  /** @throws Error that says what is wrong with the value, without a full stop */
  readonly check: (value: unknown) => T;
}

/** In UTF-16 units or bytes. A longer line is no value: the file is not JSON Lines. */
const LONGEST_LINE = 2 ** 26;

/**
 * @param chunks text, or UTF-8 bytes, cut anywhere; blank lines are skipped, but counted
 * @throws {Error} that names the source and the line, when a line is not UTF-8, not JSON, not what `check` wants, or longer than 64 MiB, or when
 * there is no line at all
 */
export async function* readJsonLines<T>(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, { name, noun, check }: JsonLinesOptions<T>): AsyncGenerator<{ line: number; value: T }, void, undefined> {
  let found = false;
  for await (const { line, pieces } of linesOf(chunks, name, noun)) {
    const value = valueOf(pieces, `Line ${line} of ${name}`, noun, check);
    if (value === undefined) continue;
    found = true;
    yield { line, value };
  }
  if (!found) throw new Error(`There is no ${noun} in ${name}; expected JSON Lines, one ${noun} a line.`);
}

/** Undefined for a blank line. */
function valueOf<T>(pieces: readonly Chunk[], where: string, noun: string, check: (value: unknown) => T): T | undefined {
  try {
    const text = textOf(pieces);
    if (text.trim() === '') return undefined;
    if (/^\s*\[/.test(text)) throw new Error(`it begins a JSON list; expected JSON Lines, one ${noun} a line: write each element of the list on a line of its own, without the brackets and commas around it`);
    return check(parse(text));
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}.`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/[}\]]\s*\r\s*\S/.test(text)) throw new Error('it holds carriage returns (\\r) where lines end; expected line feeds (\\n): save the file with line ends of Unix or Windows', { cause: error });
    throw new Error(`it is not JSON (${(error as Error).message})`, { cause: error });
  }
}

/** Lines as the pieces that arrived, without their line feeds. */
async function* linesOf(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, name: string, noun: string): AsyncGenerator<{ line: number; pieces: readonly Chunk[] }, void, undefined> {
  let line = 1;
  let pieces: Chunk[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    while (start < chunk.length) {
      const feed = typeof chunk === 'string' ? chunk.indexOf('\n', start) : chunk.indexOf(0x0a, start);
      const end = feed < 0 ? chunk.length : feed;
      pieces.push(typeof chunk === 'string' ? chunk.slice(start, end) : chunk.slice(start, end)); // a copy: readers may use their buffer again
      length += end - start;
      if (length > LONGEST_LINE) throw new Error(`Line ${line} of ${name}: it is longer than 64 MiB; expected JSON Lines, one ${noun} a line.`);
      if (feed < 0) break;
      yield { line, pieces };
      line++;
      pieces = [];
      length = 0;
      start = feed + 1;
    }
  }
  if (pieces.length > 0) yield { line, pieces };
}

/** Joins the pieces first: a character may be cut between two. */
function textOf(pieces: readonly Chunk[]): string {
  const text = pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : decode(pieces);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function decode(pieces: readonly Chunk[]): string {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error('it is not UTF-8: save the file as UTF-8 first', { cause: error });
  }
}
