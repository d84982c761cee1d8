// `kk markov inspect`: shows the contents of an n-gram model, and where they come from.
import { MarkovModel, type Smoothing, smoothingNames, type SmoothingParameters, type Steps, type TextMarkov, type UnitName } from '@kk/markov';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { arpaUnitOption, distinctInWords, distinctUnits, encodeKnown, hasTexts, knownUnit, noCounts, openMarkov, shownToken, withSmoothing } from '../files/markov.js';
import { shortSources } from '../markov/show-runs.js';
import { lineAndColumn, startsInSteps } from '../markov/source-runs.js';
import { Verb } from '../grammar/verb.js';
import { orderInWords, UNIT_NAMES, unitName, unitWord } from '../options/markov-unit.js';
import { integer } from '../options/parse.js';
import { smoothingOption } from '../options/smoothing.js';
import { bars } from '../terminal/bars.js';
import { inSteps } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable, numberTable } from '../terminal/table.js';
import { padStart, wrap } from '../terminal/text.js';
import { visible } from '../terminal/token-rows.js';

interface InspectOptions {
  model: string;
  context?: string;
  smoothing?: Smoothing;
  unit?: UnitName;
  top: number;
  json?: boolean;
}

/** What may follow a context. */
interface Continuations {
  /** The end of the context on which the probabilities depend; shorter than what the chain looks back where the texts never go on after that. */
  usedContext: string;
  isShortened: boolean;
  /** Most probable first. */
  continuations: Continuation[];
}

/** A token that may follow a context. */
interface Continuation {
  token: string;
  probability: number;
  /** How often it occurred there; null for a model without counts. */
  count: number | null;
  /** The first places, as file:line:column; empty for a model without texts. */
  places: string[];
}

const PLACES = 3;

const numbers = numberFormats('en');

export function markovInspectCommand(context: Context): Verb {
  return new Verb('inspect')
    .summary('show what an n-gram model knows')
    .description('Shows what an n-gram model is made of; with --context what may come next, how often it came, and where.')
    .option('--model <file>', 'the model')
    .option('--context <text>', 'show what may come after this')
    .addOption(new Option('--top <n>', 'how many continuations').argParser(integer(1, 1000)).default(10))
    .addOption(smoothingOption('how counts become probabilities (default: that of the model; for --context mle, their shares)'))
    .addOption(arpaUnitOption())
    .option('--json', 'one JSON object')
    .argumentFor('model')
    .requires(['model'])
    .needs(['top'], 'context')
    .pointless(['smoothing'], noCounts)
    .pointless(['unit'], knownUnit)
    .suggests('smoothing', smoothingNames)
    .suggests('unit', UNIT_NAMES)
    .flows({ reads: { model: 'an n-gram model' }, writes: { stdout: 'its n-grams, entropies and texts, or what may come next' } })
    .examples('kk markov inspect runs/book.markov', 'kk markov inspect runs/book.markov --context "Es war ein"')
    .does((options: InspectOptions) => inspect(context, options));
}

async function inspect(context: Context, options: InspectOptions): Promise<void> {
  const { model: path } = options;
  const quiet = options.json === true;
  const model = await openMarkov(context, path, { unit: options.unit, quiet });
  await context.breathe();
  const { model: chain } = model;
  const counted = chain instanceof MarkovModel ? chain : undefined;
  if (options.context !== undefined && hasTexts(model)) await inSteps(context, model.counted.sourceIndexInSteps(), { what: 'looking for the places', quiet });
  const facts = {
    unit: model.unit,
    order: model.order,
    vocabSize: chain.vocabSize,
    distinctUnits: distinctUnits(model),
    smoothing: counted ? (options.smoothing ?? counted.smoothing) : null,
    parameters: counted?.withSmoothing(options.smoothing ?? counted.smoothing).parameters() ?? null,
    ngrams: counted?.ngramCounts() ?? null,
    entropies: counted ? [...counted.conditionalEntropies()].map((nats) => nats / Math.LN2) : null,
    texts: model.sources,
  };
  const smoothed = withSmoothing(model, options.smoothing ?? (counted ? 'mle' : undefined), path);
  if (options.context !== undefined && smoothed.model instanceof MarkovModel) await inSteps(context, smoothed.model.backoffInSteps(), { what: 'working out the probabilities', quiet });
  const known = options.context === undefined ? undefined : await inSteps(context, continuationsInSteps(smoothed, options.context, options.top), { what: 'counting lines', quiet });
  if (options.json) {
    context.json({ ...facts, unit: unitName(model.unit), ...(known ? { context: options.context, ...known } : {}) });
    return;
  }
  if (known) showContinuations(context, options.context!, known);
  else showFacts(context, facts, distinctInWords(model));
}

interface Facts {
  unit: TextMarkov['unit'];
  order: number;
  smoothing: string | null;
  parameters: SmoothingParameters[] | null;
  ngrams: number[] | null;
  entropies: number[] | null;
  texts: TextMarkov['sources'];
}

