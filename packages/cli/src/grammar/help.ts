// The form of the help: colours, marks of what is required, and lines that fit the terminal without breaking a word.
import type { Help, Option } from 'commander';
import type { Colors, Terminal } from '../terminal/terminal.js';
import { breakCommand } from '../terminal/shell.js';
import { wrap } from '../terminal/text.js';
import { flagOf } from './flags.js';
import type { Verb } from './verb.js';

/** A command to try, and what it is for where that is not plain. */
export type Example = string | { command: string; about: string };

/** Below this width descriptions stand under their terms. */
const NARROW = 60;
const INDENT = 2;
/** The indentation of a description under its term. */
const DESCRIPTION_INDENT = 6;

/** The settings of Commander's help for one verb. */
export function helpFormat(verb: Verb, { columns, colors }: Terminal): Partial<Help> {
  return {
    helpWidth: columns,
    minWidthToWrap: 10,
    optionDescription(option) {
      return describeOption(option, verb);
    },
    subcommandTerm: (command) => command.name(),
    ...stylesOf(colors),
    styleUsage(usage) {
      // 'Usage: ' stands before it.
      const room = columns - 'Usage: '.length;
      return wrap(usage, room).replaceAll('\n', '\n       ');
    },
    formatItem(term, termWidth, description, helper) {
      const margin = ' '.repeat(INDENT);
      if (description === '') return margin + term;
      if (columns < NARROW) return `${margin}${term}\n${wrap(description, columns, DESCRIPTION_INDENT)}`;
      const start = termWidth + 2 * INDENT;
      const padding = ' '.repeat(termWidth + INDENT - helper.displayWidth(term));
      return margin + term + padding + wrap(description, columns - start).replaceAll('\n', `\n${' '.repeat(start)}`);
    },
  };
}

const stylesOf = ({ bold, cyan, yellow }: Colors): Partial<Help> => ({
  styleTitle: bold,
  styleOptionText: cyan,
  styleSubcommandText: cyan,
  styleArgumentText: yellow,
});

/** The description with its choices, its default, and whether the option is required. */
function describeOption(option: Option, verb: Verb): string {
  const { description, argChoices, defaultValue, defaultValueDescription } = option;
  const facts: string[] = [];
  const required = verb.requirements.find(({ options }) => options.includes(option.attributeName()));
  if (required) {
    const others = required.options.filter((name) => name !== option.attributeName()).map((name) => flagOf(verb.optionNamed(name)));
    facts.push(others.length === 0 ? 'required' : `required, or ${others.join(' or ')}`);
  }
  if (argChoices && !argChoices.every((choice) => description.includes(choice))) facts.push(argChoices.join(', '));
  if (defaultValue !== undefined && typeof defaultValue !== 'boolean') facts.push(`default: ${defaultValueDescription ?? String(defaultValue)}`);
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`;
}

/** Paragraphs that fit the terminal. */
export const wrapLines = (text: string, columns: number): string => wrap(text.replace(/\s*\n\s*/g, ' '), columns);

/** The examples under a title. Those too long for a line go on after a backslash, so that they can still be pasted. */
export function exampleLines(examples: readonly Example[], columns: number): string {
  const lines = examples.flatMap((example) => {
    const { command, about } = typeof example === 'string' ? { command: example, about: '' } : example;
    if (about === '') return indented(breakCommand(command, columns - INDENT), INDENT);
    return [wrap(`${about}:`, columns, INDENT), indented(breakCommand(command, columns - 2 * INDENT), 2 * INDENT)];
  });
  return [`Example${examples.length === 1 ? '' : 's'}:`, ...lines].join('\n');
}

const indented = (lines: string, indent: number): string => lines.replace(/^/gm, ' '.repeat(indent));
