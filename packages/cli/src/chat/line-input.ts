// Where the lines of a conversation come from: a terminal, with editing, history and completion, or a pipe.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { orInterrupted } from '../files/until-interrupted.js';
import type { IO } from '../io.js';

export interface LineInput {
  /**
   * The next line; undefined at the end of the input, which is Ctrl-D in a terminal.
   * @param prompt shown before the line, in a terminal
   * @throws the signal's reason when the command is stopped
   */
  next(prompt: string): Promise<string | undefined>;
  /** Called at each Ctrl-C in a terminal, until the next call replaces the function. Signals to the process are not meant here. */
  onInterrupt(listener: () => void): void;
  close(): void;
}

/** Lines of a pipe or a file. */
export class PipedLines implements LineInput {
  readonly #lines: AsyncGenerator<string, void, undefined>;
  readonly #signal: AbortSignal;

  constructor({ stdin, interrupt }: Pick<IO, 'stdin' | 'interrupt'>) {
    this.#lines = linesOf(stdin);
    this.#signal = interrupt;
  }

  async next(): Promise<string | undefined> {
    const { value } = await orInterrupted(this.#signal, this.#lines.next());
    return value ?? undefined;
  }

  onInterrupt(): void {} // a pipe has no keys

  close(): void {}
}

async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string, void, undefined> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    rest += typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}

/** Lines of a terminal. While no line is asked for, what is typed is not shown; it is kept for the next one. */
export class TerminalLines implements LineInput {
  readonly #signal: AbortSignal;
  readonly #write: (text: string) => void;
  readonly #interface: ReturnType<typeof createInterface>;
  readonly #waiting: string[] = [];
  #take: ((line: string | undefined) => void) | undefined;
  #interrupted: () => void = () => undefined;
  #isShown = false;
  #isClosed = false;

  /** @param complete the words that a beginning may become */
  constructor({ stdin, stdout, interrupt }: Pick<IO, 'stdin' | 'stdout' | 'interrupt'>, complete: (beginning: string) => string[]) {
    this.#signal = interrupt;
    this.#write = (text) => stdout.write(text);
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (this.#isShown) stdout.write(chunk.toString('utf8'));
        done();
      },
    });
    // readline asks its output how wide it is.
    Object.defineProperty(output, 'columns', { get: () => stdout.columns ?? 80 });
    this.#interface = createInterface({ input: stdin as unknown as NodeJS.ReadableStream, output, terminal: true, historySize: 200, completer: (line: string) => [complete(line), line] });
    this.#interface.on('line', (line) => this.#give(line));
    this.#interface.on('close', () => {
      this.#isClosed = true;
      this.#take?.(undefined);
    });
    this.#interface.on('SIGINT', () => this.#interrupted());
  }

  async next(prompt: string): Promise<string | undefined> {
    this.#isShown = true;
    try {
      const typed = this.#waiting.shift();
      // Not given to readline, which may hold the beginning of a later line already.
      if (typed !== undefined) this.#write(`${prompt}${typed}\n`); // as if it were typed now, so that it is seen
      if (typed !== undefined || this.#isClosed) return typed;
      const line = new Promise<string | undefined>((resolve) => (this.#take = resolve));
      this.#interface.setPrompt(prompt);
      this.#interface.prompt(true); // what was typed meanwhile stands in the line, with the cursor behind it
      return await orInterrupted(this.#signal, line);
    } finally {
      this.#take = undefined;
      this.#isShown = false;
    }
  }

  onInterrupt(listener: () => void): void {
    this.#interrupted = listener;
  }

  /** Empties the line that is being typed; false where it was empty. */
  clearLine(): boolean {
    const { line } = this.#interface;
    if (line === '') return false;
    this.#interface.write(null, { ctrl: true, name: 'e' });
    this.#interface.write(null, { ctrl: true, name: 'u' });
    return true;
  }

  /** Shows the prompt once more, below what was written meanwhile. */
  showAgain(): void {
    this.#interface.prompt();
  }

  close(): void {
    this.#interface.close();
  }

  #give(line: string): void {
    const take = this.#take;
    if (!take) return void this.#waiting.push(line);
    // At once: a chunk that was pasted brings more lines, which belong to the next calls.
    this.#take = undefined;
    this.#isShown = false;
    take(line);
  }
}
