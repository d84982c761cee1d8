// The README's examples are those of examples/, word for word, and they print what the README shows.
import { testReadme } from '@kk/vitest-config/readme';

testReadme(new URL('../', import.meta.url), [
  ['examples/look.ts', () => import('../examples/look.js')],
  ['examples/own-tensors.ts', () => import('../examples/own-tensors.js')],
  ['examples/cache.ts', () => import('../examples/cache.js')],
  ['examples/heads.ts', () => import('../examples/heads.js')],
]);
