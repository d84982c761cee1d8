// A whole training run on the embedded stories: the loss must come close to the grammar's entropy, and never below it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storyEntropy, writeStories, type Language } from '@kk/corpora';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../src/index.js';

const folder = await mkdtemp(join(tmpdir(), 'kk-slow-'));
afterAll(() => rm(folder, { recursive: true }));

describe.each<Language>(['de', 'en'])('stories in %s', (language) => {
  it('are learned by characters close to their entropy', async () => {
    const data = join(folder, `${language}.txt`);
    await writeFile(data, writeStories(language, { seed: 1, characters: 2_000_000 }));
    let output = '';
    const sizes = ['--layers', '4', '--heads', '4', '--width', '128', '--context', '128', '--batch', '16', '--steps', '2500', '--lr', '3e-3'];
    const code = await run(['train', '--data', data, ...sizes, '--out', join(folder, language), '--quiet', '--json'], { stdout: { write: (text) => (output += text) } });
    expect(code).toBe(0);
    const { valLoss } = JSON.parse(output.trim().split('\n').at(-1)!) as { valLoss: number };
    const { natsPerCharacter } = storyEntropy(language);
    expect(valLoss).toBeGreaterThan(natsPerCharacter);
    expect(valLoss).toBeLessThan(2.5 * natsPerCharacter + 0.1);
  });
});
