// Prepares text for a terminal: wraps it and removes characters that would disturb the terminal.
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Wraps each line of a text to `columns` characters, with an indentation of `indent` blanks. */
export function wrap(text: string, columns: number, indent = 0): string {
  const margin = ' '.repeat(indent);
  const wrapped = wrapAnsi(text, Math.max(10, columns - indent), { hard: true, trim: true });
  return wrapped
    .split('\n')
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n');
}

/** Makes control characters visible, except line breaks and tabs: a model may write any byte, including escape sequences. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    // Unicode has a picture for each ASCII control character.
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}

// Control characters except tab and line feed, and characters that change the writing direction.
const UNSAFE = /(?![\t\n])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Cuts a text to a terminal width, with an ellipsis if something is missing. */
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

/** Pads a text with blanks to a terminal width. */
export const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
export const padStart = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;
