// A file of tokens is read without being in memory: 200 MB of them, in random windows.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { openTokenFile, writeTokenFile } from '../src/node.js';

const TOKENS = 100_000_000;
const PIECE = 1_000_000;
const MEGABYTE = 1e6;

it('a file of 200 MB takes little memory, in writing and in reading', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kk-large-'));
  try {
    const path = join(folder, 'large.bin');
    const piece = Uint16Array.from({ length: PIECE }, (_, i) => i % 50_257);
    function* pieces(): Generator<Uint16Array> {
      for (let at = 0; at < TOKENS; at += PIECE) yield piece;
    }
    const resident = (): number => process.memoryUsage().rss;
    const start = resident();
    expect(await writeTokenFile(path, pieces(), { vocabSize: 50_257 })).toBe(TOKENS);
    const written = resident();
    const source = await openTokenFile(path);
    const random = new Random(1);
    let most = 0;
    for (let read = 0; read < 20_000; read++) {
      const at = random.integer(TOKENS - 1025);
      const ids = await source.read(at, 1025);
      expect(ids[0]).toBe((at % PIECE) % 50_257);
      most = Math.max(most, resident());
    }
    console.log(`resident memory: writing +${((written - start) / MEGABYTE).toFixed(0)} MB, reading +${((most - written) / MEGABYTE).toFixed(0)} MB at the most`);
    expect(most - written).toBeLessThan(60 * MEGABYTE);
  } finally {
    await rm(folder, { recursive: true });
  }
});
