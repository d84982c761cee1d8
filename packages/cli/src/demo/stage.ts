// The layout of the demo: headings, text, samples. The chapters provide the content.
import type { Language } from '@kk/corpora';
import type { Context } from '../context.js';
import { numberFormats, type NumberFormats } from '../terminal/numbers.js';
import type { Colors, Terminal } from '../terminal/terminal.js';
import { printable, wrap } from '../terminal/text.js';
import { de } from './de.js';
import { en } from './en.js';
import type { Messages } from './messages.js';

const languageMessages: Readonly<Record<Language, Messages>> = { de, en };

const INDENT = 3;

export class Stage {
  readonly messages: Messages;
  /** Prompts and sentences, in the language of the stories. */
  readonly examples: Messages;
  readonly numbers: NumberFormats;
  readonly terminal: Terminal;
  #chapter = 0;

  /**
   * @param language  of the words
   * @param stories  the language of the stories
   */
  constructor(
    readonly context: Context,
    language: Language,
    stories: Language,
  ) {
    this.messages = languageMessages[language];
    this.examples = languageMessages[stories];
    this.numbers = numberFormats(language);
    this.terminal = context.terminal;
  }

  get colors(): Colors {
    return this.terminal.colors;
  }

  /** The indentation of text and pictures, in characters. */
  get indent(): number {
    return this.terminal.columns < 60 ? 1 : INDENT;
  }

  title(text: string): void {
    this.terminal.print();
    this.terminal.print(this.colors.bold(wrap(text, this.terminal.columns, this.indent)));
    this.terminal.print();
  }

  /** Begins a chapter. */
  heading(text: string): void {
    this.#chapter++;
    this.terminal.print();
    const line = `${this.#chapter}  ${text}`;
    const margin = ' '.repeat(Math.max(0, this.indent - INDENT));
    this.terminal.print(margin + this.colors.bold(this.colors.cyan(line)));
    this.terminal.print();
  }

  /** A paragraph, followed by an empty line. */
  paragraph(text: string): void {
    this.lines(text);
    this.terminal.print();
  }

  /** A paragraph without an empty line after it. */
  lines(text: string): void {
    this.terminal.print(wrap(text, this.terminal.columns, this.indent));
  }

  /** Text of less importance, in a muted style. */
  remark(text: string): void {
    this.terminal.print(this.colors.dim(wrap(text, this.terminal.columns, this.indent)));
    this.terminal.print();
  }

  /** Generated text under a caption; the prompt is emphasized. Line breaks become blanks, so that every sample is one block. */
  sample(caption: string, text: string, prompt = ''): void {
    const { colors, terminal } = this;
    terminal.print(colors.yellow(wrap(caption, terminal.columns, this.indent)));
    const written = printable(text.slice(prompt.length).replace(/\s+/g, ' ').trimEnd());
    const block = wrap(colors.bold(prompt) + (prompt === '' ? written.trimStart() : written), terminal.columns - this.indent - 2);
    const edge = ' '.repeat(this.indent) + colors.yellow('│ ');
    terminal.print(block.split('\n').map((line) => edge + line).join('\n'));
    terminal.print();
  }

  /** A command to type. */
  command(caption: string, command: string): void {
    this.terminal.print(wrap(caption, this.terminal.columns, this.indent));
    this.terminal.command(command, this.indent);
    this.terminal.print();
  }
}
