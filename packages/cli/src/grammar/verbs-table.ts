// The tables of verbs in the README and on the page VERBS.md, made from the verbs themselves, and the README's list of statistics. Not part of the
// command: scripts/verbs.mjs and a test use it.
import { statistics } from '@kk/corpora/stats';
import { Context } from '../context.js';
import { createProgram } from '../program.js';
import { flagOf } from './flags.js';
import { addSampling } from '../options/sampling.js';
import { Verb } from './verb.js';

const BEGIN = '<!-- verbs: made by `pnpm --filter @kk/cli run verbs` -->';
const END = '<!-- end of verbs -->';

/** What stands for itself where a verb reads or writes without an option. */
const others = new Map([['stdin', 'a pipe'], ['text', 'the argument'], ['stdout', 'standard output']]);

/** All verbs that do something and are not hidden, in the order of the help. */
export function allVerbs(): Verb[] {
  const nothing = { write: () => undefined };
  const stdin = { async *[Symbol.asyncIterator]() {} };
  const context = new Context({ stdin, stdout: nothing, stderr: nothing, env: {}, cwd: '/', command: 'kk', interrupt: new AbortController().signal });
  const ends = (verb: Verb): Verb[] => {
    const below = verb.createHelp().visibleCommands(verb) as Verb[];
    return below.length === 0 ? [verb] : below.flatMap(ends);
  };
  return ends(createProgram(context));
}

/** The options that are described in a table of their own, and where it stands. */
const SAMPLING_BEGIN = '<!-- sampling options -->';
const SAMPLING_END = '<!-- end of sampling options -->';

const STATISTICS_BEGIN = '<!-- statistics -->';
const STATISTICS_END = '<!-- end of statistics -->';

/**
 * A README with its table of verbs, that of the sampling options, and the names in the JSON of `kk text stats` as they should be.
 * @throws {Error} when two of the markers are missing
 */
export function withTables(readme: string): string {
  const names = Object.entries<{ measure?: unknown }>(statistics).flatMap(([name, { measure }]) => (measure ? [`\`${name}\``] : []));
  const texts = [[BEGIN, END, `\n${shortTable()}\n`], [SAMPLING_BEGIN, SAMPLING_END, `\n${optionsTable(addSampling(new Verb('generate')))}\n`], [STATISTICS_BEGIN, STATISTICS_END, names.join(', ')]] as const;
  return texts.reduce((text, [begin, end, made]) => between(text, begin, end, made), readme);
}

/**
 * The page VERBS.md with its table as it should be.
 * @throws {Error} when a marker is missing
 */
export const withWholeTable = (page: string): string => between(page, BEGIN, END, `\n${wholeTable()}\n`);

function between(page: string, begin: string, end: string, text: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The text has no place for what is made here; expected ${begin} and ${end}.`);
  return `${page.slice(0, from)}${begin}${text}${page.slice(to)}`;
}

/** What each verb does. */
const shortTable = (): string => table(['verb', 'what it does'], allVerbs().map((verb) => [`\`${verb.path}${usageOf(verb)}\``, verb.description()]));

/** What each verb reads, writes and can be told. */
const wholeTable = (): string => table(['verb', 'reads', 'writes', 'further options'], allVerbs().map((verb) => [`\`${verb.path}\``, flows(verb, 'reads'), flows(verb, 'writes'), furtherOptions(verb)]));

/** What the help says of each option. */
function optionsTable({ options }: Verb): string {
  return table(['option', 'what it does'], options.map(({ flags, description, defaultValue }) => [`\`${flags}\``, `${description}${defaultValue === undefined ? '' : ` (default: ${String(defaultValue)})`}`]));
}

/** A table in Markdown. */
const table = (head: string[], rows: string[][]): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** ` [file...]` */
const usageOf = (verb: Verb): string => verb.registeredArguments.map((argument) => ` ${argument.required ? `<${argument.name()}>` : `[${argument.name()}${argument.variadic ? '...' : ''}]`}`).join('');

function flows(verb: Verb, direction: 'reads' | 'writes'): string {
  const required = new Set(verb.requirements.flatMap(({ options }) => (options.length === 1 ? options : [])));
  const entries = Object.entries(verb.flow[direction]).map(([key, what]) => {
    const name = others.get(key) ?? `\`${flagOf(verb.optionNamed(key))}\``;
    return `${name}: ${what}${required.has(key) ? ' (required)' : ''}`;
  });
  return entries.join('<br>');
}

/** The options that the other columns do not name, without those that every verb has. */
function furtherOptions(verb: Verb): string {
  const named = new Set([...Object.keys(verb.flow.reads), ...Object.keys(verb.flow.writes), 'debug']);
  return verb.options.filter((option) => !named.has(option.attributeName()) || option.negate).map((option) => `\`${flagOf(option)}\``).join(' ');
}
