// Special tokens that stand in a message are text: marks before them tell them from those of the template.
import { type GuardedOptions } from '../added-token-matcher.js';
import { type Tokenizer } from '../tokenizer.js';
import { mapStrings, type ChatMessage } from './messages.js';

/** A copy of the messages with the mark before every special token in them. */
export function guardMessages(messages: readonly ChatMessage[], tokenizer: Tokenizer, mark: string): ChatMessage[] {
  const specials = [...tokenizer.specialTokens.keys()].sort((a, b) => b.length - a.length);
  return messages.map((message) => mapStrings(message, (text) => specials.reduce((current, token) => current.replaceAll(token, () => mark + token), text)) as ChatMessage);
}

/**
 * Options of `encode` for a rendered conversation: its special tokens become ids, but not those at the places of the marks. Nothing is
 * added around the text, because the template has written it.
 */
export function guardedOptions(ordinary: readonly number[]): GuardedOptions {
  return { allowedSpecial: 'all', addSpecialTokens: false, guard: (start, end) => ordinary.some((place) => place >= start && place < end) };
}
