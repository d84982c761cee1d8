// Holds that a page stands still: nothing slides or fades.
import { expect } from 'vitest';
import type { Page } from './visit.js';

/** Nothing on the page has a transition or an animation that takes time, and none is running. */
export async function expectStill(page: Page): Promise<void> {
  const moving = await page.evaluate(() => {
    const seconds = (value: string): boolean => value.split(',').some((part) => parseFloat(part) > 0);
    return [...document.querySelectorAll('*')]
      .filter((element) => {
        const style = getComputedStyle(element);
        return seconds(style.transitionDuration) || (style.animationName !== 'none' && seconds(style.animationDuration)) || style.scrollBehavior === 'smooth';
      })
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`);
  });
  expect(moving).toEqual([]);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
}
