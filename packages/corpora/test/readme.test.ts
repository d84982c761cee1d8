// The README's example is the file beside this test, and it runs.

import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { languages, storyEntropy, writeStory } from '@kk/corpora';

const file = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('README', () => {
  it('shows the example that runs', async () => {
    const readme = await file('../README.md');
    expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(await file('./readme.example.ts'));
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./readme.example.js');
    const printed = log.mock.calls.map((call) => call.join(' '));
    log.mockRestore();
    expect(printed[0]).toBe(writeStory('de', 7));
    expect(printed[2]).toContain(`${storyEntropy('de').natsPerCharacter.toFixed(4)} nats per character`);
    expect(printed).toHaveLength(9);
  });

  it('shows the example of the statistics that runs', async () => {
    const examples = [...(await file('../README.md')).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
    expect(examples).toContain(await file('./stats.example.ts'));
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./stats.example.js');
    const printed = log.mock.calls.map((call) => call.join(' ').trim());
    log.mockRestore();
    expect(printed).toEqual(['0.87', expect.stringMatching(/^4\.\d\d bits for a letter after 0$/), expect.stringMatching(/after 1$/), expect.stringMatching(/after 2( \(too few letters to tell\))?$/), '0.5', '0.71 1']);
  });

  it('shows the example of the sentences that runs', async () => {
    expect(await file('../README.md')).toContain(`\`\`\`ts\n${await file('./sentences.example.ts')}\`\`\``);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./sentences.example.js');
    const printed = log.mock.calls.map((call) => call.join(' '));
    log.mockRestore();
    expect(printed[0]).toMatch(/^344 \d+ the dog sleeps in a basket by the stove$/);
    expect(printed[1]).toBe('nearest to dog: one of cat, horse, cow, mouse, bird, hen, sheep?');
    expect(printed[2]).toBe('21 Montag König - Königin');
  });

  it('shows the example of the instructions that runs', async () => {
    expect(await file('../README.md')).toContain(`\`\`\`ts\n${await file('./instructions.example.ts')}\`\`\``);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./instructions.example.js');
    const printed = log.mock.calls.map((call) => call.join(' '));
    log.mockRestore();
    expect(printed[0]).toContain('\n=> ');
    expect(printed[1]).toMatch(/^2000 1\d\d$/);
    expect(printed[2]).toMatch(/\? true true$/);
  });

  it('shows the example of the preferences that runs', async () => {
    expect(await file('../README.md')).toContain(`\`\`\`ts\n${await file('./preferences.example.ts')}\`\`\``);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./preferences.example.js');
    const printed = log.mock.calls.map((call) => call.join(' '));
    log.mockRestore();
    expect(printed[0]).toMatch(/\n\n.*\n\+ .*\n- /);
    expect(JSON.parse(printed[1])).toMatchObject({ prompt: [{ role: 'user' }], chosen: [{ role: 'assistant' }], rejected: [{ role: 'assistant' }] });
    expect(printed[2]).toBe('true false');
    expect(printed[3]).toMatch(/ true$/);
  });

  it('shows the example of the arithmetic that runs', async () => {
    expect(await file('../README.md')).toContain(`\`\`\`ts\n${await file('./arithmetic.example.ts')}\`\`\``);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./arithmetic.example.js');
    const printed = log.mock.calls.map((call) => call.join(' '));
    log.mockRestore();
    expect(printed[0]).toMatch(/^\d\d\+\d\d=\d{2,3} false$/);
    expect(printed[1]).toMatch(/^\d+\+\d+=\d+$/);
    expect(printed[2]).toMatch(/^die Hälfte von \d+ ist \d+$/);
    expect(printed[3]).toMatch(/^[a-zäöüß]+ plus [a-zäöüß]+ ist [a-zäöüß]+$/);
  });

  it('shows the example of the digits that runs', async () => {
    expect(await file('../README.md')).toContain(`\`\`\`ts\n${await file('./digits.example.ts')}\`\`\``);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import('./digits.example.js');
    const printed = log.mock.calls.map((call) => call.join(' '));
    log.mockRestore();
    expect(printed).toHaveLength(31);
    expect(printed[0]).toBe('1000 ABC 26');
    expect(printed.slice(1, 29).join('')).toContain('##');
    expect(printed.slice(29)).toEqual(['784', 'nothing drawn']);
  });

  it('quotes the exact figures', async () => {
    const readme = await file('../README.md');
    for (const language of languages) {
      const { natsPerStory, charactersPerStory, wordsPerStory, natsPerCharacter, natsPerWord, bitsPerByte, log10Stories } = storyEntropy(language);
      expect(readme).toContain(`| \`${language}\` | ${[natsPerStory.toFixed(2), charactersPerStory.toFixed(1), wordsPerStory.toFixed(1), natsPerCharacter.toFixed(4), natsPerWord.toFixed(3), bitsPerByte.toFixed(4), `10^${log10Stories.toFixed(1)}`].join(' | ')} |`);
      expect(readme).toContain(writeStory(language, 7));
    }
  });
});
