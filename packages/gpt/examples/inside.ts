import { GPT, Trainer } from '@kk/gpt';
import { headScores, importanceByAblation, inspect, logitLens, type Interventions } from '@kk/gpt/explain';
import { init } from '@kk/nn-core';

const engine = await init('wasm');
const writing = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);
const letters = [...new Set(writing)].sort();
const encode = (text: string) => Int32Array.from(text, (letter) => letters.indexOf(letter));
const model = new GPT(engine, { vocabSize: letters.length, contextLength: 24, layers: 2, heads: 2, width: 32 });
const trainer = new Trainer(model, encode(writing), { steps: 250, learningRate: 5e-3, warmupSteps: 10 });
while (!trainer.isDone) await trainer.step();
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

const text = 'the dog sat on the ';
const ids = encode(text);
const last = ids.length - 1;
const normal = inspect(model, ids); // one forward pass, of which every number can be read now
const [first] = (await normal.predictions()).at(-1)!.alternatives;
console.log(`"${text}" goes on with "${letters[first!.id]}": ${percent(first!.probability)}`);
const lens = await logitLens(normal, { track: [first!.id] });
console.log(`after 0, 1 and 2 blocks: ${lens.map((positions) => percent(positions.at(-1)!.tracked[0]!.probability)).join(', ')}`);

// Who looks at whom, in one head; and what all heads do.
const { weights, scores, output } = await normal.head(1, 0); // weights and scores (time, time): a row for each position that looks
const looks = weights.slice(last * ids.length);
const favourite = looks.indexOf(Math.max(...looks));
console.log(`head 0 of layer 1: the last position looks most at "${text[favourite]}" at ${favourite}, ${percent(looks[favourite]!)}`);
console.log(`its score there was ${scores[last * ids.length + favourite]!.toFixed(2)}; it takes along ${output.length / ids.length} numbers`);
const { entropy, meanDistance } = await headScores(model, [ids]);
console.log(`entropy ${entropy[1]![0]!.toFixed(2)} nats, ${meanDistance[1]![0]!.toFixed(1)} positions away in the mean`);

// What the model says when something in it is changed.
const changes: Record<string, Interventions> = {
  'without that head': { headsOff: [{ layer: 1, head: 0 }] },
  'without that link': { linksCut: [{ layer: 1, head: 0, query: last, key: favourite }] },
  'with the mask lifted': { maskLifted: true },
  'without the order': { positions: 'none' },
};
for (const [name, interventions] of Object.entries(changes)) {
  const changed = inspect(model, ids, interventions);
  const { tracked } = (await changed.predictions({ track: [first!.id] })).at(-1)!;
  console.log(`${name}: ${percent(tracked[0]!.probability)}`);
  changed.dispose();
}

const { importance } = await importanceByAblation(model, ids); // of every letter but the last
const most = importance.indexOf(Math.max(...importance));
console.log(`what mattered most is the "${text[most]}" at ${most}: without it ${importance[most]!.toFixed(2)} nats less likely`);
normal.dispose();
engine.dispose();
