// The table of combinations, in Node.
import { readFileSync } from 'node:fs';
import type { Table } from './combinations.js';

export const table = JSON.parse(readFileSync(new URL('../fixtures/combinations.torch.json', import.meta.url), 'utf8')) as Table;