function showFacts({ terminal }: Context, { unit, order, smoothing, parameters, ngrams, entropies, texts }: Facts, distinct: string): void {
  const word = unitWord(unit);
  terminal.print(
    factTable(
      [
        ['Unit', `${word}, ${distinct}`],
        ['Order', orderInWords(order, unit)],
        ['Smoothing', smoothing ?? 'already in the probabilities'],
        ...texts.map(({ name, weight, length }, at) => [at === 0 ? 'Texts' : '', `${name}: ${numbers.integer(length)} ${word}${weight === 1 ? '' : `, counted ${weight} times`}`] as const),
      ],
      terminal,
    ),
  );
  if (!ngrams || !entropies) return;
  terminal.print();
  terminal.print(wrap(`Different n-grams, and bits of a ${unitWord(unit, 1)} after those before it:`, terminal.columns - 1, 1));
  terminal.print(numberTable(ngrams.map((some, at) => [`${at + 1}`, numbers.integer(some), numbers.decimal(entropies[at], 3)]), terminal));
  if (!parameters || parameters.length === 0) return;
  terminal.print();
  terminal.print(wrap(`What ${smoothing} takes, by the length of the context: ${parameterKinds(parameters)}.`, terminal.columns - 1, 1));
  terminal.print(numberTable(parameters.map(({ length, values, fallback }) => [`${length}`, ...values.map((value) => numbers.decimal(value, 3)), fallback ? '*' : '']), terminal));
  if (parameters.some(({ fallback }) => fallback)) terminal.print(wrap('* not worked out: the formula needs n-grams that occur once, twice ..., and too few do', terminal.columns - 1, 1));
}

const KINDS: Readonly<Record<SmoothingParameters['kind'], string>> = {
  discounts: 'what is taken from counts of 1, 2 ... and, by the last one, all higher',
  factors: 'what counts of 1, 2 ... are multiplied with',
  weight: 'the share that the counts have in the probability',
};

const parameterKinds = (parameters: readonly SmoothingParameters[]): string => [...new Set(parameters.map(({ kind }) => KINDS[kind]))].join('; or ');

function showContinuations({ terminal }: Context, text: string, { usedContext, isShortened, continuations }: Continuations): void {
  const { colors, columns } = terminal;
  if (isShortened) {
    const instead = usedContext === '' ? 'what they have anywhere' : 'what follows its last part';
    terminal.print(wrap(`The texts never go on after '${visible(text)}'; this is ${instead}:`, columns - 1, 1));
  }
  terminal.print(` ${colors.bold(isShortened ? `${usedContext === '' ? '' : `… ${visible(usedContext)} `}…` : `${visible(text)} …`)}`);
  terminal.print(bars(continuations.map(({ token, probability }) => ({ label: visible(token), share: probability })), { columns: columns - 1, numbers, paint: colors.cyan, indent: 1 }));
  const found = continuations.filter(({ places }) => places.length > 0);
  if (found.length === 0) return;
  const counts = found.map(({ count }) => numbers.integer(count ?? NaN));
  const width = Math.max(...counts.map((count) => count.length));
  terminal.print();
  terminal.print(wrap('How often it came there, and the first places:', columns - 1, 1));
  terminal.print(factTable(found.map(({ token, places }, at) => [`${padStart(counts[at], width)} ${visible(token)}`, places.join('  ')] as const), terminal));
}

/** Yields the share that is done, from 0 to 1: a long text takes seconds until it is known where its units begin. */
function* continuationsInSteps(model: TextMarkov, text: string, top: number): Steps<Continuations> {
  const { coder, strings } = model.parts;
  const ids = encodeKnown(model, text);
  const logits = model.model.next(ids);
  const counted = model.model instanceof MarkovModel ? model.model : undefined;
  const backoff = model.model instanceof MarkovModel ? model.model.backoff : model.model;
  const used = backoff.usedContext(ids);
  const context = ids.subarray(ids.length - used);
  const counts = new Map(counted?.counts(context).map(({ id, count }) => [id, count]));
  const likeliest = Array.from(logits.keys()).sort((a, b) => logits[b] - logits[a]).slice(0, top);
  const index = hasTexts(model) ? counted?.sourceIndex : undefined;
  const found = likeliest
    .map((id) => ({ id, probability: Math.exp(logits[id]), places: index?.occurrences([...context, id], PLACES) ?? [] }))
    .filter(({ probability }) => probability > 0);
  const startsOf = yield* startsInSteps(model, found.flatMap(({ places }) => places.map((place) => place.text)));
  const name = shortSources(model.sources.map((source) => source.name));
  const continuations = found.map(({ id, probability, places }) => ({
    token: shownToken(model, id),
    probability,
    count: counted ? (counts.get(id) ?? 0) : null,
    places: places.map(({ source, text: at, position }) => placeOf(name(source), strings[at]!, startsOf.get(at)![position + context.length])),
  }));
  const { starts } = coder.spans(text);
  const end = (length: number): string => (length === 0 ? '' : text.slice(starts[ids.length - length]));
  const usedContext = end(used);
  // Of the same text, only the beginning of a sentence may be missing.
  return { usedContext, isShortened: usedContext !== end(Math.min(model.order, ids.length)), continuations };
}

function placeOf(source: string, text: string, offset: number): string {
  const { line, column } = lineAndColumn(text, offset);
  return `${source}:${line}:${column}`;
}
