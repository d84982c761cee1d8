// `kk markov generate`: writes nonsense, and shows where each piece of it was copied from.
import { MarkovModel, smoothingNames, type Smoothing, type UnitName } from '@kk/markov';
import { freshSeed } from '@kk/sampler';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { arpaUnitOption, encodeKnown, hasTexts, knownUnit, noCounts, openMarkov, smoothingOf } from '../files/markov.js';
import { sourceRunsInSteps } from '../markov/source-runs.js';
import { showRuns } from '../markov/show-runs.js';
import { sentencesOf } from '../markov/write-sentences.js';
import { Verb } from '../grammar/verb.js';
import { decimal, integer } from '../options/parse.js';
import { UNIT_NAMES, unitName, unitWord } from '../options/markov-unit.js';
import { promptOf } from '../options/prompt.js';
import { smoothingOption } from '../options/smoothing.js';
import { inSteps } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';

interface GenerateOptions {
  model: string;
  prompt?: string;
  maxTokens?: number;
  temperature: number;
  topK?: number;
  topP?: number;
  seed?: number;
  smoothing?: Smoothing;
  unit?: UnitName;
  sources?: boolean;
  sentences?: number;
  maxCopied: number;
  json?: boolean;
}

const DEFAULT_CHARACTERS = 400;
const DEFAULT_WORDS = 80;

const numbers = numberFormats('en');

export function markovGenerateCommand(context: Context): Verb {
  return new Verb('generate')
    .summary('let an n-gram model write')
    .description('Lets an n-gram model write nonsense in the manner of its texts.')
    .option('--model <file>', 'the model')
    .option('--prompt <text>', 'the beginning; - is standard input (default: what is piped in, else a new sentence)')
    .addOption(new Option('--max-tokens <n>', `how many units of the chain to write (default: ${DEFAULT_CHARACTERS} characters, ${DEFAULT_WORDS} words or tokens)`).argParser(integer(1, 1_000_000)))
    .addOption(new Option('--temperature <t>', '0 always takes the likeliest unit, above 1 gets wild').argParser(decimal(0)).default(1))
    .addOption(new Option('--top-k <k>', 'choose among the k likeliest units only').argParser(integer(1)))
    .addOption(new Option('--top-p <p>', 'choose among the likeliest units that together have this probability').argParser(decimal(0, 1)))
    .addOption(new Option('--seed <n>', 'the same seed, the same text (default: another one each time)').argParser(integer(0)))
    .addOption(smoothingOption('how counts become probabilities (default: mle, which writes only what the texts have)'))
    .addOption(arpaUnitOption())
    .option('--sources', 'show where each piece was copied from')
    .addOption(new Option('--sentences <n>', 'write so many whole sentences instead, one a line: their seeds are --seed, the one after it, and so on').argParser(integer(1, 100_000)))
    .addOption(new Option('--max-copied <share>', 'the largest share of a sentence that may stand in the texts in one piece; 1 lets whole sentences be copied').argParser(decimal(0, 1)).default(1))
    .option('--json', 'one JSON object')
    .argumentFor('model')
    .requires(['model'])
    .excludes(['topK', 'topP', 'seed'], 'temperature', 0)
    .excludes(['prompt', 'maxTokens', 'sources'], 'sentences')
    .needs(['maxCopied'], 'sentences')
    .pointless(['smoothing'], noCounts)
    .pointless(['unit'], knownUnit)
    .suggests('smoothing', smoothingNames)
    .suggests('unit', UNIT_NAMES)
    .flows({ reads: { model: 'an n-gram model', prompt: 'the beginning', stdin: 'the beginning' }, writes: { stdout: 'the text' } })
    .examples('kk markov generate runs/book.markov --seed 1', 'kk markov generate runs/book.markov --prompt "Es war einmal" --sources', 'kk markov generate runs/book.markov --sentences 10 --max-copied 0.6')
    .does((options: GenerateOptions) => generate(context, options));
}

async function generate(context: Context, { model: path, smoothing, unit, sources, seed = freshSeed(), sentences, maxCopied, json, ...sampling }: GenerateOptions): Promise<void> {
  const { terminal, errors } = context;
  const prompt = sentences === undefined ? ((await promptOf(context, sampling.prompt)) ?? '') : '';
  const opened = await openMarkov(context, path, { smoothing, unit, quiet: json === true });
  // Smoothing gives probability to unseen tokens. That helps when measuring, but looks like typing errors in generated text.
  const model = smoothing === undefined && opened.model instanceof MarkovModel ? opened.withSmoothing('mle') : opened;
  if (sources && !hasTexts(model)) throw new Failure('This model does not keep its texts, so that --sources has nothing to look in.', 'Train it without --no-texts, and not as an .arpa file.');
  if (maxCopied < 1 && !hasTexts(model)) throw new Failure('This model does not keep its texts, so that --max-copied has nothing to compare with.', 'Train it without --no-texts, and not as an .arpa file.');
  encodeKnown(model, prompt);
  const length = sampling.maxTokens ?? (unitWord(model.unit) === 'characters' ? DEFAULT_CHARACTERS : DEFAULT_WORDS);
  const quiet = json === true;
  const { temperature, topK, topP } = sampling;
  // Relative frequencies are drawn from the counts themselves.
  const drawsCounts = smoothingOf(model) === 'mle' && temperature === 1 && topK === undefined && topP === undefined;
  if (model.model instanceof MarkovModel && !drawsCounts) await inSteps(context, model.model.backoffInSteps(), { what: 'working out the probabilities', quiet });
  else await context.breathe();
  if (sentences !== undefined) {
    if (maxCopied < 1) await inSteps(context, model.counted.sourceIndexInSteps(), { what: 'looking for the places', quiet });
    const shown = terminal.foreignText();
    const written: string[] = [];
    for await (const sentence of sentencesOf(context, model, sentences, { seed, maxCopied, temperature, topK, topP })) {
      if (json) written.push(sentence);
      else shown.write(`${sentence}\n`);
    }
    if (json) context.json({ sentences: written, unit: unitName(model.unit), order: model.order, smoothing: smoothingOf(model), seed });
    return;
  }
  const started = performance.now();
  const text = model.generate({ length, seed, prompt, beginning: 'sentence', temperature, topK, topP });
  const seconds = (performance.now() - started) / 1000;
  if (sources) await inSteps(context, model.counted.sourceIndexInSteps(), { what: 'looking for the places', quiet });
  const runs = sources ? await inSteps(context, sourceRunsInSteps(model, text), { what: 'counting lines', quiet }) : undefined;
  if (json) {
    context.json({ text, prompt, units: length, unit: unitName(model.unit), order: model.order, smoothing: smoothingOf(model), seed, seconds, unitsPerSecond: length / seconds, ...(runs ? { runs } : {}) });
    return;
  }
  if (runs) showRuns(runs, { terminal, numbers, unit: model.unit });
  else {
    const written = terminal.foreignText();
    written.write(text.slice(0, prompt.length), terminal.colors.bold);
    written.write(text.slice(prompt.length));
    terminal.write('\n');
  }
  if (terminal.interactive) errors.paragraph(`${numbers.count(length, unitWord(model.unit, 1))} in ${numbers.decimal(seconds, 2)} s; --seed ${seed}`, { style: errors.colors.dim });
}
