// The prompt of the verbs that write: the option, or what is piped in.
import type { Context } from '../context.js';

/**
 * What `--prompt` gives, where `-` means standard input. Without `--prompt`, what is piped in is the prompt.
 * One line break at the end of standard input is not part of it: `echo` adds one.
 * @returns undefined when there is none
 */
export async function promptOf(context: Context, given: string | undefined): Promise<string | undefined> {
  if (given !== undefined && given !== '-') return given;
  if (given === undefined && context.io.stdin.isTTY) return undefined;
  const text = (await context.standardInput()).replace(/\r?\n$/, '');
  return text === '' ? undefined : text;
}
