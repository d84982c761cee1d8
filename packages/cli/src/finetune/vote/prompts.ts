// What the model is asked for votes: prompts from files, as it reads them and as people do.
import { readPromptFile } from '@kk/finetune/node';
import type { ChatMessage, Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { findTemplate, lackingTokens, needTemplate } from '../../chat/choose-template.js';
import { encodeForAnswer, leadOf, type ChatTemplate } from '../../chat/template.js';
import type { Context } from '../../context.js';
import { Failure } from '../../errors.js';
import { exists } from '../../files/exists.js';
import { tokenizerFile } from '../../files/model-folder.js';
import { quotePath, shortPath } from '../../files/paths.js';
import { marksOf } from '../new-tokens.js';
import { checkAsChat } from '../split-lines.js';
import type { VoteSettings } from './settings.js';

export interface VotePrompt {
  /** As it stands in the file, or as a conversation. */
  readonly source: string | readonly ChatMessage[];
  /** What people read: of a conversation the last message. */
  readonly text: string;
  readonly ids: readonly number[];
}

export interface VotePrompts {
  readonly prompts: readonly VotePrompt[];
  readonly tokenizer: Tokenizer;
  /** Undefined where no prompt is a conversation. */
  readonly template: ChatTemplate | undefined;
  /** What the template writes before an answer; see `leadOf`. */
  readonly lead: string;
}

/** @throws {Error} naming the file and line that is wrong, or what the model lacks to be asked */
export async function readVotePrompts(context: Context, settings: VoteSettings): Promise<VotePrompts> {
  const { data, model, asChat, template: given } = settings;
  const sources: (string | readonly ChatMessage[])[] = [];
  let rewritten = 0;
  for (const file of data) {
    for await (const { prompt } of readPromptFile(file)) {
      context.throwIfInterrupted();
      const isRewritten = asChat && typeof prompt === 'string';
      if (isRewritten) rewritten += 1;
      sources.push(isRewritten ? [{ role: 'user', content: prompt }] : prompt);
    }
  }
  checkAsChat(context, settings, rewritten);
  const shown = shortPath(context.io.cwd, model);
  if (!(await exists(tokenizerFile(model)))) throw new Failure(`There is no tokenizer.json in ${shown}: text cannot become tokens.`, 'Put the tokenizer of the model there.');
  const tokenizer = await loadTokenizer(tokenizerFile(model));
  const isChat = sources.some((source) => typeof source !== 'string');
  const stored = isChat ? await (given === undefined ? needTemplate(context, [model], undefined, shown) : findTemplate(context, [model], undefined)) : undefined;
  const template = isChat ? { template: given ?? stored!.template, variables: stored?.variables ?? {} } : undefined;
  const lacking = template ? lackingTokens(tokenizer, marksOf(template.template)) : [];
  if (lacking.length > 0) throw new Failure(`The tokenizer of ${shown} lacks ${lacking.join(' ')}, which the template writes: the model was not taught to answer.`, `Tune it first: kk finetune sft --data FILE --model ${quotePath(shown)}.`);
  const prompts: VotePrompt[] = [];
  for (const source of sources) {
    if (typeof source === 'string') prompts.push({ source, text: source, ids: tokenizer.encode(source) });
    else prompts.push({ source, text: source.at(-1)!.content, ids: await encodeForAnswer(tokenizer, template!, source) });
  }
  return { prompts, tokenizer, template, lead: template ? await leadOf(template) : '' };
}
