// The options `--x` and `--y` of maps: axes between two poles.
import { InvalidArgumentError, Option } from 'commander';
import type { Poles } from '../embed/map/layout.js';

export const axisOption = (flag: 'x' | 'y', description: string): Option => new Option(`--${flag} <from:to>`, description).argParser(poles);

/** `man:woman`, or `man,boy:woman,girl` */
function poles(text: string): Poles {
  const parts = text.split(':').map((part) => part.split(',').filter((word) => word !== ''));
  if (parts.length !== 2 || parts.some((words) => words.length === 0)) throw new InvalidArgumentError('Expected two poles, such as man:woman, or man,boy:woman,girl.');
  const [from, to] = parts;
  if (to.every((word) => from.includes(word)) && from.every((word) => to.includes(word))) throw new InvalidArgumentError('Expected two poles that differ, such as man:woman.');
  return { from, to };
}
