// Looks at what stands below every figure: its table, its code, and a link to it.
import { expect } from 'vitest';
import { PATIENCE } from './patience.js';
import { settled, type Page } from './visit.js';

/** The words of the page's language. */
interface Words {
  job: { end: string };
  figure: { asTable: string; asPicture: string; code: string; copyLink: string; qrCode: string; link: string };
}

/**
 * Every figure of the page has a table, code that prints something, and a link. Some show nothing before the visitor has done something: then its button is pressed.
 * @param isToEnd  whether what a figure then computes goes to its end; otherwise it is ended as soon as its table and its code are there
 */
export async function expectTools(page: Page, words: Words, isToEnd = false): Promise<void> {
  for (const figure of await page.locator('figure[id]').all()) {
    const id = (await figure.getAttribute('id'))!;
    const button = (name: string): ReturnType<Page['locator']> => figure.getByRole('button', { name, exact: true });
    const names = [words.figure.asTable, words.figure.code];
    const both = async (): Promise<number[]> => Promise.all(names.map((name) => button(name).count()));
    for (const act of ['.controls button.main:enabled', '.picture button:enabled']) {
      if ((await both()).includes(0) && (await figure.locator(act).count()) > 0) {
        await figure.locator(act).first().click();
        if (!isToEnd) {
          await page.waitForFunction(hasOrRests, [id, ...names] as const);
          await page.evaluate(press, [id, words.job.end] as const);
        }
      }
      await settled(page);
    }
    await expect.poll(both, { timeout: PATIENCE, message: `buttons for the table and the code of ${id}` }).toEqual([1, 1]);
    await button(words.figure.asTable).click();
    await figure.locator('table tbody tr').first().waitFor();
    await button(words.figure.asPicture).click();
    await button(words.figure.code).click();
    await figure.locator('pre').nth(1).waitFor();
    const code = await figure.locator('pre').allInnerTexts();
    expect(code[0], `code of ${id}`).toMatch(/@kk\//);
    expect(code[1]?.trim().length, `what the code of ${id} prints`).toBeGreaterThan(0);
    await button(words.figure.copyLink).click();
    await figure.getByAltText(words.figure.qrCode).waitFor();
    const link = new URL(await figure.getByLabel(words.figure.link).inputValue());
    expect([link.pathname, link.hash]).toEqual([new URL(page.url()).pathname, `#${id}`]);
  }
}

/** Runs in the page. @returns whether a figure has buttons of both names, or computes nothing */
function hasOrRests([id, ...names]: readonly [string, ...string[]]): boolean {
  const figure = document.getElementById(id)!;
  const shown = [...figure.querySelectorAll('button')].map((button) => button.textContent!.trim());
  return names.every((name) => shown.includes(name)) || !['preparing', 'running'].includes(figure.dataset.state ?? '');
}

/** Runs in the page: presses a figure's button of this name, if there still is one. */
function press([id, name]: readonly [string, string]): void {
  [...document.getElementById(id)!.querySelectorAll('button')].find((button) => button.textContent!.trim() === name)?.click();
}
