// The table of combinations, in a page.
import type { Table } from '../../test/support/combinations.js';

const response = await fetch(new URL('../../test/fixtures/combinations.torch.json', import.meta.url));
export const table = (await response.json()) as Table;
