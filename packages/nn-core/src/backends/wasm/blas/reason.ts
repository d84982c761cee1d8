// Puts what a package of somebody else threw into words: it may be anything.
import { describe } from '@kk/options';

/** The first line of an error's message, without its full stop; what was thrown instead of an error, described. */
export function reasonOf(thrown: unknown): string {
  const { message } = Object(thrown) as { message?: unknown };
  return (typeof message === 'string' ? message : `it throws ${describe(thrown)}`).split('\n')[0]!.replace(/\.$/, '');
}
