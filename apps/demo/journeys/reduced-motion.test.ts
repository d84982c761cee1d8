// With reduced motion nothing slides or fades on the first page; figures.test.ts looks at the chapters.
import { it } from 'vitest';
import { pathOf } from './support/routes.js';
import { expectStill } from './support/still.js';
import { open, plainContext } from './support/visit.js';

it('stands still', async () => {
  const page = await (await plainContext()).newPage();
  await open(page, pathOf('de', ''));
  await expectStill(page);
});
