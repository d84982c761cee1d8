// The README's digit network on all images of the package `mnist`.
import { printedBy } from '@kk/vitest-config/readme';
import { expect, it } from 'vitest';

it('reads 97 % of 1,000 digits that it has never seen', async () => {
  const printed = await printedBy(() => import('../examples/digits.js'));
  expect(Number(/(\d+) of 1000 digits are right/.exec(printed)?.[1])).toBeGreaterThanOrEqual(970);
});
