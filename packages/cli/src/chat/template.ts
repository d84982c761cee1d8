// The chat template of a model, and what it says about the end of an answer.
import { encodeChat, renderChat, type ChatMessage, type Tokenizer } from '@kk/tokenizer';

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

/** The ids of messages, up to where the answer begins. */
export const encodeForAnswer = (tokenizer: Tokenizer, { template, variables }: ChatTemplate, messages: readonly ChatMessage[]): Promise<number[]> => encodeChat(tokenizer, messages, { template, variables, addGenerationPrompt: true });
