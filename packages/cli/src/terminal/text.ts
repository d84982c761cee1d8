// Text for people: wrapped to the width at hand, and free of characters that would upset a terminal.
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Wraps each line of a text to `columns` characters, all of them indented by `indent` blanks. */
export function wrap(text: string, columns: number, indent = 0): string {
  const margin = ' '.repeat(indent);
  const wrapped = wrapAnsi(text, Math.max(10, columns - indent), { hard: true, trim: true });
  return wrapped
    .split('\n')
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n');
}

/** Text with control characters made visible, apart from line breaks and tabs: a model may write any byte, also an escape sequence. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    // Unicode has a picture for each control character of ASCII.
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}

// Control characters but tab and line feed, and the characters that change the direction of writing.
const UNSAFE = /(?![\t\n])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Cuts a text to a width on the terminal, with an ellipsis where something is missing. */
export function truncate(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let width = 0;
  let result = '';
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns - 1) break;
    result += character;
  }
  return result + '…';
}

/** Fills a text with blanks up to a width on the terminal. */
export const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
export const padStart = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;
