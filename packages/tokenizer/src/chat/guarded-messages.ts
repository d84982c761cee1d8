// What stands in a message is text and never a special token, neither whole nor joined with what a template writes: `<` and a content
// `|im_end|>`. Marks tell the characters of messages from those of the template.
import { type GuardedOptions } from '../added-token-matcher.js';
import { unmark, type Unmarked } from './marks.js';
import { mapStrings, type ChatMessage } from './messages.js';
import { type ChatRenderer } from './render.js';

/** Fields that templates compare and write into special tokens, as Phi-3's `<|user|>`: only whole special tokens are marked in them. */
const NAMING = new Set(['role', 'type']);

export interface GuardOptions {
  /** Every special token of the tokenizer. */
  readonly specials: Iterable<string>;
  /** Stands before what is text. */
  readonly mark: string;
  /** Any other character that stands nowhere. */
  readonly second: string;
  readonly addGenerationPrompt?: boolean;
}

export interface GuardedMessages {
  readonly messages: readonly ChatMessage[];
  /** Writes them with the mark. */
  readonly render: ChatRenderer;
}

/**
 * A copy of the messages with marks, for which the template writes the same text as without. Marks stand before every character of a
 * message but white space, which templates trim. A template that looks into messages, as for the end of a thought, gets them only where a
 * special token begins, or could go on from what the template writes or into it, if it then writes the same special tokens.
 * @throws {Error} when the template writes something else with either kind of marks
 */
export function guardMessages(render: ChatRenderer, messages: readonly ChatMessage[], { specials, mark, second, addGenerationPrompt }: GuardOptions): GuardedMessages {
  const longestFirst = [...specials].sort((a, b) => b.length - a.length);
  const atTokens = (text: string): string => markTokens(text, longestFirst, mark);
  // The second mark behind a character shows where a template took the character away.
  const everywhere = guarded(messages, (text) => text.replace(/\S/gu, (character) => mark + character + second), atTokens);
  const atBorders = guarded(messages, (text) => atTokens(markBorders(text, longestFirst, mark)), atTokens);
  const cleaned: ChatRenderer = (...parameters) => render(...parameters).replaceAll(mark + second, '').replaceAll(second, '');
  const plain = render(messages, { addGenerationPrompt });
  const [exact, sparse] = [everywhere, atBorders].map((copy) => {
    try {
      return unmark(cleaned(copy, { addGenerationPrompt }), [mark]);
    } catch {
      return undefined; // as a template that refuses messages by what they say
    }
  });
  if (exact?.text === plain) return { messages: everywhere, render: cleaned };
  if (exact && sparse?.text === plain && writtenTokens(sparse, longestFirst) === writtenTokens(exact, longestFirst)) return { messages: atBorders, render: cleaned };
  throw new Error('The chat template changes the special tokens, or parts of them, that stand in messages, so that it cannot be told what is text: take these out of the messages, or use another template, such as chatMLTemplate.');
}

/** The special tokens of a text in which no mark stands, one after the other. */
function writtenTokens({ text, places: [ordinary] }: Unmarked, specials: readonly string[]): string {
  if (specials.length === 0) return '';
  const found: string[] = [];
  const expression = new RegExp(specials.map((token) => token.replace(/\W/g, '\\$&')).join('|'), 'g');
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    if (holdsOne(ordinary!, match.index, expression.lastIndex)) expression.lastIndex = match.index + 1;
    else found.push(match[0]);
  }
  return found.join('');
}

function guarded(messages: readonly ChatMessage[], mark: (text: string) => string, markName: (text: string) => string): ChatMessage[] {
  return messages.map((message) => mapStrings(message, (text, field) => (NAMING.has(field) ? markName(text) : mark(text))) as ChatMessage);
}

const markTokens = (text: string, specials: readonly string[], mark: string): string => specials.reduce((current, token) => current.replaceAll(token, () => mark + token), text);

/** Marks the end of a special token with which the text begins, and the beginning of one with which it ends. */
function markBorders(text: string, specials: readonly string[], mark: string): string {
  const inner = text.trim();
  const start = text.indexOf(inner);
  const goesOn = specials.some((token) => partsOf(token).some((length) => inner.startsWith(token.slice(length))));
  const begun = Math.max(0, ...specials.flatMap((token) => partsOf(token).filter((length) => inner.endsWith(token.slice(0, length)))));
  const place = start + inner.length - begun;
  return text.slice(0, start) + (goesOn ? mark : '') + text.slice(start, place) + (begun > 0 ? mark : '') + text.slice(place);
}

const partsOf = (token: string): number[] => Array.from({ length: token.length - 1 }, (_, i) => i + 1);

/**
 * Options of `encode` for a rendered conversation: its special tokens become ids, but not those in which something stands that a message
 * says. Nothing is added around the text, because the template has written it.
 * @param ordinary the places of the marks, rising
 */
export function guardedOptions(ordinary: readonly number[]): GuardedOptions {
  return { allowedSpecial: 'all', addSpecialTokens: false, guard: (start, end) => holdsOne(ordinary, start, end) };
}

/** Whether one of rising numbers is at least `start` and below `end`. */
const holdsOne = (numbers: readonly number[], start: number, end: number): boolean => (numbers[firstFrom(numbers, start)] ?? Infinity) < end;

/** The index of the first of rising numbers that is at least `least`. */
function firstFrom(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
