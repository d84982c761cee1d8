// What the course weighs, gzipped, in script and style: at most 150 kB for the shell with chapter 1, at most 80 kB more for each further
// page, with everything that its figures load on demand. The worker is weighed apart, by `pnpm bench --only demo`.
import { expect, it } from 'vitest';
import { sizes } from '../scripts/sizes.mjs';
import { languages, pages } from './support/routes.js';

it.each(languages)('keeps to its sizes in %s', (language) => {
  const { first, pages: own } = sizes(pages.filter((page) => page !== ''), language);
  expect(first).toBeGreaterThan(20_000); // otherwise nothing was found
  expect(first + own.token!.later).toBeLessThanOrEqual(150_000);
  expect(Object.entries(own).filter(([name, { now, later }]) => name !== 'token' && now + later > 80_000)).toEqual([]);
});
