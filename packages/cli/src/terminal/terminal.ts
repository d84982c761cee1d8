// One output stream with its colours, its width, permanent lines and replaceable lines.
import { createLogUpdate } from 'log-update';
import picocolors from 'picocolors';
import type { IO, Output } from '../io.js';
import { ForeignText } from './foreign-text.js';
import { breakCommand } from './shell.js';
import { wrap } from './text.js';

export type Colors = ReturnType<typeof picocolors.createColors>;

// The maximum text width: long lines are hard to read. Narrower terminals use their own width.
const WIDEST = 80;
const NARROWEST = 20;

export class Terminal {
  readonly colors: Colors;
  /** Whether lines can be replaced: true for a real terminal that supports cursor movements. */
  readonly interactive: boolean;
  readonly #output: Output;
  readonly #update: ReturnType<typeof createLogUpdate>;
  #live = false;

  constructor(output: Output, env: IO['env']) {
    this.#output = output;
    this.interactive = output.isTTY === true && env.TERM !== 'dumb';
    this.colors = picocolors.createColors(wantsColors(this.interactive, env));
    // The cursor stays visible, because hiding it would need an exit handler, and the command handles signals itself.
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

  /** Prints permanent lines, above the replaceable ones. */
  print(text = ''): void {
    this.clear();
    this.#output.write(text + '\n');
  }

  /** Writes text unchanged, without a line break, for example text that is being generated. */
  write(text: string): void {
    this.clear();
    this.#output.write(text);
  }

  /** Begins a text that a model, a file or a user made: see `ForeignText`. */
  foreignText(): ForeignText {
    return new ForeignText((text) => this.write(text), this.interactive ? this.columns : undefined);
  }

  /** Prints a paragraph: on a terminal broken between words, elsewhere in one line. */
  paragraph(text: string, { style = (plain) => plain, indent = 0 }: { style?: (text: string) => string; indent?: number } = {}): void {
    this.print(style(this.interactive ? wrap(text, this.columns, indent) : ' '.repeat(indent) + text));
  }

  /** Prints a command that can be copied; on a narrow terminal in several lines, which a shell takes as one. */
  command(text: string, indent = 1): void {
    const lines = this.interactive ? breakCommand(text, this.columns - indent) : text;
    this.print(lines.split('\n').map((line) => ' '.repeat(indent) + this.colors.cyan(line)).join('\n'));
  }

  /** Replaces the last replaceable lines. Only if `interactive`. */
  replace(text: string): void {
    if (!this.interactive) return;
    this.#live = true;
    this.#update(text);
  }

  /** Removes the replaceable lines. */
  clear(): void {
    if (!this.#live) return;
    this.#live = false;
    this.#update.clear();
  }
}

/** See https://no-color.org: a non-empty NO_COLOR turns colours off, even on a terminal; FORCE_COLOR turns them on, even without one. */
function wantsColors(interactive: boolean, env: IO['env']): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return interactive;
}
