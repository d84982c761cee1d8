// What may be written next, token by token. Everything that restricts a text to a form is one of these.
import { type TokenMask } from './token-mask.js';

/** A form that a text must have, and how much of it has been written. */
export interface Constraint {
  /** The tokens that may come next; belongs to the constraint, not to be changed. Empty when the text has ended and nothing may follow. */
  allowed(): TokenMask;
  /** Goes on behind a token. @throws RangeError if it is not allowed here; the constraint then stands where it stood */
  accept(id: number): void;
  /** Whether what has been written is a whole text of this form, so that it may end here. */
  readonly complete: boolean;
  /** A copy that goes on by itself. */
  fork(): Constraint;
}

/** @returns the error for a token that may not follow */
export function notAllowed(id: number, bytes: Uint8Array | undefined): RangeError {
  const text = bytes === undefined ? 'has no text' : JSON.stringify(new TextDecoder().decode(bytes));
  return new RangeError(`token ${String(id)} (${text}) is not allowed here; take one of allowed()`);
}
