// What defines votes and what is learned from them, as it stands in the recipe of `kk finetune vote`.
import { Option } from 'commander';
import { chatMLTemplate } from '@kk/tokenizer';
import { CHATML } from '../../chat/choose-template.js';
import type { Context } from '../../context.js';
import { readTextFile } from '../../files/data.js';
import type { Verb } from '../../grammar/verb.js';
import { decimal, factor, factors, integer } from '../../options/parse.js';
import { type Field, number, oneOf, whole } from '../field.js';
import type { TuningSettings } from '../settings.js';

/** Who votes, unless a name is given. */
export const VOTER = 'voter';
const METHODS = ['dpo', 'reward'] as const;

export interface VoteSettings extends TuningSettings {
  /** What is trained: the model that answers, or one that says how good an answer is. */
  method: (typeof METHODS)[number];
  /** How many pairs of answers the model is asked for. */
  pairs: number;
  /** How many new votes for a or b there are each time before it learns. */
  votes: number;
  /** Of an answer. */
  maxTokens: number;
  /** Of DPO. */
  beta: number;
  /** Nats an answer from the base; the first look beyond it ends a training. Of DPO. */
  maxKl: number;
}

export interface VoteFlags extends Pick<VoteSettings, 'method' | 'pairs' | 'votes' | 'maxTokens' | 'beta' | 'maxKl' | 'steps' | 'lr' | 'seed'> {
  lora: number;
  asChat?: boolean;
  template?: string;
}

/** The names of these options, as Commander knows them. */
export const voteNames: readonly string[] = ['method', 'pairs', 'maxTokens', 'lora', 'steps', 'lr', 'beta', 'maxKl', 'seed', 'asChat', 'template'];

export const addVoteSettings = (verb: Verb): Verb =>
  verb
    .addOption(new Option('--method <method>', 'what learns from the votes: the model itself (dpo), or a model that says how good an answer is (reward)').choices(METHODS).default('dpo'))
    .addOption(new Option('--pairs <n>', 'how many pairs of answers the model writes; prompts are asked again where there are fewer').argParser(integer(1, 10_000)).default(30))
    .addOption(new Option('--max-tokens <n>', 'the longest answer').argParser(integer(1)).default(64))
    .addOption(new Option('--lora <rank>', 'rank of the LoRA adapter that is trained; the model stays as it is').argParser(integer(1, 65_536)).default(8))
    .addOption(new Option('--steps <n>', 'training steps, each time (default: three times through the votes, and at least 60)').argParser(integer(1)))
    .addOption(new Option('--lr <rate>', 'learning rate after the warm-up (default: one that suits the width of the model and what is trained)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--beta <b>', 'how dear it is to leave the base').argParser(factor).default(0.1))
    .addOption(new Option('--max-kl <nats>', 'how far from the base a training may go, in nats an answer').argParser(decimal(0, Infinity, { above: true })).default(5))
    .addOption(new Option('--seed <n>', 'seed of all chance: the same seed, the same pairs').argParser(integer(0)).default(1337))
    .option('--as-chat', 'write prompts as conversations')
    .option('--template <file>', 'how conversations are written: chatml, or a file with a Jinja template (default: the one stored with the model)')
    .suggests('template', [CHATML])
    .pointless<VoteFlags>(['beta', 'maxKl'], ({ method }) => (method === 'reward' ? 'with --method reward' : undefined));

/** As all tunings have them: an adapter, trained on all votes without anything held out. */
export async function voteSettings(context: Context, { method, pairs, votes, maxTokens, beta, maxKl, lora, steps, lr, seed, asChat, template }: VoteFlags): Promise<Omit<VoteSettings, 'model' | 'data'>> {
  const text = template === undefined ? undefined : template === CHATML ? chatMLTemplate : await readTextFile(context, template, { quiet: true });
  return {
    method, pairs, votes, maxTokens, beta, maxKl, seed,
    ...(text !== undefined && { template: text }),
    ...(steps !== undefined && { steps }),
    ...(lr !== undefined && { lr }),
    asChat: asChat === true,
    trained: { lora: { rank: lora } },
    truncation: 'drop', heldOut: 0, keep: 'last', accumulate: 1, weightDecay: 0, clip: 1,
  };
}

export const voteKind: { readonly verb: string; readonly fields: Readonly<Record<Exclude<keyof VoteSettings, keyof TuningSettings>, Field>> } = {
  verb: 'finetune vote',
  fields: { method: oneOf(METHODS), pairs: whole(1), votes: whole(1), maxTokens: whole(1), beta: number(factors.least, factors.most), maxKl: number(0) },
};
