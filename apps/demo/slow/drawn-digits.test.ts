// The shipped model that draws digits: what its card says is measured again, on 200 drawn digits and 200 completed halves.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadModel } from '@kk/gpt/node';
import type { GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { mnistDrawings } from '../scripts/digits/digits-file.js';
import type { DrawingCard } from '../scripts/pixels/make.js';
import { measureDrawing } from '../scripts/pixels/measure.js';
import { DRAWER_EXAMPLES } from '../src/lab/pixels/examples.js';

const folder = fileURLToPath(new URL('../models/digits', import.meta.url));

it('draws digits of which another network reads 90 % of 200, with fewer bits than independent pixels', async () => {
  const engine = await init('wasm', { threads: 1 });
  const card = JSON.parse(await readFile(`${folder}/card.json`, 'utf8')) as DrawingCard;
  const figures = await measureDrawing((await loadModel(engine, folder)) as GPT, await mnistDrawings(), DRAWER_EXAMPLES, { count: 200, temperature: card.drawn.temperature, guidance: card.drawn.guidance });
  console.log(JSON.stringify(figures, null, 2));
  expect(figures.drawn.right).toBeGreaterThanOrEqual(180);
  expect(figures.reader.right).toBeGreaterThanOrEqual(940);
  expect(figures.bits.heldOut).toBeLessThan(0.75 * figures.bits.independent);
  expect(figures.bits.heldOut - figures.bits.training).toBeLessThan(0.02);
  expect(figures.nearest.copies).toBe(0);
  // Another machine may round differently, and a pixel on the edge then falls otherwise.
  expect(figures.bits.heldOut).toBeCloseTo(card.bits.heldOut, 3);
  engine.dispose();
});
