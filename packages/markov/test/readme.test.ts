// The README's example is examples/nonsense.ts, word for word, and it prints what the README shows.
import { testReadme } from '@kk/vitest-config/readme';

// Its cross-entropy by hand: the mean of -ln 4/9, -ln 8/15, -ln 22/27 and -ln 13/45 is 0.7215.
testReadme(new URL('../', import.meta.url), [['examples/nonsense.ts', () => import('../examples/nonsense.js')]]);
