// Renders conversations with chat templates, written in Jinja. `@huggingface/jinja` runs them and is loaded on first use.
//
// The tags `{% generation %}` and `{% endgeneration %}` enclose what the model itself writes. The library takes them out of the template;
// here each becomes a statement that writes a mark or nothing, with the same control of white space as any other tag.
import { checkOptions } from '@kk/options';
import type { EncodeOptions } from '../core/tokenizer.js';
import { checkMessages, type ChatMessage } from './messages.js';
import { parseTemplate, type ParsedTemplate } from './run-template.js';
import type { TextWithParts } from './text-parts.js';

export interface ChatOptions extends Pick<EncodeOptions, 'truncation' | 'padding'> {
  /** The Jinja template. */
  template: string;
  /** Whether to append the beginning of the assistant's answer, so that the model goes on from there. Default false. */
  addGenerationPrompt?: boolean;
  /**
   * Further variables of the template, such as `bos_token` and `tools`. Their texts stay text, as those of messages do, except for whole
   * tokens in variables whose name ends with `_token` or `_tokens`.
   */
  variables?: Readonly<Record<string, unknown>>;
  /** Added tokens that messages and variables may hold as tokens, such as `<think>`. Default none. */
  allowedInMessages?: Iterable<string>;
}

export interface GenerationMarks {
  readonly begin: string;
  readonly end: string;
}

const TAG = /\{%(-?)\s*(end)?generation\s*(-?)%\}/g;
const COMMENT = /\{#.*?#\}/gs;
const BEGIN = 'kk_generation_begins';
const END = 'kk_generation_ends';

/** Whether the template says what the model writes. */
export const hasGenerationTags = (template: string): boolean => template.replace(COMMENT, '').search(TAG) >= 0;

/**
 * The text of a conversation.
 * @throws {Error} when the template is not valid, fails on these messages, or takes too many steps; with the reason that it gives
 */
export async function renderChat(messages: readonly ChatMessage[], options: Pick<ChatOptions, 'template' | 'addGenerationPrompt' | 'variables'>): Promise<string> {
  checkOptions<Pick<ChatOptions, 'template' | 'addGenerationPrompt' | 'variables'>>('renderChat', options, { template: 'required', addGenerationPrompt: 'flag', variables: 'optional' });
  checkMessages('renderChat', messages);
  const render = await chatRenderer('renderChat', options.template, options.variables);
  return render(messages, { addGenerationPrompt: options.addGenerationPrompt }).text;
}

/** A template that was read once and renders several conversations. */
export type ChatRenderer = (messages: readonly ChatMessage[], options?: RenderOptions) => TextWithParts;

export interface RenderOptions {
  readonly addGenerationPrompt?: boolean;
  /** What the tags of generation blocks write. Default nothing. */
  readonly marks?: GenerationMarks;
  /** Whether to tell what the caller gave. Default false: no part of the text counts as given. */
  readonly withParts?: boolean;
}

/** Variables that hold tokens of the model, as Hugging Face hands them to templates. */
const OF_THE_MODEL = /_tokens?$/;
/** Fields that templates write into control tokens, as Phi-3's `<|user|>`, where they hold a single word. */
const NAMING = new Set(['role', 'type']);
const isName = (text: string, field: string): boolean => NAMING.has(field) && /^[\p{L}\p{N}_-]+$/u.test(text);

/**
 * @param isToken  whether the model has this token
 * @throws {TypeError} when there is no template; {Error} when it is not valid. The renderer throws a `TemplateFailure`
 */
export async function chatRenderer(owner: string, template: string, variables: Readonly<Record<string, unknown>> = {}, isToken: (text: string) => boolean = () => false): Promise<ChatRenderer> {
  if (typeof template !== 'string') throw new TypeError(`${owner} needs a template; expected the text of a Jinja template, as chat_template in tokenizer_config.json.`);
  const parsed = await parse(template);
  const isOwn = (name: string, value: unknown): boolean => OF_THE_MODEL.test(name) && (Array.isArray(value) ? value : [value]).every((token) => typeof token === 'string' && isToken(token));
  const ofTheModel = Object.fromEntries(Object.entries(variables).filter(([name, value]) => isOwn(name, value)));
  const ofTheCaller = Object.fromEntries(Object.entries(variables).filter(([name, value]) => !isOwn(name, value)));
  return (messages, { addGenerationPrompt = false, marks = { begin: '', end: '' }, withParts = false } = {}) => {
    try {
      const own = { ...ofTheModel, add_generation_prompt: addGenerationPrompt, [BEGIN]: () => marks.begin, [END]: () => marks.end };
      return parsed.render({ own, given: { ...ofTheCaller, messages }, isName }, withParts);
    } catch (error) {
      throw new TemplateFailure(error);
    }
  };
}

/** A template that cannot render a conversation: it calls what there is not, refuses the messages with `raise_exception`, or does not come to an end. */
export class TemplateFailure extends Error {
  /** What the template or the library says. */
  readonly reason: string;

  constructor(cause: unknown) {
    const reason = reasonOf(cause);
    super(`The chat template fails on these messages: ${reason}. Change the messages if it does not take them, give the variables that it uses, or use another template, such as chatMLTemplate.`, { cause });
    this.reason = reason;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');

/** Templates that were read, the most recently used last: reading one takes several times as long as rendering a conversation. */
const parsedTemplates = new Map<string, ParsedTemplate>();
const MOST_TEMPLATES = 8;

async function parse(template: string): Promise<ParsedTemplate> {
  const parsed = parsedTemplates.get(template) ?? (await read());
  parsedTemplates.delete(template);
  parsedTemplates.set(template, parsed);
  if (parsedTemplates.size > MOST_TEMPLATES) parsedTemplates.delete(parsedTemplates.keys().next().value!);
  return parsed;

  async function read(): Promise<ParsedTemplate> {
    const withMarks = template.replace(TAG, (_, left: string, isEnd: string | undefined, right: string) => `{%${left} call ${isEnd ? END : BEGIN}() %}{% endcall ${right}%}`);
    try {
      return await parseTemplate(withMarks);
    } catch (error) {
      // The library reads on behind the end of a template, and finds nothing there.
      const reason = error instanceof TypeError ? 'it ends in the middle, as where an {% if %} or a {% for %} is not closed' : reasonOf(error);
      throw new Error(`The chat template is not valid Jinja: ${reason}. Correct it, or use another template, such as chatMLTemplate.`, { cause: error });
    }
  }
}
