// Reads and writes tokenizer_config.json of a Hugging Face folder: the chat templates, what the special tokens are for, and the added tokens.
// The tokenizer itself is in tokenizer.json, or in older files that do not list added tokens.
import type { AddedToken } from '../core/added-tokens.js';
import { quote } from '../text/well-formed.js';

/** Fields that the file lacks are absent. */
export interface TokenizerConfig {
  /** The Jinja template of conversations, for `encodeChat`. */
  readonly chatTemplate?: string;
  /** Further templates by name, such as `tool_use` and `rag`. */
  readonly chatTemplates?: Readonly<Record<string, string>>;
  /** The texts of special tokens: those that texts begin and end with, that fill up short texts, and that stand for what is not known. */
  readonly beginToken?: string;
  readonly endToken?: string;
  readonly padToken?: string;
  readonly unknownToken?: string;
  /** Whether the begin token stands before every text, and the end token behind it. */
  readonly addBeginToken?: boolean;
  readonly addEndToken?: boolean;
  /** All added tokens with their ids, rising, for `tokenizerFromVocabAndMerges`. */
  readonly addedTokens?: readonly ConfigToken[];
}

export interface ConfigToken extends AddedToken {
  readonly id: number;
}

const TEMPLATE = 'chat_template';
const ADDED = 'added_tokens_decoder';
/** The name in a list of templates of the one that is meant where none is named. */
const DEFAULT = 'default';
/** Our name of each field -> its name in the file. */
const TOKENS = { beginToken: 'bos_token', endToken: 'eos_token', padToken: 'pad_token', unknownToken: 'unk_token' } as const;
const SWITCHES = { addBeginToken: 'add_bos_token', addEndToken: 'add_eos_token' } as const;
const FLAGS = { special: 'special', singleWord: 'single_word', stripLeft: 'lstrip', stripRight: 'rstrip', normalized: 'normalized' } as const;

/** The names in the file of all fields of `TokenizerConfig`. */
export const tokenizerConfigFields: readonly string[] = [TEMPLATE, ...Object.values(TOKENS), ...Object.values(SWITCHES), ADDED];
const OWN_FIELDS: readonly string[] = ['chatTemplate', 'chatTemplates', ...Object.keys(TOKENS), ...Object.keys(SWITCHES), 'addedTokens'];

/**
 * @param json the parsed file; its other fields are passed over
 * @throws {TypeError} naming the field that has the wrong type
 */
export function tokenizerConfigFromJSON(json: unknown): TokenizerConfig {
  if (!isObject(json)) throw new TypeError('tokenizer_config.json must hold an object.');
  const field = (name: string): unknown => (Object.hasOwn(json, name) ? (json[name] ?? undefined) : undefined);
  const config: Record<string, unknown> = templatesFrom(field(TEMPLATE));
  for (const [ours, name] of Object.entries(TOKENS)) {
    const value = field(name);
    // Older files hold a token as an object.
    const text = isObject(value) && 'content' in value ? value.content : value;
    if (text === undefined) continue;
    if (typeof text !== 'string') throw wrong(name, value, 'the text of a token');
    config[ours] = text;
  }
  for (const [ours, name] of Object.entries(SWITCHES)) {
    const value = field(name);
    if (value === undefined) continue;
    if (typeof value !== 'boolean') throw wrong(name, value, 'true or false');
    config[ours] = value;
  }
  const added = field(ADDED);
  if (added !== undefined) config.addedTokens = addedFrom(added);
  return config;
}

/**
 * The reverse of `tokenizerConfigFromJSON`.
 * @returns the object for the file
 * @throws {TypeError} naming the field that is unknown, or has the wrong type
 */
