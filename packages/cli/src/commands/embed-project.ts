// `kk embed project`: draws a map of words as an SVG, or as a page of its own.
import { languages, type Language } from '@kk/corpora';
import { functionWords } from '@kk/corpora/sentences';
import type { WordSpace, WordVectors } from '@kk/embeddings';
import { writeWholeFile } from '@kk/whole-file';
import { Option } from 'commander';
import { basename, extname } from 'node:path';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { checkNewFile } from '../files/new-file.js';
import { outputPath, shortPath } from '../files/paths.js';
import { openVectors, spaceOf, vectorsRead } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { checkDirections, findWords, hasDirection } from '../embed/known-words.js';
import { fitPoints } from '../embed/map/fit.js';
import { groupsOf, MOST_GROUPS } from '../embed/map/groups.js';
import { layoutOf, type MapMethod, mapMethods, type MapSettings, type Poles } from '../embed/map/layout.js';
import { mapMessages } from '../embed/map/messages.js';
import { pageOf, type Neighbours } from '../embed/map/page.js';
import { svgOf, type WordMap } from '../embed/map/svg.js';
import { systemLanguage } from '../options/language.js';
import { integer } from '../options/parse.js';
import { axisOption } from '../options/poles.js';
import { topOption } from '../options/top.js';
import { uiLanguageOption } from '../options/ui-language.js';
import { addVectors, type VectorsOptions } from '../options/vectors.js';
import { inSteps } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';

interface ProjectOptions extends VectorsOptions {
  out: string;
  words?: string[];
  near?: string;
  top: number;
  lang?: Language;
  method: MapMethod;
  x?: Poles;
  y?: Poles;
  groups: number;
  seed: number;
  uiLang?: Language;
  force?: boolean;
  json?: boolean;
}

const DEFAULT_WORDS = 150;
/** What the method t-SNE needs, and a map is worth looking at with. */
const FEWEST = 4;
/** In the list beside the map. */
const SHOWN_NEIGHBOURS = 10;
const ENDINGS = ['.svg', '.html'];

const numbers = numberFormats('en');

export function embedProjectCommand(context: Context): Verb {
  const verb = new Verb('project').summary('draw a map of words').description('Draws a map of words, on which similar words are near each other: a picture (.svg), or a page (.html) that can be searched and shows the neighbours of each word.');
  return addVectors(verb)
    .option('--out <file>', 'where to write: .svg or .html')
    .option('--words <word...>', 'the words to show (default: the first ones of the file)')
    .option('--near <word>', 'this word and its neighbours')
    .addOption(topOption('words', DEFAULT_WORDS))
    .addOption(new Option('--lang <lang>', 'leave out the small words of this language, such as the, of, and').choices(languages))
    .addOption(new Option('--method <name>', 'pca (the directions in which the words differ most), umap or tsne (which keep neighbours near)').choices(mapMethods).default('pca'))
    .addOption(axisOption('x', 'an axis from left to right instead, between two poles such as man:woman'))
    .addOption(axisOption('y', 'the axis from bottom to top'))
    .addOption(new Option('--groups <n>', 'colours: similar words get the same').argParser(integer(1, MOST_GROUPS)).default(MOST_GROUPS))
    .addOption(new Option('--seed <n>', 'the same seed, the same map').argParser(integer(0)).default(0))
    .addOption(uiLanguageOption())
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .argumentFor('out')
    .requires(['out'])
    .excludes(['near', 'top', 'lang'], 'words')
    .needs(['x'], 'y')
    .needs(['y'], 'x')
    .excludes(['method'], 'x')
    .pointless<ProjectOptions>(['seed'], ({ method, groups }) => (method === 'pca' && groups === 1 ? 'with --method pca and --groups 1: nothing is left to chance' : undefined))
    .flows({ reads: { model: 'word vectors', words: 'words', near: 'a word' }, writes: { out: 'a map' } })
    .notes('The map is light or dark as the system of its viewer is. Words are compared by the angle between them.')
    .examples('kk embed project runs/sentences-en.safetensors map.html --lang en', 'kk embed project glove.6B.100d.txt near.svg --near king --top 60 --method umap', 'kk embed project runs/sentences-en.safetensors axes.svg --x man:woman --y farmer:king --words king queen prince princess father mother boy girl')
    .does((options: ProjectOptions) => project(context, options));
}

