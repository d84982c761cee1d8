// Turns conversations into ids with a chat template, such as the one in a model's tokenizer_config.json.
import { type Tokenizer } from '../tokenizer.js';
import { guardedOptions, guardMessages } from './guarded-messages.js';
import { freeMarks, unmark } from './marks.js';
import { checkMessages, type ChatMessage } from './messages.js';
import { chatRenderer, type ChatOptions } from './render.js';

/**
 * The ids of a conversation. Special tokens of the template become their ids. What a message says stays ordinary text, also where the
 * template joins it to a special token, so a message cannot fake another one. Roles and `variables` are the program's own: only whole special
 * tokens in a role stay text. No tokens are added around the result, because the template contains them.
 * @throws {Error} when the template is not valid or fails, or would write other texts when what messages say is marked
 */
export async function encodeChat(tokenizer: Tokenizer, messages: readonly ChatMessage[], options: ChatOptions): Promise<number[]> {
  checkMessages('encodeChat', messages);
  const { template, variables, addGenerationPrompt, truncation, padding } = options;
  const render = await chatRenderer('encodeChat', template, variables);
  const [mark, second] = freeMarks([messages, variables, template], 2) as [string, string];
  const guarded = guardMessages(render, messages, { specials: tokenizer.specialTokens.keys(), mark, second, addGenerationPrompt });
  const { text, places } = unmark(guarded.render(guarded.messages, { addGenerationPrompt }), [mark]);
  return tokenizer.encode(text, { truncation, padding, ...guardedOptions(places[0]) });
}
