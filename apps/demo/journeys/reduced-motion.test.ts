// With reduced motion nothing slides or fades, also while figures compute.
import { expect, it } from 'vitest';
import { chapters, pathOf } from './support/routes.js';
import { open, plainContext } from './support/visit.js';

it.each(['', ...chapters])('/%s stands still', async (name) => {
  const page = await (await plainContext({ reducedMotion: 'reduce' })).newPage();
  await open(page, pathOf('de', name));
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
});