async function project(context: Context, asked: ProjectOptions): Promise<void> {
  const { io, terminal } = context;
  const { method, seed, json, force = false } = asked;
  const out = outputPath(io.cwd, asked.out);
  const shown = shortPath(io.cwd, out);
  if (!ENDINGS.includes(extname(out))) throw new UsageError(`${shown} says no format; expected a name with .svg or .html at its end.`, 'Choose another --out.');
  await checkNewFile(out, { shown, force, reads: vectorsRead(io.cwd, asked) });
  const quiet = json === true;
  const vectors = await openVectors(context, asked, { quiet });
  const options = withWordsOf(context, vectors, asked);
  const { x, y } = options;
  const space = await spaceOf(context, vectors);
  const words = chooseWords(space, options);
  const settings: MapSettings = { method, seed, quiet, ...(x && y && { axes: { x, y } }) };
  const layout = await layoutOf(context, space, words, settings);
  await context.breathe();
  const language = options.uiLang ?? systemLanguage(io.env);
  const messages = mapMessages[language];
  const frame = fitPoints(layout.points, settings.axes !== undefined);
  const groups = groupsOf(words.map((word) => space.direction(word)), options.groups, seed);
  const map: WordMap = {
    ...frame,
    words: words.map((word, at) => ({ word, x: frame.points[2 * at], y: frame.points[2 * at + 1], group: groups[at] })),
    title: messages.title(basename(options.model)),
    caption: messages.caption(words.length, settings.axes ? 'axes' : method, layout.share),
    ...(x && y && { poles: [x.from, x.to, y.from, y.to].map((pole) => pole.join(', ')) as unknown as WordMap['poles'] }),
  };
  const contents = extname(out) === '.svg' ? svgOf(map) : pageOf(map, { language, messages, neighbours: await inSteps(context, neighboursOf(space, words), { what: 'looking for neighbours', quiet }) });
  await writeWholeFile(out, contents);
  if (json) context.json({ words: words.length, method: settings.axes ? 'axes' : method, share: layout.share ?? null, groups: new Set(groups).size, out });
  else terminal.paragraph(`${numbers.count(words.length, 'word')} in ${shown}; open it in a browser.`, { indent: 1 });
}

/** The options with the words as the file writes them. @throws {Failure} naming a word without a vector, or without a direction */
function withWordsOf(context: Context, vectors: WordVectors, options: ProjectOptions): ProjectOptions {
  const { words, near, x, y, model } = options;
  const asked = [...(words ?? []), ...(near === undefined ? [] : [near]), ...[x, y].flatMap((poles) => (poles ? [...poles.from, ...poles.to] : []))];
  const found = findWords(context, vectors, asked, options);
  checkDirections(vectors, found, model);
  const spelling = new Map(asked.map((word, at) => [word, found[at]]));
  const spelled = (some: readonly string[]): string[] => some.map((word) => spelling.get(word)!);
  const axis = (poles: Poles | undefined): Poles | undefined => poles && { from: spelled(poles.from), to: spelled(poles.to) };
  return { ...options, words: words && spelled(words), near: near === undefined ? undefined : spelling.get(near), x: axis(x), y: axis(y) };
}

/** @throws {UsageError} or {Failure} when there are too few */
function chooseWords(space: WordSpace, { words, near, top, lang }: ProjectOptions): string[] {
  const small = new Set(lang ? functionWords[lang].flatMap((word) => [word, word.toLowerCase()]) : []);
  const chosen = words
    ? [...new Set(words)]
    : near !== undefined
      ? [near, ...space.neighbours(near, { count: top - 1 + small.size, exclude: small }).map(({ word }) => word).filter((word) => hasDirection(space.vectors, word)).slice(0, top - 1)]
      : space.vectors.words.filter((word) => !small.has(word) && /[\p{L}\p{N}]/u.test(word) && hasDirection(space.vectors, word)).slice(0, top);
  if (chosen.length >= FEWEST) return chosen;
  const problem = `${numbers.count(chosen.length, 'word')} ${chosen.length === 1 ? 'makes' : 'make'} no map; expected ${FEWEST} or more.`;
  throw words || top < FEWEST ? new UsageError(problem, `Give more ${words ? '--words' : 'with --top'}.`) : new Failure(problem);
}

/** The most similar words of each, among all. */
function* neighboursOf(space: WordSpace, words: readonly string[]): Generator<number, Neighbours[], undefined> {
  const found: Neighbours[] = [];
  for (const word of words) {
    found.push(space.neighbours(word, { count: SHOWN_NEIGHBOURS }));
    yield found.length / words.length;
  }
  return found;
}
