// The list of exports is a reviewed file: a new name shows in the diff.
import { expect, it } from 'vitest';
import * as entry from '../src/index.js';
import * as node from '../src/node.js';

it('exports these names', () => {
  expect(Object.keys(entry).sort()).toMatchSnapshot();
});

it('exports these names from node', () => {
  expect(Object.keys(node).sort()).toMatchSnapshot();
});
