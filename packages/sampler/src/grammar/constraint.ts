// The interface of everything that restricts a text to a form: it says which tokens may come next.
import { describe } from '@kk/options';
import type { TokenMask } from './token-mask.js';

/** A form that a text must have, and the position in it. */
export interface Constraint {
  /** The tokens that may come next. The mask belongs to the constraint: do not change it. Empty if the text has ended. */
  allowed(): TokenMask;
  /** Advances by a token. @throws RangeError if it is not allowed here; the constraint is then unchanged */
  accept(id: number): void;
  /** Whether the text so far has this form completely, so that it may end here. */
  readonly complete: boolean;
  /** Goes back to the beginning of the text, for a new one. */
  reset(): void;
  /** Ids that end the text, where there are some: whoever writes it ends with them. */
  readonly endTokens?: readonly number[];
  /** An independent copy. */
  fork(): Constraint;
}

/** @returns the error for a token that may not follow */
export function notAllowed(id: number, bytes: Uint8Array | undefined): RangeError {
  const text = bytes === undefined ? 'has no text' : JSON.stringify(new TextDecoder().decode(bytes));
  return new RangeError(`token ${describe(id)} (${text}) is not allowed here; take one of allowed()`);
}
