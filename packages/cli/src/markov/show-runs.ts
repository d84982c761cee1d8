// Shows the origin of a generated text: the text in alternating colours, then one line per piece with its file and place.
import type { UnitName } from '@kk/markov';
import stringWidth from 'string-width';
import { unitWord } from '../options/markov-unit.js';
import type { NumberFormats } from '../terminal/numbers.js';
import type { Terminal } from '../terminal/terminal.js';
import { padEnd, padStart, printable, truncate, wrap } from '../terminal/text.js';
import { visible } from '../terminal/token-rows.js';
import type { SourceRun } from './source-runs.js';

export interface ShowRunsOptions {
  terminal: Terminal;
  numbers: NumberFormats;
  unit: UnitName | 'tokenizer';
}

/** On a narrower terminal, a piece and its place do not fit on one line. */
const NARROW = 60;

export function showRuns(runs: readonly SourceRun[], { terminal, numbers, unit }: ShowRunsOptions): void {
  const { colors, columns } = terminal;
  const paints = [colors.cyan, colors.yellow, colors.green, colors.magenta];
  // Each word is coloured separately, because a wrapped line would lose its colour.
  const painted = runs.map(({ text }, at) => printable(text).replace(/\S+/g, paints[at % paints.length])).join('');
  terminal.print(wrap(painted, columns - 1, 1));
  terminal.print();
  const shortened = shortSources(runs.flatMap(({ source }) => (source === null ? [] : [source])));
  const places = runs.map(({ source, line, column }) => (source === null ? '–' : `${shortened(source)}:${line}:${column}`));
  const countWidth = Math.max(...runs.map(({ units }) => numbers.integer(units).length));
  const narrow = columns < NARROW;
  const placeWidth = Math.min(narrow ? columns - 3 : Math.floor(columns / 2) - 4, Math.max(...places.map((place) => stringWidth(place))));
  const textWidth = columns - countWidth - (narrow ? 3 : placeWidth + 5);
  for (const [at, { text, units }] of runs.entries()) {
    const piece = truncate(visible(text), textWidth);
    const paint = paints[at % paints.length];
    const place = colors.dim(tail(places[at], placeWidth));
    const count = padStart(numbers.integer(units), countWidth);
    terminal.print(narrow ? ` ${count} ${paint(piece)}\n   ${place}` : ` ${count} ${paint(padEnd(piece, textWidth))}  ${place}`);
  }
  const units = runs.reduce((sum, run) => sum + run.units, 0);
  const longest = Math.max(...runs.map((run) => run.units));
  terminal.print();
  terminal.print(wrap(`${numbers.count(runs.length, 'piece')} of ${numbers.decimal(units / runs.length, 1)} ${unitWord(unit)} on average, the longest of ${numbers.integer(longest)}. On the left how many, on the right file:line:column.`, columns - 1, 1));
}

/** File names without folders, if that distinguishes them. */
export function shortSources(sources: readonly string[]): (source: string) => string {
  const all = [...new Set(sources)];
  const base = (source: string): string => source.replace(/^.*[/\\]/, '');
  return new Set(all.map(base)).size === all.length ? base : (source) => source;
}

/** Shortens a path at its beginning, since the end is more informative. */
function tail(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const characters = [...text];
  let width = 1;
  let at = characters.length;
  while (at > 0 && width + stringWidth(characters[at - 1]) <= columns) width += stringWidth(characters[--at]);
  return `…${characters.slice(at).join('')}`;
}
