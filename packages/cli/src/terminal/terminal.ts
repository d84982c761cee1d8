// One output stream as the commands see it: its colours, its width, lines that stay and lines that are replaced.
import { createLogUpdate } from 'log-update';
import picocolors from 'picocolors';
import { type IO, type Output } from '../io.js';

export type Colors = ReturnType<typeof picocolors.createColors>;

// Text is easier to read in lines that are not too long; narrower terminals get what they have.
const WIDEST = 80;
const NARROWEST = 20;

export class Terminal {
  readonly colors: Colors;
  /** Whether lines may be replaced: a real terminal that understands cursor movements. */
  readonly interactive: boolean;
  readonly #output: Output;
  readonly #update: ReturnType<typeof createLogUpdate>;
  #live = false;

  constructor(output: Output, env: IO['env']) {
    this.#output = output;
    this.interactive = output.isTTY === true && env.TERM !== 'dumb';
    this.colors = picocolors.createColors(wantsColors(this.interactive, env));
    // The cursor stays visible: hiding it would need a handler at exit, and signals belong to the command.
    this.#update = createLogUpdate(output as unknown as NodeJS.WritableStream, { showCursor: true });
  }

  /** Width for text and pictures, in characters. */
  get columns(): number {
    return Math.max(NARROWEST, Math.min(WIDEST, this.#output.columns ?? WIDEST));
  }

  /** Height in lines. */
  get rows(): number {
    return this.#output.rows ?? 24;
  }

  /** Writes lines that stay, above the lines that are replaced. */
  print(text = ''): void {
    this.clear();
    this.#output.write(text + '\n');
  }

  /** Writes text as it is, without a line break, as for text that is being generated. */
  write(text: string): void {
    this.clear();
    this.#output.write(text);
  }

  /** Shows lines in place of the last ones shown so. Only where `interactive`. */
  replace(text: string): void {
    if (!this.interactive) return;
    this.#live = true;
    this.#update(text);
  }

  /** Takes the replaceable lines away. */
  clear(): void {
    if (!this.#live) return;
    this.#live = false;
    this.#update.clear();
  }
}

/** https://no-color.org: any non-empty NO_COLOR turns colours off, even on a terminal; FORCE_COLOR turns them on, even off one. */
function wantsColors(interactive: boolean, env: IO['env']): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return interactive;
}
