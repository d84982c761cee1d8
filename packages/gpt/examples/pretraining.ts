import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromCheckpoint, GPT, toCheckpoint, Trainer } from '@kk/gpt';
import { MixedRows, PackedDocuments, ShuffledWindows } from '@kk/gpt/data';
import { openTokenFile, writeTokenFile } from '@kk/gpt/node';
import { init } from '@kk/nn-core';

const letters = [...'abcdefghijklmnopqrstuvwxyz .\n'];
const vocabSize = letters.length;
const endOfText = letters.indexOf('\n');
const encode = (text: string) => Array.from(text, (letter) => letters.indexOf(letter));
const folder = await mkdtemp(join(tmpdir(), 'corpus-'));

// Files of tokens, written piece by piece, so a corpus may be larger than the memory.
async function* tales() {
  for (let tale = 0; tale < 60; tale++) yield encode(`the ${['cat', 'dog', 'hen'][tale % 3]!} sat on the ${['mat', 'log'][tale % 2]!}.\n`);
}
await writeTokenFile(join(folder, 'tales.bin'), tales(), { vocabSize });
await writeTokenFile(join(folder, 'song.bin'), [encode('row row row your boat. '.repeat(50))], { vocabSize });

// Rows to train on: short documents packed together, windows of a long text, and three of the first for one of the second.
const contextLength = 48;
const openRows = async () => {
  const packed = await PackedDocuments.from(await openTokenFile(join(folder, 'tales.bin')), { contextLength, endOfText, seed: 1 });
  const windows = new ShuffledWindows(await openTokenFile(join(folder, 'song.bin')), { contextLength, seed: 1 });
  console.log(`${packed.rowsPerEpoch} rows of tales, ${(100 * packed.filled).toFixed(0)} % full, and ${windows.rowsPerEpoch} of a song`);
  return new MixedRows([{ rows: packed, weight: 3 }, { rows: windows, weight: 1 }], { seed: 1 });
};

const engine = await init('wasm');
const model = new GPT(engine, { vocabSize, contextLength, layers: 1, heads: 2, width: 32 });
const trainer = new Trainer(model, await openRows(), { batchSize: 4, steps: 40, learningRate: 1e-2 });
for (let step = 0; step < 25; step++) await trainer.step();
const checkpoint = await toCheckpoint(trainer);

// Later: step 26 reads the rows that step 26 would have read.
const { trainer: resumed } = fromCheckpoint(engine, checkpoint, await openRows());
let after = 0;
while (!resumed.isDone) after = (await resumed.step()).loss;
let uninterrupted = 0;
while (!trainer.isDone) uninterrupted = (await trainer.step()).loss;
console.log(`step 40: loss ${after.toFixed(2)}, ${after === uninterrupted ? 'the same bits' : 'another loss'} as without the stop`);
engine.dispose();
await rm(folder, { recursive: true });
