// The table of statistics (src/stats/index.ts) is complete: each measure has its row, its export, its test and its place in the README, and
// each row works. Whoever adds a statistic is told what is missing.
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { languages, writeStories } from '@kk/corpora';
import { brotli, zlib } from '@kk/corpora/node';
import * as stats from '@kk/corpora/stats';
import { type Statistic, type StatisticSettings, statistics } from '@kk/corpora/stats';
import { withStatisticsTable } from '../src/stats/readme-table.js';

const folder = (path: string): URL => new URL(path, import.meta.url);
const read = (path: string): Promise<string> => readFile(folder(path), 'utf8');
const rows: readonly (readonly [string, Statistic<unknown>])[] = Object.entries(statistics);
const functions = rows.flatMap(([, row]) => Object.keys(row.functions));
const settings: StatisticSettings = { language: 'de', unit: 'character', maxOrder: 8, reference: 'Es war einmal ein Hund.', compressors: { zlib: zlib(), brotli: brotli({ quality: 9 }) } };

/** The result of a whole text that comes in these pieces. */
async function resultOf(statistic: Statistic<unknown>, pieces: readonly string[]): Promise<unknown> {
  const measure = statistic.measure!(settings)!;
  if (typeof measure === 'function') {
    return measure((async function* () { yield* pieces; })());
  }
  for (const piece of pieces) measure.add(piece);
  return measure.result();
}

describe('the table of statistics', () => {
  it('has a row for every measure, which is exported and tested', async () => {
    const sources = await readdir(folder('../src/stats'));
    const tests = (await Promise.all((await readdir(folder('.'))).filter((name) => name.endsWith('.test.ts')).map((name) => read(name)))).join('\n');
    const measures = (await Promise.all(sources.filter((name) => name.endsWith('.ts')).map(async (name) => [...(await read(`../src/stats/${name}`)).matchAll(/= \/\* @__PURE__ \*\/ measureOf.*?\('(\w+)'/g)].map(([, measure]) => ({ name, measure }))))).flat();
    expect(measures.length).toBeGreaterThan(10);
    for (const { name, measure } of measures) expect(functions, `src/stats/${name} measures ${measure}, and no row of \`statistics\` in src/stats/index.ts has it: add the row`).toContain(measure);
    for (const name of functions) {
      expect(Object.keys(stats), `${name} is in \`statistics\` and not exported: export it in src/stats/index.ts`).toContain(name);
      expect(tests, `${name} has no test: add one that calls it to a file in packages/corpora/test`).toContain(`${name}(`);
    }
  });

  it('is in the README', async () => {
    const readme = await read('../README.md');
    expect(withStatisticsTable(readme), 'The README differs from the statistics. Run: pnpm --filter @kk/corpora run statistics').toBe(readme);
    expect(() => withStatisticsTable('')).toThrow('The README has no place for the table of statistics');
  });

  it.each(rows)('%s: figures with names that fit, in both languages, wherever the text is cut', async (_, statistic) => {
    if (!statistic.measure) return expect(statistic.figures).toBeUndefined();
    const text = writeStories('de', { seed: 1, count: 2 });
    const result = await resultOf(statistic, [text]);
    expect(await resultOf(statistic, [text.slice(0, 101), text.slice(101, 102), text.slice(102)])).toEqual(result);
    const figures = statistic.figures!(result);
    expect(figures.length).toBeGreaterThan(0);
    for (const { name, meaning, value } of figures) {
      for (const language of languages) {
        expect(name[language].length, name[language]).toBeLessThanOrEqual(22);
        if (meaning) expect(meaning[language], name[language]).toMatch(/^\p{L}.*\.$/u);
      }
      expect(['number', 'object']).toContain(typeof value(result));
    }
    expect(JSON.stringify(statistic.inJSON?.(result) ?? result).length).toBeLessThan(5000);
  });

  it('measures nothing that needs a reference without one', () => {
    const without = rows.filter(([, statistic]) => statistic.measure && !statistic.measure({ ...settings, reference: undefined }));
    expect(without.map(([name]) => name)).toEqual(['copies']);
  });
});
