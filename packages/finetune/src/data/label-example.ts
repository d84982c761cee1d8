// Turns an example into token ids, and says which of them are learned.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { chatMLTemplate, chatMLTokens, encodeChat, encodeConversation, type Encoding, type Tokenizer } from '@kk/tokenizer';
import { checkExample } from './check-example.js';
import type { CompletionExample, ConversationExample, LabelledTokens, TuningExample } from './examples.js';
import { hasLine, type GivenExample } from './given-example.js';
import { inSteps } from './in-steps.js';
import { withPlace } from './with-line.js';

export interface LabelOptions {
  /** The chat template of conversations, in Jinja; default `chatMLTemplate`. */
  template?: string;
  /** Further variables of the template, such as `bos_token`. */
  variables?: Readonly<Record<string, unknown>>;
  /**
   * What is learned: of a conversation every turn of the assistant (`'assistant'`, the default), its last turn alone (`'completion'`), or
   * every token (`'all'`). Of a prompt with its completion the completion, or with `'all'` both. Of a text always all.
   */
  learn?: 'assistant' | 'completion' | 'all';
  /** The id that ends a text or a completion. It is appended and learned, so that the model learns when to end. Conversations end as their template says. Default: none. */
  endOfText?: number | undefined;
  /** `'all'` reads special tokens in texts, prompts and completions as such, for texts that a template has written already. Default: they are ordinary text. */
  allowedSpecial?: 'all';
  /** Stops in the middle of a long text or completion; the reason is thrown. */
  signal?: AbortSignal;
}

const OPTIONS: OptionNames<LabelOptions> = { template: 'optional', variables: 'optional', learn: 'optional', endOfText: 'optional', allowedSpecial: 'optional', signal: 'optional' };
const LEARN: readonly unknown[] = [undefined, 'assistant', 'completion', 'all'];

/**
 * A prompt and its completion are encoded as one text, as the model will read them; a token that begins in the prompt is not learned.
 * The tokenizer adds what it puts around any text, such as a beginning of text, but never a second one.
 * @returns at least two ids; the first one is never learned, since nothing comes before it
 * @throws {Error} when the example has no token to learn, the tokenizer lacks the marks of ChatML where
 * that is the template, or `encodeConversation` cannot tell the assistant's turns; {TypeError} or {RangeError} when an option is invalid
 */
export async function labelExample(tokenizer: Tokenizer, example: TuningExample, options: LabelOptions = {}): Promise<LabelledTokens> {
  checkLabelOptions(tokenizer, options);
  const checked = checkExample(example);
  const labelled = 'messages' in checked ? await labelConversation(tokenizer, checked, options) : await labelText(tokenizer, 'text' in checked ? { prompt: '', completion: checked.text } : checked, options);
  if (!labelled.learned.includes(1)) throw new Error(`the example has no token to learn: it is ${labelled.ids.length} tokens long, and only its first is to be learned, which nothing comes before`);
  return labelled;
}

/**
 * Labels all examples of a source.
 * @param examples as `readExamples` gives them, or without their lines
 * @throws {Error} that names the line or the index, for each reason of `labelExample`
 */
export async function labelExamples(tokenizer: Tokenizer, examples: AsyncIterable<GivenExample> | Iterable<GivenExample>, options: LabelOptions = {}): Promise<LabelledTokens[]> {
  checkLabelOptions(tokenizer, options);
  const labelled: LabelledTokens[] = [];
  for await (const one of examples) {
    const [place, example] = hasLine(one) ? [`Line ${one.line}`, one.example] : [`examples[${labelled.length}]`, one];
    labelled.push(await withPlace(place, () => labelExample(tokenizer, example, options)));
  }
  return labelled;
}

function checkLabelOptions(tokenizer: Tokenizer, options: LabelOptions): void {
  checkOptions('labelExample', options, OPTIONS);
  const { learn, endOfText, allowedSpecial } = options;
  if (!LEARN.includes(learn)) throw new RangeError(`labelExample: learn is ${String(learn)}; expected 'assistant', 'completion' or 'all'.`);
  if (allowedSpecial !== undefined && allowedSpecial !== 'all') throw new RangeError(`labelExample: allowedSpecial is ${String(allowedSpecial)}; expected 'all', or nothing.`);
  if (endOfText !== undefined && !(Number.isInteger(endOfText) && endOfText >= 0 && endOfText < tokenizer.vocabSize)) throw new RangeError(`labelExample: endOfText is ${String(endOfText)}; expected a token id from 0 to ${tokenizer.vocabSize - 1}.`);
}

/** Without its marks the lines of ChatML would be learned as ordinary text, and no token would end an answer. */
function checkMarks(tokenizer: Tokenizer): void {
  const missing = chatMLTokens.filter((token) => !tokenizer.specialTokens.has(token));
  if (missing.length > 0) throw new Error(`the tokenizer has no special token ${missing.join(' and ')}, with which ChatML, the default template, marks turns: add them with withSpecialTokens(tokenizer, chatMLTokens), or give the template of the model`);
}

async function labelConversation(tokenizer: Tokenizer, { messages }: ConversationExample, { template = chatMLTemplate, variables, learn = 'assistant' }: LabelOptions): Promise<LabelledTokens> {
  if (template === chatMLTemplate) checkMarks(tokenizer);
  if (learn === 'all') {
    const ids = Int32Array.from(await encodeChat(tokenizer, messages, { template, variables, truncation: false, padding: false }));
    return { ids, learned: allButTheFirst(ids.length) };
  }
  return encodeConversation(tokenizer, messages, { template, variables, turns: learn === 'completion' ? 'last' : 'all' });
}

async function labelText(tokenizer: Tokenizer, { prompt, completion }: CompletionExample, { learn, endOfText, allowedSpecial, signal }: LabelOptions): Promise<LabelledTokens> {
  const encoding = await inSteps(tokenizer.encodeWithDetailsInSteps(prompt + completion, { truncation: false, padding: false, ...(allowedSpecial && { allowedSpecial }) }), signal);
  const start = secondBeginning(encoding);
  const ids = encoding.ids.slice(start);
  const learned: number[] = learn === 'all' ? ids.map(() => 1) : learnedOf(encoding, prompt.length).slice(start);
  if (endOfText !== undefined && ids.at(-1) !== endOfText) {
    ids.push(endOfText);
    learned.push(1);
  }
  learned[0] = 0;
  return { ids: Int32Array.from(ids), learned: Uint8Array.from(learned) };
}

/** 1 for each token that begins at `from` or later, and for what the tokenizer puts behind the text. */
function learnedOf({ offsets, origins }: Encoding, from: number): number[] {
  const first = origins.findIndex((origin, i) => origin !== 'template' && offsets[i]![0] >= from);
  return origins.map((_, i) => (first >= 0 && i >= first ? 1 : 0));
}

/** 1 where the text begins with the special token that the tokenizer has just put before it, else 0. */
function secondBeginning({ ids, origins }: Encoding): 0 | 1 {
  const first = origins.findIndex((origin) => origin !== 'template');
  return first === 1 && origins[1] === 'added' && ids[0] === ids[1] ? 1 : 0;
}

const allButTheFirst = (length: number): Uint8Array => new Uint8Array(length).fill(1, 1);
