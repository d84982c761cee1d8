// The list of exports is a reviewed file: a new name shows in the diff.
import { expect, it } from 'vitest';
import * as entry from '../src/index.js';

it('exports these names', () => {
  expect(Object.keys(entry).sort()).toMatchSnapshot();
});
