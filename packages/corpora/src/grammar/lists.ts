// Lists of words for any language: fixed phrases, and tables of related phrases.

import { category, type Category, type Word } from './words.js';

/** A category of words and phrases that are never inflected. */
export function fixed(name: string, ...entries: readonly string[]): Category {
  return category(name, 'base', entries.map((base): Word => ({ id: base, forms: { base }, features: {} })));
}

/**
 * A category of rows, with columns separated by bars: `table('place', ['wo', 'wohin'], 'im Wald | in den Wald')`. The first column
 * identifies a row.
 *
 * @throws Error if a row has too few or too many columns
 */
export function table(name: string, columns: readonly string[], ...rows: readonly string[]): Category {
  return category(name, columns[0], rows.map((row): Word => {
    const cells = row.split('|').map((cell) => cell.trim());
    if (cells.length !== columns.length) throw new Error(`table "${name}": "${row}" has ${cells.length} columns instead of ${columns.length}`);
    return { id: cells[0], forms: Object.fromEntries(columns.map((column, i) => [column, cells[i]])), features: {} };
  }));
}
