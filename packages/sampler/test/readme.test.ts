// The README's examples are the files in examples/, word for word, and they print what the README shows.
import { testReadme } from '@kk/vitest-config/readme';

testReadme(new URL('../', import.meta.url), [
  ['examples/sample.ts', () => import('../examples/sample.js')],
  ['examples/chain.ts', () => import('../examples/chain.js')],
  ['examples/constrained.ts', () => import('../examples/constrained.js')],
]);
