// Turns a conversation into the ids and labels that supervised tuning learns from: which tokens the assistant has to write.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Encoding, Range } from '../core/encoding.js';
import { isWhiteSpace } from '../text/white-space.js';
import type { Tokenizer } from '../core/tokenizer.js';
import { allowedTokens, guardedOptions } from './guard.js';
import { freeMarks } from './marks.js';
import { checkMessages, type ChatMessage } from './messages.js';
import { chatRenderer, hasGenerationTags, type ChatOptions } from './render.js';
import { checkContentIsWritten, turnsInBlocks, turnsInPrefixes, type TurnsInput } from './turns.js';

export interface ConversationOptions extends Pick<ChatOptions, 'template' | 'variables' | 'allowedInMessages'> {
  /** Which of the assistant's turns are learned: `'all'`, or the `'last'` message alone. Default `'all'`. */
  turns?: 'all' | 'last';
}

const conversationNames: OptionNames<ConversationOptions> = { template: 'required', variables: 'optional', allowedInMessages: 'optional', turns: 'optional' };

export interface EncodedConversation {
  readonly ids: Int32Array;
  /** 1 where the assistant has to write the token, 0 elsewhere and at the first token, which nothing comes before. */
  readonly learned: Uint8Array;
}

/**
 * The ids of a conversation, as `encodeChat` gives them, and which of them are learned.
 *
 * The assistant's turns are the `{% generation %}` blocks of the template, as in Hugging Face's `return_assistant_tokens_mask`. A template
 * without blocks is rendered up to each turn, without and with it; both must begin the rendering of the whole conversation.
 *
 * A token is learned if it begins inside of a turn. The special token that ends the turn is learned even if a block ends right before it, but
 * not one with which the next message begins.
 * Without blocks, white space between that token and the next turn is not learned: generation has stopped before it.
 * @throws {Error} when there is no assistant's turn (with `'last'`: when it is not the last message), no token begins in one that is not
 * empty, the template does not write what the assistant says, or it has no blocks and is not stable under prefixes, or does not write the
 * beginning of a turn with `add_generation_prompt`
 */
export async function encodeConversation(tokenizer: Tokenizer, messages: readonly ChatMessage[], options: ConversationOptions): Promise<EncodedConversation> {
  checkOptions('encodeConversation', options, conversationNames);
  checkMessages('encodeConversation', messages);
  const { template, variables, allowedInMessages, turns = 'all' } = options;
  if (turns !== 'all' && turns !== 'last') throw new RangeError(`encodeConversation: turns is ${String(turns)}; expected 'all' or 'last'.`);
  const allowed = allowedTokens('encodeConversation', tokenizer, allowedInMessages);
  const render = await chatRenderer('encodeConversation', template, variables, (text) => tokenizer.tokenToId(text) !== undefined);
  const lastOnly = turns === 'last';
  if (lastOnly && messages.at(-1)?.role !== 'assistant') throw new Error(`The last message is of ${JSON.stringify(messages.at(-1)?.role)}; expected one of "assistant", since only the last turn is to be learned.`);
  if (!messages.some(({ role }) => role === 'assistant')) throw new Error('The conversation has no message of "assistant"; expected at least one, since its turns are what is learned.');
  const marks = freeMarks([messages, variables, template], 2) as [string, string];
  const input: TurnsInput = { render, messages, marks, specials: [...tokenizer.specialTokens.keys()], lastOnly };
  const hasBlocks = hasGenerationTags(template);
  const { text, given, spans, endsWith } = (hasBlocks ? turnsInBlocks : turnsInPrefixes)(input);
  checkContentIsWritten(input);
  const encoding = tokenizer.encodeWithDetails(text, { ...guardedOptions(given, allowed), truncation: false, padding: false });
  const isSpecial = (token: number): boolean => encoding.origins[token] === 'added' && tokenizer.specialTokens.has(encoding.tokens[token]);
  const learned = new Uint8Array(encoding.ids.length);
  for (const [i, span] of spans.entries()) {
    const [first, end] = tokensOf(span, encoding);
    if (first === end && text.slice(...span).trim() !== '') throw new Error(`No token begins inside of the assistant's turn ${JSON.stringify(text.slice(...span).slice(0, 60))}: the token before it covers its whole text. Let the template end the text before a turn with a special token or a line feed.`);
    learned.fill(1, first, learnedEnd(i, first, end));
  }
  learned.fill(0, 0, 1);
  return { ids: Int32Array.from(encoding.ids), learned };

  /** Takes in the special token that ends a turn, and without blocks leaves out white space behind it. */
  function learnedEnd(span: number, first: number, end: number): number {
    let solid = end;
    while (solid > first && !isSpecial(solid - 1) && isBlank(text.slice(...encoding.offsets[solid - 1]))) solid--;
    if (solid > first && isSpecial(solid - 1)) return hasBlocks ? end : solid;
    return end < learned.length && isSpecial(end) && endsWith(span, encoding.tokens[end]) ? end + 1 : end;
  }
}

const isBlank = (text: string): boolean => [...text].every(isWhiteSpace);

/** The tokens that begin inside of a span: from the first to before the second number. */
function tokensOf([start, end]: Range, { offsets }: Encoding): Range {
  const first = offsets.findIndex(([begin]) => begin >= start);
  if (first < 0) return [offsets.length, offsets.length];
  let last = first;
  while (last < offsets.length && offsets[last][0] < end) last++;
  return [first, last];
}
