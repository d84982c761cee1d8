// The README's examples are the files in examples/, word for word, and they print what the README shows.
import { testReadme } from '@kk/vitest-config/readme';

testReadme(new URL('../', import.meta.url), [
  // Its cross-entropy by hand: the mean of -ln 4/9, -ln 8/15, -ln 22/27 and -ln 13/45 is 0.7215.
  ['examples/nonsense.ts', () => import('../examples/nonsense.js')],
  ['examples/sentence.ts', () => import('../examples/sentence.js')],
  // By hand: the mixture gives the letters of the last text 1/2, 3/4, 7/8, 1/4, 5/8, 3/4, 7/8 and 3/4, whose product to the power of -1/8 is 1.58.
  ['examples/mixture.ts', () => import('../examples/mixture.js')],
  // By hand, after Witten and Bell: "cat" has (2 + 1) / (12 + 6), whose base-10 logarithm is -0.778; after <s> always comes "the", so its weight is 1 / (3 + 1).
  ['examples/arpa.ts', () => import('../examples/arpa.js')],
]);
