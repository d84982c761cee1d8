// Writes text that a model, a file or a user made, as it comes. On a terminal its control characters are shown instead of carried out, and
// lines break between words.
import stringWidth from 'string-width';
import { printable } from './text.js';

type Style = (text: string) => string;

const plain: Style = (text) => text;
const TAB = 8;

export class ForeignText {
  readonly #write: (text: string) => void;
  /** The characters of a line; undefined where the text goes out unchanged. */
  readonly #width: number | undefined;
  #column = 0;
  /** The word at the end of the line, which moves to the next line if it grows too long. */
  #word: { text: string; style: Style }[] = [];
  #wordWidth = 0;

  /**
   * @param write   takes the text with its style
   * @param columns  the width of the terminal; undefined for a file or a pipe, which get the text unchanged
   */
  constructor(write: (text: string) => void, columns?: number) {
    this.#write = write;
    // The last column stays empty: a terminal keeps the cursor in it and would count the way back from there wrongly.
    this.#width = columns === undefined ? undefined : columns - 1;
  }

  /**
   * Writes the next part of the text; a word may be in several.
   * @param style  for example bold; it is put around the text after its control characters were made visible
   */
  write(text: string, style: Style = plain): void {
    if (this.#width === undefined) return this.#write(style(text));
    for (const [part] of printable(text).matchAll(/\n|[ \t]|[^\n \t]+/g)) {
      if (part === '\n') this.#breakLine();
      else if (part === ' ' || part === '\t') this.#blank(part === ' ' ? 1 : TAB - (this.#column % TAB), style);
      else this.#extendWord(part, style);
    }
  }

  /** Ends the last line, if there is something in it. */
  end(): void {
    if (this.#width === undefined || this.#column > 0) this.#breakLine();
  }

  #breakLine(): void {
    this.#write('\n');
    this.#column = 0;
    this.#endWord();
  }

  #endWord(): void {
    this.#word = [];
    this.#wordWidth = 0;
  }

  /** A blank that does not fit any more is left out, because the line ends there. */
  #blank(width: number, style: Style): void {
    this.#endWord();
    if (this.#column + width > this.#width!) return this.#breakLine();
    this.#write(style(' '.repeat(width)));
    this.#column += width;
  }

  #extendWord(text: string, style: Style): void {
    const width = stringWidth(text);
    const room = this.#width! - this.#column;
    if (width > room && this.#wordWidth + width <= this.#width!) {
      this.#moveWord();
    } else if (width > room) {
      // Longer than a line: it is cut where the line ends.
      const cut = fitting(text, room);
      this.#put(text.slice(0, cut), style);
      this.#breakLine();
      return this.#extendWord(text.slice(cut), style);
    }
    this.#put(text, style);
  }

  #put(text: string, style: Style): void {
    if (text === '') return;
    const width = stringWidth(text);
    this.#write(style(text));
    this.#column += width;
    this.#word.push({ text, style });
    this.#wordWidth += width;
  }

  /** Takes back the beginning of the word from the end of this line and writes it into the next one. */
  #moveWord(): void {
    const [word, width] = [this.#word, this.#wordWidth];
    // CSI D moves the cursor to the left, CSI K deletes the rest of the line.
    if (width > 0) this.#write(`\u001b[${width}D\u001b[K`);
    this.#breakLine();
    for (const { text, style } of word) this.#put(text, style);
  }
}

/** How many UTF-16 units of a text fit into so many columns, without cutting a character. */
function fitting(text: string, columns: number): number {
  let width = 0;
  let units = 0;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns) break;
    units += character.length;
  }
  return units;
}
