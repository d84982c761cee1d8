// `kk markov eval`: measures how well an n-gram model predicts a text.
import { smoothingNames, type Smoothing, type UnitName } from '@kk/markov';
import type { Context } from '../context.js';
import { readData } from '../files/data.js';
import { arpaUnitOption, knownUnit, noCounts, openMarkov, smoothingOf } from '../files/markov.js';
import { Verb } from '../grammar/verb.js';
import { UNIT_NAMES, unitName, unitWord } from '../options/markov-unit.js';
import { smoothingOption } from '../options/smoothing.js';
import { inSteps } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';

interface EvalOptions {
  model: string;
  data: string[];
  smoothing?: Smoothing;
  unit?: UnitName;
  json?: boolean;
}

const numbers = numberFormats('en');

export function markovEvalCommand(context: Context): Verb {
  return new Verb('eval')
    .summary('measure how well an n-gram model foresees a text')
    .description('Measures how well an n-gram model foresees a text: cross-entropy, perplexity with and without unknown units, bits per character.')
    .option('--model <file>', 'the model')
    .option('--data <file...>', 'text files, joined in this order; - is standard input')
    .addOption(smoothingOption('another one than the model was trained with'))
    .addOption(arpaUnitOption())
    .option('--json', 'one JSON object')
    .argumentFor('model')
    .requires(['model'])
    .requires(['data'])
    .pointless(['smoothing'], noCounts)
    .pointless(['unit'], knownUnit)
    .suggests('smoothing', smoothingNames)
    .suggests('unit', UNIT_NAMES)
    .flows({ reads: { model: 'an n-gram model', data: 'texts' }, writes: { stdout: 'cross-entropy, perplexity, bits per character' } })
    .examples('kk markov eval runs/book.markov --data other-book.txt --smoothing witten-bell')
    .does((options: EvalOptions) => evaluate(context, options));
}

async function evaluate(context: Context, { model: path, data, smoothing, unit, json }: EvalOptions): Promise<void> {
  const { terminal } = context;
  const quiet = json === true;
  const model = await openMarkov(context, path, { smoothing, unit, unknowns: true, quiet });
  const { text } = await readData(context, data, { quiet });
  const result = await inSteps(context, model.evaluateInSteps(text), { what: 'measuring', quiet });
  const { tokens, unknowns, crossEntropy, perplexity, crossEntropyOfKnown, perplexityOfKnown, bitsPerCharacter, bitsPerByte, characters } = result;
  const used = smoothingOf(model);
  if (json) {
    context.json({ crossEntropy, perplexity, crossEntropyOfKnown, perplexityOfKnown, bitsPerCharacter, bitsPerByte, tokens, unknowns, characters, unit: unitName(model.unit), order: model.order, smoothing: used });
    return;
  }
  const word = unitWord(model.unit, 1);
  const figure = (value: number, digits: number): string => (value === Infinity ? '∞' : numbers.decimal(value, digits));
  terminal.print(
    factTable(
      [
        ['Cross-entropy', `${figure(crossEntropy, 4)} nats per ${word}`],
        ['Perplexity', figure(perplexity, 2)],
        ['Without unknowns', `${figure(perplexityOfKnown, 2)} (${numbers.integer(unknowns)} unknown of ${numbers.count(tokens, word)})`],
        ['Bits per character', figure(bitsPerCharacter, 3)],
        ['Bits per byte', figure(bitsPerByte, 3)],
      ],
      terminal,
    ),
  );
  if (crossEntropy === Infinity) terminal.paragraph(`Something in the text is impossible for ${used ?? 'this model'}: take another --smoothing.`, { style: terminal.colors.dim, indent: 1 });
}
