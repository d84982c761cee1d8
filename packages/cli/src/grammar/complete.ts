// Completion: what may follow on a command line, from what the verbs say about themselves. Shells ask through `kk completion-server`.
import type { Option } from 'commander';
import { flagOf } from './flags.js';
import type { Verb } from './verb.js';

export interface Candidate {
  name: string;
  description: string;
}

/** `files`: the shell completes names of files. */
export type Candidates = Candidate[] | 'files';

/**
 * What the word at the cursor may become.
 * @param words  the words before it, without `kk`
 * @param current  the part of the word before the cursor
 */
export function candidates(program: Verb, words: readonly string[], current: string): Candidates {
  const { verb, pending, given, bare } = read(program, words);
  const fitting = (all: readonly Candidate[]): Candidate[] => all.filter(({ name }) => name.startsWith(current));
  if (pending) return valuesOf(verb, pending, current);
  const joined = /^(--[\w-]+=)(.*)$/s.exec(current);
  if (joined) return joinedValues(verb, joined[1], joined[2]);
  if (current.startsWith('-')) return fitting(optionsOf(verb).filter((option) => option.variadic || !given.has(option)).map((option) => ({ name: flagOf(option), description: option.description })));
  const below = verb.createHelp().visibleCommands(verb);
  if (below.length > 0) return fitting(below.map((command) => ({ name: command.name(), description: command.summary() || command.description() })));
  const open = verb.slots.filter((option) => !given.has(option));
  const slot = open[bare] ?? open.find(({ variadic }) => variadic);
  if (slot) return valuesOf(verb, slot, current);
  return fitting(verb.registeredArguments.flatMap(({ argChoices = [] }) => argChoices.map((name) => ({ name, description: '' }))));
}

/** Where the words lead. */
interface Place {
  verb: Verb;
  /** The option whose value comes next. */
  pending: Option | undefined;
  given: ReadonlySet<Option>;
  /** The number of bare arguments. */
  bare: number;
}

function read(program: Verb, words: readonly string[]): Place {
  let verb = program;
  let pending: Option | undefined;
  let bare = 0;
  const given = new Set<Option>();
  for (const word of words) {
    const below = verb.commands.find((command) => command.name() === word);
    if (word.startsWith('-') && word !== '-') {
      const [flag] = word.split('=');
      const option = verb.options.find((known) => known.long === flag || known.short === flag);
      pending = option?.required && flag === word ? option : undefined;
      if (option) given.add(option);
    } else if (pending) {
      // An option that takes several values goes on taking them.
      if (!pending.variadic) pending = undefined;
    } else if (below) verb = below as Verb;
    else if (verb.name() === 'help' && verb.parent) {
      // `kk help markov` completes as `kk markov` does.
      verb = (verb.parent.commands.find((command) => command.name() === word) ?? verb) as Verb;
    } else bare++;
  }
  return { verb: verb.name() === 'help' && verb.parent ? (verb.parent as Verb) : verb, pending, given, bare };
}

const optionsOf = (verb: Verb): Option[] => verb.createHelp().visibleOptions(verb);

/** What may follow on `--device=`, with that before it. */
function joinedValues(verb: Verb, before: string, value: string): Candidates {
  const option = verb.options.find(({ long }) => `${long}=` === before);
  const values = option?.required ? valuesOf(verb, option, value) : [];
  return values === 'files' ? values : values.map(({ name, description }) => ({ name: before + name, description }));
}

/** The choices of an option, or names of files. Nothing after `bpe:`, where a number follows. */
function valuesOf(verb: Verb, option: Option, current: string): Candidates {
  const name = option.attributeName();
  const choices = option.argChoices ?? verb.suggestions.get(name) ?? [];
  const fitting = choices.filter((choice) => choice.startsWith(current));
  if (fitting.length > 0) return fitting.map((choice) => ({ name: choice, description: '' }));
  const takesNumber = choices.some((choice) => current.startsWith(`${choice}:`));
  return takesPath(verb, option) && !takesNumber ? 'files' : [];
}

/** Whether the value may be a path: its placeholder says so, or the verb reads a file by it beside the values that it suggests. */
const takesPath = (verb: Verb, option: Option): boolean => /<(?:file|dir|tokenizer)\b/.test(option.flags) || (option.attributeName() in verb.flow.reads && verb.suggestions.has(option.attributeName()));
