// Turns conversations into ids with a chat template, such as the one in a model's tokenizer_config.json.
import { type Tokenizer } from '../tokenizer.js';
import { guardedOptions, guardMessages } from './guarded-messages.js';
import { freeMarks, unmark } from './marks.js';
import { checkMessages, type ChatMessage } from './messages.js';
import { chatRenderer, type ChatOptions } from './render.js';

/**
 * The ids of a conversation. Special tokens of the template become their ids. The same text inside a message stays ordinary text, so a
 * message cannot fake another one. No tokens are added around the result, because the template contains them.
 */
export async function encodeChat(tokenizer: Tokenizer, messages: readonly ChatMessage[], options: ChatOptions): Promise<number[]> {
  checkMessages('encodeChat', messages);
  const { template, variables, addGenerationPrompt, truncation, padding } = options;
  const render = await chatRenderer('encodeChat', template, variables);
  const marks = freeMarks([messages, variables, template], 1);
  const { text, places } = unmark(render(guardMessages(messages, tokenizer, marks[0]), { addGenerationPrompt }), marks);
  return tokenizer.encode(text, { truncation, padding, ...guardedOptions(places[0]) });
}
