// The list of exports is a reviewed file: a new name shows in the diff.
import { expect, it } from 'vitest';
import * as data from '../src/data.js';
import * as download from '../src/download.js';
import * as explain from '../src/explain.js';
import * as entry from '../src/index.js';
import * as scaling from '../src/scaling.js';

it('exports these names', () => {
  expect(Object.keys(entry).sort()).toMatchSnapshot();
});

it('exports these names from explain', () => {
  expect(Object.keys(explain).sort()).toMatchSnapshot();
});

it('exports these names from data', () => {
  expect(Object.keys(data).sort()).toMatchSnapshot();
});

it('exports these names from scaling', () => {
  expect(Object.keys(scaling).sort()).toMatchSnapshot();
});

it('exports these names from download', () => {
  expect(Object.keys(download).sort()).toMatchSnapshot();
});
