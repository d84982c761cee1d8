// Finds the assistant's turns in a rendered conversation: in the template's generation blocks, or, where it has none, between the
// renderings of the conversation up to the turn without and with it, if both begin the whole rendering.
import type { Range } from '../core/encoding.js';
import { unmark } from './marks.js';
import type { ChatMessage } from './messages.js';
import { TemplateFailure, type ChatRenderer } from './render.js';
import type { TextWithParts } from './text-parts.js';

export interface TurnsInput {
  readonly render: ChatRenderer;
  readonly messages: readonly ChatMessage[];
  /** Marks for the beginning and the end of a generation block. */
  readonly marks: readonly [begin: string, end: string];
  /** Every special token of the tokenizer. */
  readonly specials: readonly string[];
  /** Whether only the last message is wanted. */
  readonly lastOnly: boolean;
}

export interface RenderedTurns extends TextWithParts {
  /** In UTF-16 units, one after the other. */
  readonly spans: readonly Range[];
  /** Whether the template writes this special token right behind a span for the turn itself, and not for what follows. */
  readonly endsWith: (span: number, token: string) => boolean;
}

/** @throws {Error} when the blocks do not come one after the other, a filter changed what they enclose, or no block was reached */
export function turnsInBlocks(input: TurnsInput): RenderedTurns {
  const { render, messages, lastOnly } = input;
  const { text, places: [begins, ends] } = renderBlocks(input, messages);
  const { text: plain, given } = render(messages, { withParts: true });
  if (text !== plain) {
    throw new Error('The chat template passes a {% generation %} block through a filter or a condition that changes it: put the block around the final text.');
  }
  const isNested = begins.length !== ends.length || begins.some((begin, i) => begin > ends[i] || ends[i] > (begins[i + 1] ?? Infinity));
  if (isNested) throw new Error('The {% generation %} blocks of the chat template are nested: expected one after the other, each with its {% endgeneration %}.');
  const before = lastOnly ? renderBlocks(input, messages.slice(0, -1)).places[0].length : 0;
  const spans = begins.slice(before).map((begin, i): Range => [begin, ends[before + i]]);
  if (spans.length === 0) throw new Error('The chat template has {% generation %} blocks, but writes none for the assistant of this conversation: put one around what the assistant says.');
  return { text, given, spans, endsWith: (span, token) => endsBlock(before + span, token) };

  /** Renders the conversation up to the turn that the block is in: the token then stands there too, without what follows. */
  function endsBlock(block: number, token: string): boolean {
    for (let count = 1; count < messages.length; count++) {
      const { text: shorter, places: [, ended] } = renderBlocks(input, messages.slice(0, count));
      if (ended.length > block) return shorter.startsWith(token, ended[block]);
    }
    return true; // of the last message: nothing follows
  }
}

function renderBlocks({ render, marks }: TurnsInput, messages: readonly ChatMessage[]): ReturnType<typeof unmark> {
  return unmark(render(messages, { marks: { begin: marks[0], end: marks[1] } }).text, marks);
}

/** @throws {Error} when the template writes earlier turns otherwise once later ones follow, so that the borders of a turn cannot be found */
export function turnsInPrefixes({ render, messages, marks, specials, lastOnly }: TurnsInput): RenderedTurns {
  const { text, given } = render(messages, { withParts: true });
  const spans: Range[] = [];
  /** How the text goes on after the last turn, where the template says it. */
  const continued = (): string => {
    try {
      return render(messages, { addGenerationPrompt: true }).text;
    } catch {
      return text; // some templates refuse to ask the assistant twice
    }
  };
  for (const [i, { role }] of messages.entries()) {
    if (role !== 'assistant' || (lastOnly && i < messages.length - 1)) continue;
    const rendering = (count: number, addGenerationPrompt: boolean): string => {
      try {
        return render(messages.slice(0, count), { addGenerationPrompt }).text;
      } catch (error) {
        throw unstable(i, `it fails on the messages before (${error instanceof TemplateFailure ? error.reason : String(error)})`, error);
      }
    };
    const prompt = rendering(i, true);
    if (!text.startsWith(prompt)) throw unstable(i, 'it writes the messages before otherwise when the turn follows');
    const header = prompt === rendering(i, false) ? headerOf(i, prompt.length) : '';
    if (header.trim() !== '') throw unstable(i, `add_generation_prompt adds nothing, and so ${JSON.stringify(header)}, which stands before what the assistant says, would be learned`);
    const isLast = i === messages.length - 1;
    const end = turnEnd(rendering(i + 1, false), isLast ? continued() : text, specials) ?? (isLast ? text.length : -1);
    if (end < prompt.length) throw unstable(i, 'it writes the turn otherwise when other messages follow');
    spans.push([prompt.length, end]);
  }
  return { text, given, spans, endsWith: () => false }; // a span has all that is written for its turn

  /** What the template writes between this place and the content of a turn; empty where that cannot be told. */
  function headerOf(turn: number, start: number): string {
    const [mark] = marks;
    try {
      const { text: marked, places: [[place = start]] } = unmark(render([...messages.slice(0, turn), { role: 'assistant', content: mark }]).text, marks);
      return marked.slice(start, place);
    } catch {
      return ''; // some templates refuse such messages
    }
  }
}

/** @throws {Error} when the template writes no content of the assistant */
export function checkContentIsWritten({ render, messages, marks }: TurnsInput): void {
  const [mark] = marks;
  const isSpoken = ({ role, content }: ChatMessage): boolean => role === 'assistant' && typeof content === 'string' && content.trim() !== '';
  if (!messages.some(isSpoken)) return;
  let marked: string;
  try {
    marked = render(messages.map((message) => (isSpoken(message) ? { role: message.role, content: mark } : message))).text;
  } catch {
    return; // some templates refuse such messages
  }
  if (!marked.includes(mark)) throw new Error('The chat template does not write what the assistant says: expected one that writes message.content of each of messages, such as chatMLTemplate.');
}

/**
 * Where the turn ends whose rendering this is; undefined if the text that goes on does not begin with it. Some templates end a conversation
 * with one more token, such as Phi-3's end of text after the end of the turn: it does not stand there when something follows.
 */
function turnEnd(rendering: string, following: string, specials: readonly string[]): number | undefined {
  if (following.startsWith(rendering)) return rendering.length;
  const without = withoutLast(rendering.trimEnd(), specials);
  return without !== undefined && following.startsWith(without) && withoutLast(without.trimEnd(), specials) !== undefined ? without.length : undefined;
}

/** The text without the special token that it ends with; undefined if it ends with none. */
function withoutLast(text: string, specials: readonly string[]): string | undefined {
  const last = specials.filter((token) => text.endsWith(token)).sort((a, b) => b.length - a.length)[0];
  return last === undefined ? undefined : text.slice(0, -last.length);
}

function unstable(turn: number, how: string, cause?: unknown): Error {
  return new Error(`The chat template has no {% generation %} blocks, and the turn messages[${turn}] cannot be found in its text: ${how}. Put {% generation %} and {% endgeneration %} around what the assistant says, its end-of-turn token included, or use another template, such as chatMLTemplate.`, { cause });
}
