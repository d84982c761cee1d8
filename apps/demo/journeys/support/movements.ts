// Writes down what moves a page, so that a journey whose page stands at the wrong place can say how it came there.
import type { Page } from 'playwright';

/**
 * Call it before the page is opened.
 * @param selector  an element whose place in the window is noted each time
 * @returns what tells the last movements, a line each: milliseconds since the page began, what happened, where the page was scrolled to, where
 *   the element stood, how high the page was
 */
export async function watchMovements(page: Page, selector: string): Promise<() => Promise<string>> {
  await page.addInitScript((selector) => {
    const lines: string[] = [];
    (window as { movements?: string[] }).movements = lines;
    const note = (what: string): void => {
      const top = document.querySelector(selector)?.getBoundingClientRect().top;
      lines.push(`${Math.round(performance.now())} ms  ${what}: scrolled to ${Math.round(scrollY)}, ${selector} at ${top === undefined ? 'no place' : Math.round(top)}, height ${document.documentElement.scrollHeight}`);
    };
    for (const event of ['scroll', 'load', 'hashchange', 'popstate']) addEventListener(event, () => note(event));
    for (const [owner, name] of [[window, 'scrollBy'], [window, 'scrollTo'], [Element.prototype, 'scrollIntoView']] as const) {
      const own = (owner as unknown as Record<string, (...given: unknown[]) => unknown>)[name]!;
      Object.assign(owner, {
        [name](this: unknown, ...given: unknown[]) {
          const result = own.apply(this, given);
          note(`${name}(${JSON.stringify(given[0] ?? null)})`);
          return result;
        },
      });
    }
  }, selector);
  return () => page.evaluate(() => (window as { movements?: string[] }).movements!.slice(-60).join('\n'));
}
