// Checks that a value, such as a line of a JSON Lines file, is a preference.
import type { ChatMessage } from '@kk/tokenizer';
import { checkMessages, checkText, shown } from '../../data/check-example.js';
import type { Preference } from './preferences.js';

const EXPECTED = '{"prompt": ..., "chosen": ..., "rejected": ...}, three texts or three lists of messages';

/**
 * @param value other fields than prompt, chosen, rejected and margin are passed over
 * @returns the preference with these fields alone
 * @throws {Error} that says what was found and what was expected
 */
export function checkPreference(value: unknown): Preference {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`found ${shown(value)}; expected ${EXPECTED}`);
  const { prompt, chosen, rejected, margin } = value as Record<string, unknown>;
  for (const [name, field] of Object.entries({ prompt, chosen, rejected })) {
    if (field === undefined) throw new Error(`${name} is missing among the fields ${Object.keys(value).map(shown).join(', ') || '(none)'}; expected ${EXPECTED}${name === 'prompt' ? ': where both answers begin with the prompt, write it once, in a field of its own' : ''}`);
  }
  if (margin !== undefined && !Number.isFinite(margin)) throw new Error(`margin is ${shown(margin)}; expected a finite number`);
  const rest = margin === undefined ? {} : { margin: margin as number };
  if (typeof prompt === 'string') return { prompt, chosen: checkText('chosen', chosen), rejected: checkText('rejected', rejected), ...rest };
  if (Array.isArray(prompt)) return { prompt: checkMessages('prompt', prompt), chosen: checkAnswer('chosen', chosen), rejected: checkAnswer('rejected', rejected), ...rest };
  throw new Error(`prompt is ${shown(prompt)}; expected a text, which may be empty, or a list of messages`);
}

function checkAnswer(name: string, value: unknown): ChatMessage[] {
  const messages = checkMessages(name, value);
  if (messages.length !== 1 || messages[0]!.role !== 'assistant') throw new Error(`${name} has messages of ${messages.map(({ role }) => shown(role)).join(', ')}; expected one of "assistant": what comes before it belongs to the prompt`);
  return messages;
}
