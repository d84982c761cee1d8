import { expect, it } from 'vitest';
import * as cli from '../src/index.js';

it('exports exactly these names', () => {
  expect(Object.keys(cli).sort()).toMatchInlineSnapshot(`
    [
      "main",
      "run",
    ]
  `);
});
