// Turns conversations into ids with a chat template, such as the one in a model's tokenizer_config.json.
import { checkOptions, type OptionNames, requireMethod } from '@kk/options';
import type { Tokenizer } from '../core/tokenizer.js';
import { allowedTokens, guardedOptions } from './guard.js';
import { checkMessages, type ChatMessage } from './messages.js';
import { chatRenderer, type ChatOptions } from './render.js';

const chatNames: OptionNames<ChatOptions> = { template: 'required', addGenerationPrompt: 'flag', variables: 'optional', allowedInMessages: 'optional', truncation: 'optional', padding: 'optional' };

/**
 * The ids of a conversation. Added tokens that the template writes become their ids, special or not. What messages and variables say stays
 * ordinary text, also where the template joins it to a part of a token or passes it through a filter, so that it cannot fake a token. Only a
 * `role` or `type` that is a single word may name a token together with what the template writes around it. No tokens are added around the
 * result, because the template contains them.
 * @throws {Error} when the template is not valid or fails; {RangeError} when `allowedInMessages` names what is no token
 */
export async function encodeChat(tokenizer: Tokenizer, messages: readonly ChatMessage[], options: ChatOptions): Promise<number[]> {
  requireMethod('tokenizer', tokenizer, 'encode', 'a tokenizer');
  checkOptions('encodeChat', options, chatNames);
  checkMessages('encodeChat', messages);
  const { template, variables, addGenerationPrompt, allowedInMessages, truncation, padding } = options;
  const allowed = allowedTokens('encodeChat', tokenizer, allowedInMessages);
  const render = await chatRenderer('encodeChat', template, variables, (text) => tokenizer.tokenToId(text) !== undefined);
  const { text, given } = render(messages, { addGenerationPrompt, withParts: true });
  return tokenizer.encode(text, { truncation, padding, ...guardedOptions(given, allowed) });
}
