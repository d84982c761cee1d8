// Renders conversations with chat templates, written in Jinja. `@huggingface/jinja` runs them and is loaded on first use.
//
// The tags `{% generation %}` and `{% endgeneration %}` enclose what the model itself writes. The library takes them out of the template;
// here each becomes a statement that writes a mark or nothing, with the same control of white space as any other tag.
import { type EncodeOptions } from '../tokenizer.js';
import { checkMessages, type ChatMessage } from './messages.js';
import { parseTemplate, type ParsedTemplate } from './run-template.js';

export interface ChatOptions extends Pick<EncodeOptions, 'truncation' | 'padding'> {
  /** The Jinja template. */
  template: string;
  /** Whether to append the beginning of the assistant's answer, so that the model goes on from there. Default false. */
  addGenerationPrompt?: boolean;
  /** Further variables of the template, such as `bos_token` and `tools`. */
  variables?: Readonly<Record<string, unknown>>;
}

/** What the two tags write. */
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
export async function renderChat(messages: readonly ChatMessage[], options: Omit<ChatOptions, 'truncation' | 'padding'>): Promise<string> {
  checkMessages('renderChat', messages);
  const render = await chatRenderer('renderChat', options.template, options.variables);
  return render(messages, { addGenerationPrompt: options.addGenerationPrompt });
}

/** A template that was read once and renders several conversations. */
export type ChatRenderer = (messages: readonly ChatMessage[], options?: { addGenerationPrompt?: boolean; marks?: GenerationMarks }) => string;

/** @throws {TypeError} when there is no template; {Error} when it is not valid. The renderer throws a `TemplateFailure` */
export async function chatRenderer(owner: string, template: string, variables: Readonly<Record<string, unknown>> = {}): Promise<ChatRenderer> {
  if (typeof template !== 'string') throw new TypeError(`${owner} needs a template; expected the text of a Jinja template, as chat_template in tokenizer_config.json.`);
  const parsed = await parse(template);
  return (messages, { addGenerationPrompt = false, marks = { begin: '', end: '' } } = {}) => {
    try {
      return parsed.render({ ...variables, messages, add_generation_prompt: addGenerationPrompt, [BEGIN]: () => marks.begin, [END]: () => marks.end });
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
