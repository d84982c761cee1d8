// What a README shows: its blocks of code, what it says that they print, and tests that compare both with the examples as they run.
import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { describe, expect, it, vi } from 'vitest';

/** A comment on why a block does not run, three backticks with a language, the code, and the block in `text` that may follow. */
const BLOCK = /(?:^<!-- not run: ([^\n]*) -->\n+)?^```(\w+)\n([\s\S]*?)^```$(?:\n+^```text\n([\s\S]*?)\n^```$)?/gm;

/** See readme.d.mts. */
export function readmeBlocks(markdown) {
  return Array.from(markdown.matchAll(BLOCK), ([, notRun, language, code, output]) => ({ language, code, output, notRun }));
}

/** See readme.d.mts. */
export async function printedBy(program) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await program();
    return log.mock.calls.map((call) => format(...call).replace(/[ \t]+$/gm, '')).join('\n');
  } finally {
    log.mockRestore();
  }
}

/** See readme.d.mts. */
export function testReadme(folder, examples) {
  const read = (path) => readFileSync(new URL(path, folder), 'utf8');
  const shown = readmeBlocks(read('README.md')).filter(({ language, notRun }) => language === 'ts' && notRun === undefined);

  describe('the README', () => {
    it('shows the examples that are tested here, and no others', () => {
      expect(shown.map(({ code }) => code)).toEqual(examples.map(([path]) => read(path)));
    });

    it.each(examples.filter(([, run]) => run !== undefined))('prints what stands under %s', async (path, run, form) => {
      const { output } = shown.find(({ code }) => code === read(path)) ?? {};
      const printed = await printedBy(run);
      if (form === undefined) expect(output).toBe(printed);
      else {
        expect(printed).toMatch(form);
        expect(output).toMatch(form);
      }
    });
  });
}
