// The README's examples are the files beside this test, word for word, and they print what the README shows.
import { testReadme } from '@kk/vitest-config/readme';

testReadme(new URL('../', import.meta.url), [
  ['test/readme.example.ts', () => import('./readme.example.js')],
  ['test/readme-openai.example.ts', () => import('./readme-openai.example.js')],
]);
