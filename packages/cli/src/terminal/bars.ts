// Draws a distribution as horizontal bars: label, bar, percent or another number.
import stringWidth from 'string-width';
import { padEnd, padStart, truncate } from './text.js';
import type { NumberFormats } from './numbers.js';

export interface Bar {
  label: string;
  /** From 0 to 1; below 0 there is no bar. */
  share: number;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LONGEST_LABEL = 14;

export interface BarOptions {
  /** The total width, in characters. */
  columns: number;
  numbers: NumberFormats;
  /** The share that fills the width. Default: the largest share. */
  full?: number;
  /** Colours a bar. */
  paint?: (text: string) => string;
  indent?: number;
  /** The longest label, in characters. Default 14. */
  longestLabel?: number;
  /** The number at the end of the line. Default: percent. */
  shown?: (share: number) => string;
}

/** One line per bar; bars are drawn in eighths of a character. */
export function bars(data: readonly Bar[], options: BarOptions): string {
  const { columns, numbers, full = Math.max(...data.map(({ share }) => share)), paint = (text) => text, indent = 0, longestLabel = LONGEST_LABEL, shown = (share) => numbers.percent(share, 1) } = options;
  const labels = data.map(({ label }) => truncate(label, longestLabel));
  const shares = data.map(({ share }) => shown(share));
  const labelWidth = Math.max(...labels.map((label) => stringWidth(label)));
  const shareWidth = Math.max(...shares.map((share) => share.length));
  const room = Math.max(4, columns - indent - labelWidth - shareWidth - 2);
  return data
    .map(({ share }, at) => {
      const eighths = full > 0 ? Math.round((Math.max(0, Math.min(share, full)) / full) * room * 8) : 0;
      const picture = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
      return `${' '.repeat(indent)}${padEnd(labels[at], labelWidth)} ${paint(padEnd(picture, room))} ${padStart(shares[at], shareWidth)}`;
    })
    .join('\n');
}
