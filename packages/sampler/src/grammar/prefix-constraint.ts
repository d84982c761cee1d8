// Requires that the text begins with a given prefix. How the prefix is divided into tokens is free, and so is everything after it.
import { wrongKind } from '@kk/options';
import { requireVocabulary } from './check-vocabulary.js';
import { type Constraint, notAllowed } from './constraint.js';
import { TokenMask } from './token-mask.js';
import type { ByteReader, TokenVocabulary } from './token-vocabulary.js';

/**
 * Restricts texts to those that begin with `prefix`, in any tokenization: a token may also extend past the end of the prefix. After it,
 * every token is allowed, including special ones.
 *
 * @param prefix text (as UTF-8) or bytes
 * @throws TypeError if the prefix or the vocabulary is of a wrong kind
 * @throws RangeError if a byte of the prefix occurs in no token
 */
export function prefixConstraint(prefix: string | Uint8Array, vocabulary: TokenVocabulary): Constraint {
  if (typeof prefix !== 'string' && !ArrayBuffer.isView(prefix)) throw wrongKind('prefix', prefix, 'a text, or bytes as a Uint8Array');
  requireVocabulary(vocabulary);
  const bytes = typeof prefix === 'string' ? new TextEncoder().encode(prefix) : prefix.slice();
  const used = vocabulary.usedBytes();
  const missing = bytes.findIndex((byte) => !used[byte]);
  if (missing >= 0) throw new RangeError(`byte ${missing} of the prefix, 0x${bytes[missing].toString(16)}, occurs in no token of this vocabulary`);
  return new PrefixConstraint({ bytes, vocabulary, masks: [] }, 0);
}

interface Shared {
  readonly bytes: Uint8Array;
  readonly vocabulary: TokenVocabulary;
  /** The allowed tokens by the number of prefix bytes written; computed on first use. */
  readonly masks: TokenMask[];
}

class PrefixConstraint implements Constraint {
  readonly #shared: Shared;
  readonly #reader: ByteReader<number>;
  /** The number of bytes of the prefix that have been written. */
  #written: number;

  constructor(shared: Shared, written: number) {
    const { bytes } = shared;
    this.#shared = shared;
    this.#reader = { step: (at, byte) => (at === bytes.length ? at : bytes[at] === byte ? at + 1 : undefined) };
    this.#written = written;
  }

  get endTokens(): readonly number[] {
    return this.#shared.vocabulary.endTokens;
  }

  get complete(): boolean {
    return this.#written === this.#shared.bytes.length;
  }

  allowed(): TokenMask {
    const { vocabulary, masks } = this.#shared;
    return (masks[this.#written] ??= this.complete ? everything(vocabulary.size) : vocabulary.readable(this.#reader, this.#written));
  }

  accept(id: number): void {
    if (!this.allowed().has(id)) throw notAllowed(id, this.#shared.vocabulary.bytesOf(id));
    if (!this.complete) this.#written = Math.min(this.#shared.bytes.length, this.#written + this.#shared.vocabulary.bytesOf(id)!.length);
  }

  reset(): void {
    this.#written = 0;
  }

  fork(): PrefixConstraint {
    return new PrefixConstraint(this.#shared, this.#written);
  }
}

function everything(size: number): TokenMask {
  const mask = new TokenMask(size);
  for (let id = 0; id < size; id++) mask.add(id);
  return mask;
}
