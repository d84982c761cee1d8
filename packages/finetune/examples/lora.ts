import { addLora, checkMerge, fromPeft, toPeft } from '@kk/finetune';
import { evaluate, GPT, Trainer } from '@kk/gpt';
import { init, readSafetensors, writeSafetensors } from '@kk/nn-core';

const engine = await init('wasm');
const letters = [...'abcdefghijklmnopqrstuvwxyz .'];
const encode = (text: string) => Int32Array.from(text, (letter) => letters.indexOf(letter));
const [general, special] = [encode('the cat sat on the mat. '.repeat(60)), encode('the fox hid in the box. '.repeat(20))];
const model = new GPT(engine, { vocabSize: letters.length, contextLength: 16, layers: 2, heads: 2, width: 32 });
const pretraining = new Trainer(model, general, { steps: 100, learningRate: 5e-3 });
while (!pretraining.isDone) await pretraining.step();
pretraining.dispose();

// The model is frozen, and the adapter learns beside its linear layers.
const adapter = addLora(model, { rank: 8, alpha: 16, seed: 1 });
const tuning = new Trainer(model, special, { steps: 150, learningRate: 2e-2 });
while (!tuning.isDone) await tuning.step();
const lossOn = async (text: Int32Array) => (await evaluate(model, text)).loss.toFixed(2);
const losses = async () => `${await lossOn(special)} and ${await lossOn(general)}`;
console.log(`adapter of ${adapter.parameterCount()} numbers: loss ${await losses()} on the new and the old text`);
adapter.disable(); // the model is what it was, to the bit
console.log(`switched off: ${await losses()}`);
adapter.enable();

// As the two files of a PEFT folder; in Node, saveAdapter(folder, adapter) and loadAdapter(folder, model) do this.
const { config, tensors } = await toPeft(adapter);
const bytes = writeSafetensors(tensors);
adapter.remove();
const again = fromPeft(model, config, readSafetensors(bytes).tensors);

// Merged, it costs no time any more; the model can then be saved as any other.
const { difference } = await checkMerge(again);
again.mergeAndRemove();
console.log(`merged, ${difference < 1e-4 ? 'the same logits' : 'other logits'}: ${await losses()}`);
engine.dispose();