export function tokenizerConfigToJSON(config: TokenizerConfig): Record<string, unknown> {
  if (!isObject(config as unknown)) throw new TypeError(`tokenizerConfigToJSON got ${JSON.stringify(config)}; expected an object such as { chatTemplate, endToken }.`);
  const given = (value: unknown, ours: string, type: string, expected: string): unknown => {
    if (value !== undefined && typeof value !== type) throw new TypeError(`tokenizerConfigToJSON: ${ours} is ${JSON.stringify(value)}; expected ${expected}.`);
    return value;
  };
  for (const ours of Object.keys(config)) if (!OWN_FIELDS.includes(ours)) throw new TypeError(`tokenizerConfigToJSON: unknown field ${JSON.stringify(ours)}; expected ${OWN_FIELDS.join(', ')}.`);
  const { chatTemplate, chatTemplates, addedTokens }: TokenizerConfig = config;
  const fields: Record<string, unknown> = { [TEMPLATE]: given(chatTemplate, 'chatTemplate', 'string', 'a text') };
  if (chatTemplates !== undefined) {
    if (!isObject(chatTemplates)) throw new TypeError(`tokenizerConfigToJSON: chatTemplates is ${JSON.stringify(chatTemplates)}; expected an object such as { tool_use: '{% ... %}' }.`);
    if (Object.hasOwn(chatTemplates, DEFAULT)) throw new TypeError(`tokenizerConfigToJSON: chatTemplates.${DEFAULT} is given; call it chatTemplate.`);
    const named = Object.entries({ ...(chatTemplate !== undefined && { [DEFAULT]: chatTemplate }), ...chatTemplates });
    fields[TEMPLATE] = named.map(([name, template]) => ({ name, template: given(template, `chatTemplates.${name}`, 'string', 'a text') }));
  }
  for (const [ours, name] of Object.entries(TOKENS)) fields[name] = given(config[ours as keyof typeof TOKENS], ours, 'string', 'a text');
  for (const [ours, name] of Object.entries(SWITCHES)) fields[name] = given(config[ours as keyof typeof SWITCHES], ours, 'boolean', 'true or false');
  if (addedTokens !== undefined) fields[ADDED] = addedToJSON(addedTokens);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A text, or a list of named ones. */
function templatesFrom(value: unknown): { chatTemplate?: string; chatTemplates?: Record<string, string> } {
  if (value === undefined) return {};
  if (typeof value === 'string') return { chatTemplate: value };
  if (!Array.isArray(value)) throw wrong(TEMPLATE, value, 'the text of a Jinja template, or a list of named ones');
  const named = value.map((one: unknown, i): [string, string] => {
    if (!isObject(one) || typeof one.name !== 'string' || typeof one.template !== 'string') throw wrong(`${TEMPLATE}[${i}]`, one, 'an object such as {"name": "tool_use", "template": "{% ... %}"}');
    return [one.name, one.template];
  });
  const others = named.filter(([name]) => name !== DEFAULT);
  const chatTemplate = named.find(([name]) => name === DEFAULT)?.[1];
  return { ...(chatTemplate !== undefined && { chatTemplate }), ...(others.length > 0 && { chatTemplates: Object.fromEntries(others) }) };
}

/** `{"32000": {"content": "<|user|>", "special": false, ...}}` */
function addedFrom(value: unknown): ConfigToken[] {
  if (!isObject(value)) throw wrong(ADDED, value, 'an object of ids and tokens');
  const tokens = Object.entries(value).map(([key, token]): ConfigToken => {
    const place = `${ADDED}[${quote(key)}]`;
    if (!/^\d+$/.test(key)) throw new TypeError(`tokenizer_config.json: ${ADDED} has the key ${quote(key)}; expected the id of a token, such as "32000".`);
    if (!isObject(token) || typeof token.content !== 'string') throw wrong(place, token, 'an object such as {"content": "<|user|>"}');
    const { content } = token;
    const flag = (name: string, absent: boolean): boolean => {
      const given = token[name] ?? absent;
      if (typeof given !== 'boolean') throw wrong(`${place}.${name}`, given, 'true or false');
      return given;
    };
    const special = flag(FLAGS.special, false);
    return { id: Number(key), content, special, singleWord: flag(FLAGS.singleWord, false), stripLeft: flag(FLAGS.stripLeft, false), stripRight: flag(FLAGS.stripRight, false), normalized: flag(FLAGS.normalized, !special) };
  });
  return tokens.sort((a, b) => a.id - b.id);
}

function addedToJSON(tokens: readonly ConfigToken[]): Record<string, unknown> {
  if (!Array.isArray(tokens)) throw new TypeError(`tokenizerConfigToJSON: addedTokens is ${JSON.stringify(tokens)}; expected a list of { id, content, special }.`);
  return Object.fromEntries(
    tokens.map((token: ConfigToken, i) => {
      if (!isObject(token) || !Number.isSafeInteger(token.id) || token.id < 0 || typeof token.content !== 'string') throw new TypeError(`tokenizerConfigToJSON: addedTokens[${i}] is ${JSON.stringify(token)}; expected an object such as { id: 32000, content: '<|user|>', special: true }.`);
      const { id, content, special, singleWord = false, stripLeft = false, stripRight = false, normalized = !special } = token;
      return [id, { content, [FLAGS.stripLeft]: stripLeft, [FLAGS.normalized]: normalized, [FLAGS.stripRight]: stripRight, [FLAGS.singleWord]: singleWord, [FLAGS.special]: special }];
    }),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);

const wrong = (field: string, value: unknown, expected: string): TypeError => new TypeError(`tokenizer_config.json: ${field} is ${JSON.stringify(value)?.slice(0, 60)}; expected ${expected}.`);
