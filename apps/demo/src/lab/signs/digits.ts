// The handwritten digits, loaded once: 9,000 to learn from, and 1,000 held out.
import { readDrawings, type SplitDrawings } from '@kk/corpora/digits';
import type { Tools } from '../job.js';

// The build makes the file (scripts/digits.mjs). A glob, so that tests that bring their own drawings need none.
const urls = import.meta.glob<string>('../../../generated/digits.bin', { query: '?url', import: 'default', eager: true });

/** @throws Error when the file cannot be loaded or is damaged */
export function digits(tools: Tools): Promise<SplitDrawings> {
  return tools.keep('digits', async () => {
    const [url] = Object.values(urls);
    if (!url) throw new Error('There is no generated/digits.bin; `pnpm --filter demo digits` makes it.');
    tools.preparing('digits', 0);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The drawings could not be loaded (status ${response.status}).`);
    return readDrawings(await response.arrayBuffer());
  });
}
