// The chat template of a model, and what it says about the end of an answer.
import { encodeChat, renderChat, type ChatMessage, type Tokenizer } from '@kk/tokenizer';
import { describe } from '../errors.js';

/** A Jinja template with the variables that it reads, such as `bos_token`. */
export interface ChatTemplate {
  readonly template: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** How a template ends the answer of a model. */
export interface EndOfTurn {
  /** The special token, where there is one. */
  readonly token: number | undefined;
  /** Otherwise the text. */
  readonly text: string | undefined;
}

// No template changes a single word.
const ANSWER = 'kkanswerkk';

/**
 * Finds out how answers end by writing one. Both are undefined for a template that marks no end.
 * @throws Error when the template fails, with its own message
 */
export async function endOfTurnOf(tokenizer: Tokenizer, { template, variables }: ChatTemplate): Promise<EndOfTurn> {
  const messages: ChatMessage[] = [{ role: 'user', content: 'Hello' }, { role: 'assistant', content: ANSWER }];
  const text = await renderChat(messages, { template, variables });
  const place = text.lastIndexOf(ANSWER);
  const after = place < 0 ? '' : text.slice(place + ANSWER.length);
  const specials = new Map(tokenizer.specialTokens);
  const first = [...specials].filter(([name]) => after.includes(name)).sort(([a], [b]) => after.indexOf(a) - after.indexOf(b))[0];
  if (first) return { token: first[1], text: undefined };
  return { token: undefined, text: after.trim() === '' ? undefined : after.trim() };
}

/**
 * What a template writes between the place from which the model goes on and the answer: nothing in most, a blank in some. The model writes it itself, so
 * it is no part of what was said: the template would write it twice when the answer is read again.
 * @throws Error when the template fails, with its own message
 */
export async function leadOf({ template, variables }: ChatTemplate): Promise<string> {
  const question: ChatMessage[] = [{ role: 'user', content: 'Hello' }];
  const open = await renderChat(question, { template, variables, addGenerationPrompt: true });
  const whole = await renderChat([...question, { role: 'assistant', content: ANSWER }], { template, variables });
  const place = whole.lastIndexOf(ANSWER);
  return whole.startsWith(open) && place > open.length ? whole.slice(open.length, place) : '';
}

/** Why a template takes no system prompt; undefined where it writes it. */
export async function systemRefusal({ template, variables }: ChatTemplate, system: string): Promise<string | undefined> {
  try {
    const text = await renderChat([{ role: 'system', content: system }, { role: 'user', content: 'Hello' }], { template, variables, addGenerationPrompt: true });
    return text.includes(system.trim()) ? undefined : 'it leaves it out.';
  } catch (error) {
    return describe(error);
  }
}

/** The ids of messages, up to where the answer begins. */
export const encodeForAnswer = (tokenizer: Tokenizer, { template, variables }: ChatTemplate, messages: readonly ChatMessage[]): Promise<number[]> => encodeChat(tokenizer, messages, { template, variables, addGenerationPrompt: true });
