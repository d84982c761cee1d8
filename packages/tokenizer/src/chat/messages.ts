// Defines, checks and copies the messages of a conversation.

/** A message of a conversation. Templates may know more fields than these. */
export interface ChatMessage {
  role: string;
  content: string;
  [field: string]: unknown;
}

/** @throws {TypeError} when the messages are no list, or one of them has no role */
export function checkMessages(owner: string, messages: readonly ChatMessage[]): void {
  if (!Array.isArray(messages)) throw new TypeError(`${owner} needs messages; expected a list of { role, content }.`);
  messages.forEach((message: unknown, i) => {
    if (message === null || typeof message !== 'object' || typeof (message as ChatMessage).role !== 'string') throw new TypeError(`messages[${i}] has no role; expected { role, content }.`);
  });
}

/** A copy of the value with `change` applied to every string in it, and to the name of the field that it stands in. Functions stay as they are. */
export function mapStrings(value: unknown, change: (text: string, field: string) => string, field = ''): unknown {
  if (typeof value === 'string') return change(value, field);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change, field));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change, key)]));
}
