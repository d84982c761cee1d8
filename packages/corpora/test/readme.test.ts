// The README's examples are the files beside this test, word for word, they print what the README shows, and its figures are exact.
import { readFile } from 'node:fs/promises';
import { languages, storyEntropy, writeStory } from '@kk/corpora';
import { testReadme } from '@kk/vitest-config/readme';
import { describe, expect, it } from 'vitest';

testReadme(new URL('../', import.meta.url), [
  ['test/readme.example.ts', () => import('./readme.example.js')],
  ['test/stats.example.ts', () => import('./stats.example.js')],
  ['test/instructions.example.ts', () => import('./instructions.example.js')],
  ['test/arithmetic.example.ts', () => import('./arithmetic.example.js')],
  ['test/preferences.example.ts', () => import('./preferences.example.js')],
  ['test/sentences.example.ts', () => import('./sentences.example.js')],
  ['test/digits.example.ts', () => import('./digits.example.js')],
]);

describe('the figures of the README', () => {
  it('are those of the grammars', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    for (const language of languages) {
      const { natsPerStory, charactersPerStory, wordsPerStory, natsPerCharacter, natsPerWord, bitsPerByte, log10Stories } = storyEntropy(language);
      expect(readme).toContain(`| \`${language}\` | ${[natsPerStory.toFixed(2), charactersPerStory.toFixed(1), wordsPerStory.toFixed(1), natsPerCharacter.toFixed(4), natsPerWord.toFixed(3), bitsPerByte.toFixed(4), `10^${log10Stories.toFixed(1)}`].join(' | ')} |`);
      expect(readme).toContain(writeStory(language, 7));
    }
  });
});
