// Measures whether brackets and quotes are closed. To close one, a text must remember for a while that it is open, which a short memory
// cannot.
import { measureOf, type Accumulator, type Measure } from './measure.js';
import type { Statistic } from './statistic.js';

/** A kind of pair, named by its two signs. */
export type PairKind = '()' | '[]' | '{}' | '„“' | '»«' | '«»' | '“”' | '""' | '‚‘' | '›‹' | '‹›';

export interface PairCounts {
  readonly kind: PairKind;
  readonly opened: number;
  /** Opening signs with a closing sign. */
  readonly closed: number;
  /** Closing signs without an opening one. */
  readonly unopened: number;
  /** closed / (opened + unopened), from 0 to 1. */
  readonly share: number;
  /** Characters (UTF-16 units) between the signs of closed pairs: the mean and the maximum. NaN if none was closed. */
  readonly meanDistance: number;
  readonly longestDistance: number;
}

export interface ClosedPairs {
  /** The kinds that occurred, most frequent first. */
  readonly kinds: readonly PairCounts[];
  /** All kinds together. */
  readonly opened: number;
  readonly closed: number;
  readonly unopened: number;
  /** NaN for a text without pairs. */
  readonly share: number;
}

const brackets = new Map<string, PairKind>([['(', '()'], ['[', '[]'], ['{', '{}']]);
const closingBrackets = new Map<string, PairKind>([[')', '()'], [']', '[]'], ['}', '{}']]);

/** Quotes with one meaning. */
const openingQuotes = new Map<string, PairKind>([['„', '„“'], ['‚', '‚‘']]);
const closingQuotes = new Map<string, readonly PairKind[]>([['”', ['“”', '„“']]]);

/** Quotes that close one kind and open another: “ closes „ and opens ”, « closes » and opens ». The characters next to them decide. */
const eitherQuotes = new Map<string, readonly [closes: PairKind, opens: PairKind]>([
  ['“', ['„“', '“”']], ['«', ['»«', '«»']], ['»', ['«»', '»«']], ['‹', ['›‹', '‹›']], ['›', ['‹›', '›‹']], ['"', ['""', '""']],
]);

/** The characters allowed before an opening quote and after a closing one; the ends of the text are also allowed. */
const beforeOpening = /^[\s\p{Ps}\p{Pi}\p{Pd}„‚»›]?$/u;
const behindClosing = /^[\s\p{Pe}.,;:!?…–—-]?$/u;

class Kind {
  opened = 0;
  closed = 0;
  unopened = 0;
  distances = 0;
  longest = NaN;
  /** The positions of the open signs; for quotes at most one. */
  readonly open: number[] = [];
}

/**
 * Whether brackets and quotes are closed, by kind: ( ) [ ] { } „ “ » « « » “ ” " " ‚ ‘ › ‹ ‹ ›.
 * Brackets of one kind may be nested. A quote that opens again before it was closed counts as never closed, except at the beginning of a
 * line, where a speech continues in a new paragraph. Single English quotes are excluded, because ’ is usually an apostrophe. Memory: a few
 * numbers.
 */
export const closedPairs: Measure<undefined, ClosedPairs> = /* @__PURE__ */ measureOf('closedPairs', {}, () => new PairAccumulator());

class PairAccumulator implements Accumulator<ClosedPairs> {
  readonly #kinds = new Map<PairKind, Kind>();
  #position = 0;
  /** Whether only white space occurred since the last line break. */
  #lineBegins = true;
  /** The last two characters; the second is judged when the next one is known. */
  #before = '';
  #present = '';

  add(chunk: string): void {
    for (let at = 0; at < chunk.length; at++) this.#next(chunk[at]);
  }

  #next(next: string): void {
    const sign = this.#present;
    this.#judge(sign, next);
    if (sign === '\n') this.#lineBegins = true;
    else if (sign !== ' ' && sign !== '\t' && sign !== '\r' && sign !== '') this.#lineBegins = false;
    this.#before = sign;
    this.#present = next;
    this.#position++;
  }

  #judge(sign: string, next: string): void {
    const position = this.#position;
    const bracket = brackets.get(sign);
    if (bracket) {
      const kind = this.#of(bracket);
      kind.opened++;
      kind.open.push(position);
      return;
    }
    const closing = closingBrackets.get(sign);
    if (closing) return this.#close(closing, position);
    const opens = openingQuotes.get(sign);
    if (opens) return this.#openQuote(opens, position);
    const last = closingQuotes.get(sign);
    if (last) return this.#close(last.find((kind) => this.#isOpen(kind)) ?? last[0], position);
    const either = eitherQuotes.get(sign);
    if (!either) return;
    const mayOpen = beforeOpening.test(this.#before);
    const mayClose = behindClosing.test(next);
    // „« Bonjour »“ has blanks on both sides, and some quotes have lost theirs; then the open quote decides.
    const closes = mayOpen === mayClose ? this.#isOpen(either[0]) : mayClose;
    if (closes) this.#close(either[0], position);
    else this.#openQuote(either[1], position);
  }

  #of(name: PairKind): Kind {
    let kind = this.#kinds.get(name);
    if (!kind) this.#kinds.set(name, (kind = new Kind()));
    return kind;
  }

  #isOpen(name: PairKind): boolean {
    return (this.#kinds.get(name)?.open.length ?? 0) > 0;
  }

  #openQuote(name: PairKind, position: number): void {
    const kind = this.#of(name);
    if (kind.open.length > 0 && this.#lineBegins) return;
    kind.opened++;
    kind.open[0] = position;
  }

  #close(name: PairKind, position: number): void {
    const kind = this.#of(name);
    const from = kind.open.pop();
    if (from === undefined) {
      kind.unopened++;
      return;
    }
    const distance = position - from - 1;
    kind.closed++;
    kind.distances += distance;
    kind.longest = kind.closed === 1 ? distance : Math.max(kind.longest, distance);
  }

  result(): ClosedPairs {
    this.#next('');
    const kinds = [...this.#kinds].map(([kind, { opened, closed, unopened, distances, longest }]) => ({
      kind, opened, closed, unopened,
      share: closed / (opened + unopened),
      meanDistance: distances / closed,
      longestDistance: longest,
    }));
    kinds.sort((a, b) => b.opened + b.unopened - a.opened - a.unopened);
    const sum = (key: 'opened' | 'closed' | 'unopened'): number => kinds.reduce((total, counts) => total + counts[key], 0);
    const [opened, closed, unopened] = [sum('opened'), sum('closed'), sum('unopened')];
    return { kinds, opened, closed, unopened, share: closed / (opened + unopened) };
  }
}

export const pairsStatistic: Statistic<ClosedPairs> = {
  functions: { closedPairs: 'brackets and quotes that are closed, by kind: `( )` `[ ]` `{ }` `„ “` `» «` `« »` `“ ”` `" "` `‚ ‘` `› ‹` `‹ ›`' },
  measure: () => closedPairs.accumulator(),
  figures: () => [
    {
      group: 'coherence',
      name: { en: 'quotes closed', de: 'Anführung zu Ende' },
      meaning: { en: 'the share of quotes and brackets that have a beginning and an end.', de: 'der Anteil der Anführungszeichen und Klammern, die Anfang und Ende haben.' },
      form: 'percent',
      value: ({ share }) => share,
    },
  ],
};
