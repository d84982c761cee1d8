// Small tables of facts: one name and value per line.
import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Terminal } from './terminal.js';
import { padStart, wrap } from './text.js';

/** The cli-table3 setting for a table without borders. */
export const noLines = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' };

/** Two columns without borders; long values are wrapped to the width of the terminal. */
export function factTable(facts: readonly (readonly [name: string, value: string])[], { colors, columns }: Pick<Terminal, 'colors' | 'columns'>): string {
  const nameWidth = Math.max(...facts.map(([name]) => stringWidth(name))) + 3;
  const valueWidth = Math.max(10, columns - nameWidth - 2);
  const table = new Table({ chars: noLines, style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1, compact: true }, colWidths: [nameWidth, valueWidth + 2] });
  // Wrapped here, because the table would cut words that are longer than a line, such as paths.
  for (const [name, value] of facts) table.push([colors.dim(name), wrap(value, valueWidth)]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Columns of numbers that end at the same places, the first one dim. Where the terminal is narrow, names in the first one are wrapped. */
export function numberTable(rows: readonly (readonly string[])[], { colors, columns }: Pick<Terminal, 'colors' | 'columns'>): string {
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, stringWidth(cell))), []);
  const others = widths.slice(1).reduce((sum, width) => sum + width + 2, 2);
  const nameWidth = Math.min(widths[0] ?? 0, Math.max(8, columns - others - 1));
  return rows
    .flatMap(([first = '', ...numbers]) => {
      const names = wrap(first, nameWidth).split('\n');
      const shown = numbers.map((cell, i) => padStart(cell, widths[i + 1])).join('  ');
      return names.map((name, i) => ` ${colors.dim(padStart(name, nameWidth))}   ${i === names.length - 1 ? shown : ''}`.trimEnd());
    })
    .join('\n');
}
