// What axe finds wrong on a page.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** The rules that depend on the theme: a page is judged by the others in one of them. */
export const contrast: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * The findings, each with the element it is about. Axe runs in the page itself and describes only what is wrong: writing down a selector for every
 * element that is right, and handing them all to a second page, took five sixths of its time. Frames of other origins are not looked into; the course has none.
 * @param parts selectors of what is looked at; the whole page where there is none
 * @param rules those that it is judged by; all where there is none
 */
export async function findings(page: Page, parts: readonly string[] = [], rules: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], ...(rules.length > 0 && { runOnly: [...rules] }) }).setLegacyMode(true);
  for (const part of parts) axe.include(part);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary ?? ''}`));
}
