// Where votes come from: single keys in a terminal, or lines of a pipe.
import { PipedLines } from '../../chat/line-input.js';
import { Failure } from '../../errors.js';
import { orInterrupted } from '../../files/until-interrupted.js';
import type { Input, IO } from '../../io.js';

/** What a voter does; `unknown` for a key that means nothing. */
export type Action = 'a' | 'b' | 'neither' | 'back' | 'quit' | 'unknown';

export interface VoteInput {
  /**
   * The next action; undefined at the end of the input.
   * @throws the signal's reason when the command is stopped
   */
  next(signal: AbortSignal): Promise<Action | undefined>;
  close(): void;
}

const WORDS = new Map<string, Action>([['a', 'a'], ['b', 'b'], ['n', 'neither'], ['neither', 'neither'], ['back', 'back'], ['q', 'quit'], ['quit', 'quit']]);

/** One vote a line. */
export class PipedVotes implements VoteInput {
  readonly #lines: PipedLines;
  #count = 0;

  constructor(io: Pick<IO, 'stdin' | 'interrupt'>) {
    this.#lines = new PipedLines(io);
  }

  async next(): Promise<Action | undefined> {
    for (;;) {
      const line = await this.#lines.next();
      if (line === undefined) return undefined;
      this.#count++;
      if (line.trim() === '') continue;
      const action = WORDS.get(line.trim());
      if (action === undefined) throw new Failure(`Line ${this.#count} of standard input is ${JSON.stringify(line)}; expected a vote: a, b, n (neither), back or quit.`, 'The votes before it are saved.');
      return action;
    }
  }

  close(): void {
    this.#lines.close();
  }
}

const CTRL_C = '\u0003';
/** Letters; Ctrl-D; Backspace, which terminals send in two ways, and the arrow to the left. */
const KEYS = new Map<string, Action>([['a', 'a'], ['b', 'b'], ['n', 'neither'], ['q', 'quit'], ['\u0004', 'quit'], ['\u007f', 'back'], ['\b', 'back'], ['\u001b[D', 'back']]);

/** Single keys, without Enter. What is typed while none is asked for is dropped: else a vote could be meant for the pair before. */
export class TerminalKeys implements VoteInput {
  readonly #stdin: Input;
  #take: ((action: Action | undefined) => void) | undefined;
  #isEnded = false;

  /** @param onInterrupt called at each Ctrl-C, which is a key here and no signal */
  constructor(stdin: Input, onInterrupt: () => void) {
    this.#stdin = stdin;
    stdin.setRawMode?.(true);
    const read = async (): Promise<void> => {
      for await (const chunk of stdin) {
        const typed = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
        if (typed.includes(CTRL_C)) onInterrupt();
        else this.#give(KEYS.get(typed.length === 1 ? typed.toLowerCase() : typed) ?? 'unknown');
      }
    };
    // A terminal that is gone, or that `close` ended, gives no more keys.
    void read().catch(() => undefined).finally(() => {
      this.#isEnded = true;
      this.#give(undefined);
    });
  }

  async next(signal: AbortSignal): Promise<Action | undefined> {
    if (this.#isEnded) return undefined;
    return orInterrupted(signal, new Promise<Action | undefined>((resolve) => (this.#take = resolve)));
  }

  close(): void {
    this.#stdin.setRawMode?.(false);
    this.#stdin.destroy?.();
  }

  #give(action: Action | undefined): void {
    this.#take?.(action);
    this.#take = undefined;
  }
}
