// The README's examples are those in examples/, word for word, and they print what the README shows.
import { testReadme } from '@kk/vitest-config/readme';

testReadme(new URL('../', import.meta.url), [
  ['examples/neighbours.ts', () => import('../examples/neighbours.js')],
  ['examples/node.ts', () => import('../examples/node.js')],
  ['examples/training.ts', () => import('../examples/training.js')],
]);
