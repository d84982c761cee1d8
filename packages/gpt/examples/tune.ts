import { evaluate, fromCheckpoint, GPT, quantizeModel, toCheckpoint, Trainer, type Transformer } from '@kk/gpt';
import { init } from '@kk/nn-core';

const engine = await init('wasm');
const letters = [...'abcdefghijklmnopqrstuvwxyz .'];
const encode = (text: string) => Int32Array.from(text, (letter) => letters.indexOf(letter));
const general = encode('the cat sat on the mat. the dog sat on the log. '.repeat(40));
const special = encode('the fox hid in the box. the hen hid in the pen. '.repeat(10));
const report = async (what: string, model: Transformer) => console.log(`${what}: loss ${(await evaluate(model, special)).loss.toFixed(3)} on the special text`);

// Train, and keep the state of the training in a checkpoint.
const model = new GPT(engine, { vocabSize: letters.length, contextLength: 16, layers: 2, heads: 2, width: 32 });
const started = new Trainer(model, general, { steps: 100, learningRate: 5e-3 });
while (!started.isDone) await started.step();
const checkpoint = await toCheckpoint(started); // the bytes of a file

// Go on from it, here or elsewhere: with the same text, but for example with more steps.
const { trainer } = fromCheckpoint(engine, checkpoint, general, { changes: { steps: 150 } });
while (!trainer.isDone) await trainer.step();
await report('trained', trainer.model);

// Tune: frozen layers keep what they have learned, the others learn from a few examples.
const frozen = trainer.model.freeze('blocks.0'); // or 'tokens', 'blocks.*.attention', /bias$/
const tuning = new Trainer(trainer.model, special, { steps: 60, learningRate: 5e-3 });
while (!tuning.isDone) await tuning.step();
await report(`tuned, ${frozen.length} parameters frozen`, trainer.model);

// Make it small: no trainer may need the float32 matrices any more.
for (const done of [trainer, tuning]) done.dispose();
await report('in int8', await quantizeModel(trainer.model));
engine.dispose();
