// The README's table of statistics, made from the statistics themselves. Not part of the package: scripts/statistics.mjs and a test use it.
import { statistics } from './index.js';

const BEGIN = '<!-- statistics: made by `pnpm --filter @kk/corpora run statistics` -->';
const END = '<!-- end of statistics -->';

/**
 * A README with its table of statistics as it should be.
 * @throws {Error} when the two markers are missing
 */
export function withStatisticsTable(readme: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`The README has no place for the table of statistics; expected ${BEGIN} and ${END}.`);
  const rows = Object.values(statistics).flatMap(({ functions }) => Object.entries(functions).map(([name, gives]) => `| \`${name}\` | ${gives} |`));
  const table = ['| function | what it gives |', '| --- | --- |', ...rows].join('\n');
  return `${readme.slice(0, from)}${BEGIN}\n${table}\n${readme.slice(to)}`;
}
