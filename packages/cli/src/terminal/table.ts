// Small tables of facts: a name and a value per line.
import Table from 'cli-table3';
import { type Terminal } from './terminal.js';

const noLines = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' };

/** Two columns without borders; long values are wrapped to the width of the terminal. */
export function factTable(facts: readonly (readonly [name: string, value: string])[], { colors, columns }: Pick<Terminal, 'colors' | 'columns'>): string {
  const nameWidth = Math.max(...facts.map(([name]) => name.length)) + 3;
  const table = new Table({
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1, compact: true },
    colWidths: [nameWidth, Math.max(12, columns - nameWidth)],
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  for (const [name, value] of facts) table.push([colors.dim(name), value]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
