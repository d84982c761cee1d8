// `kk finetune vote`: a model writes pairs of answers, people say which one is better, and it learns from that.
import { basename, join } from 'node:path';
import type { Language } from '@kk/corpora';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { Failure, Interrupted, UsageError } from '../errors.js';
import { fullPath, outputPath, shortPath } from '../files/paths.js';
import { PipedVotes, TerminalKeys, type VoteInput } from '../finetune/vote/input.js';
import { voteMessages } from '../finetune/vote/messages.js';
import { VoteSession } from '../finetune/vote/session.js';
import { addVoteSettings, voteKind, voteNames, VOTER, voteSettings, type VoteFlags } from '../finetune/vote/settings.js';
import { resumeVotes, startVotes, type OpenVotes } from '../finetune/vote/start.js';
import { Verb } from '../grammar/verb.js';
import { blasToGoOn } from '../options/computed-by.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { systemLanguage } from '../options/language.js';
import { integer } from '../options/parse.js';
import { uiLanguageOption } from '../options/ui-language.js';
import { factTable } from '../terminal/table.js';

interface VoteOptions extends VoteFlags, DeviceOptions {
  data?: string[];
  model?: string;
  out?: string;
  resume?: string;
  voter: string;
  force?: boolean;
  uiLang?: Language;
  json?: boolean;
}

export function finetuneVoteCommand(context: Context): Verb {
  const verb = new Verb('vote')
    .summary('vote on pairs of answers, from which a model learns')
    .description('A model writes two answers to each prompt, people say which one is better, and it learns from their votes. Then it asks first where it is least sure.')
    .option('--data <file...>', 'prompts, one JSON object a line: {"prompt"}, a text or a list of messages; or {"messages"}, whose last answer is left out')
    .option('--model <dir>', 'folder of the base');
  return addDevice(addVoteSettings(verb))
    .addOption(new Option('--votes <n>', 'how many new votes for a or b there are each time before it learns; with --resume as many as before').argParser(integer(1)).default(15))
    .option('--voter <name>', 'who votes; several voters have one vote each on a pair, and their agreement is measured', VOTER)
    .option('--out <dir>', 'folder for the pairs, the votes and the result (default: runs/, the name of the base, and -votes)')
    .option('--resume <dir>', 'go on with the votes in this folder')
    .option('--force', 'replace what is in the folder')
    .addOption(uiLanguageOption())
    .option('--json', 'one JSON object a line; votes come by standard input')
    .argumentFor('data', 'file')
    .requires(['data', 'resume'])
    .excludes(['data', 'model', 'out', 'force', ...voteNames], 'resume')
    .flows({ reads: { data: 'prompts', model: 'a GPT with its tokenizer', stdin: 'votes, one a line', template: 'a chat template', resume: 'votes so far' }, writes: { out: 'votes, pairs that are decided, and an adapter with its tokenizer and recipe', stdout: 'pairs, and what was learned' } })
    .notes(
      'In a terminal, a and b choose an answer and n neither; Backspace takes the last vote back, q leaves. By a pipe, each line is a vote: a, b, n, back or quit. Every vote is saved at once, also before Ctrl-C; --resume goes on.',
      'The folder gets pairs.jsonl, which kk finetune dpo and kk finetune reward read, too: they train all weights, and hold pairs out.',
    )
    .examples('kk finetune vote prompts.jsonl --model runs/assistant --out runs/votes', 'kk finetune vote --resume runs/votes --voter Anna', 'kk finetune dpo runs/votes/pairs.jsonl --model runs/assistant')
    .does((options: VoteOptions, self) => vote(context, options, self));
}

async function vote(context: Context, options: VoteOptions, self: Verb): Promise<void> {
  const { io, terminal } = context;
  const { cwd } = io;
  const { device, threads, voter } = options;
  const json = options.json === true;
  const says = voteMessages[options.uiLang ?? systemLanguage(io.env)];
  if (voter.trim() === '') throw new UsageError('--voter is empty; expected a name.', self.helpHint);
  const isInteractive = !json && io.stdin.isTTY === true && terminal.interactive;
  const checkInput = (): void => {
    if (io.stdin.isTTY && !isInteractive) throw new Failure(`kk ${voteKind.verb} asks for votes, but ${json ? 'with --json no terminal answers' : 'its output is no terminal'}.`, 'Run it in a terminal, or give the votes by a pipe, one a line: a, b, n, back or quit.');
  };
  const { folder, open } = await openVotes(context, options, self, { checkInput, json });
  const { settings, prompts, queue, output, notes, computedBy } = open;
  const isOnWasm = device === 'wasm' || device === 'auto';
  const blas = options.blas ?? (options.resume !== undefined && isOnWasm ? blasToGoOn(computedBy) : undefined);
  const learnAfter = options.resume === undefined || self.isGiven('votes') ? options.votes : settings.votes;
  const stop = new AbortController();
  let input: VoteInput | undefined;
  try {
    const shownFolder = shortPath(cwd, folder);
    if (json) context.json({ event: 'start', pairs: queue.pairs.length, votes: queue.votes.length, voter, method: settings.method, out: folder });
    else {
      const { facts } = says;
      const rank = typeof settings.trained === 'object' && 'lora' in settings.trained ? settings.trained.lora.rank : 0;
      terminal.print(factTable([[facts.pairs, says.pairs(queue.pairs.length, queue.votes.length)], ...notes.map((note) => [facts.note, note] as const), [facts.learns, says.learnsAfter(learnAfter, settings.method, rank)], [facts.folder, shownFolder]], terminal));
      terminal.print();
    }
    input = isInteractive ? new TerminalKeys(io.stdin, () => stop.abort(new Interrupted('Stopped.'))) : new PipedVotes(io);
    const signal = AbortSignal.any([io.interrupt, stop.signal]);
    await new VoteSession(context, { settings, device: { device, threads, blas }, prompts, queue, computedBy, folder, shownFolder, output, voter, learnAfter, says, json }, input, isInteractive, signal).run();
  } finally {
    input?.close();
    output.release();
  }
}

/** New votes, or those of a folder. */
async function openVotes(context: Context, options: VoteOptions, self: Verb, { checkInput, json }: { checkInput: () => void; json: boolean }): Promise<{ folder: string; open: OpenVotes }> {
  const { cwd, env } = context.io;
  if (options.resume !== undefined) {
    const folder = fullPath(cwd, options.resume);
    return { folder, open: await resumeVotes(context, folder, checkInput) };
  }
  if (options.model === undefined) throw new UsageError(`kk ${voteKind.verb} needs --model DIR.`, self.helpHint);
  const model = fullPath(cwd, options.model);
  const folder = options.out === undefined ? join(cwd, 'runs', `${basename(model)}-votes`) : outputPath(cwd, options.out);
  const settings = { ...(await voteSettings(context, options)), model, data: options.data!.map((file) => fullPath(cwd, file)) };
  const says = voteMessages[options.uiLang ?? systemLanguage(env)];
  const { device, threads, blas } = options;
  return { folder, open: await startVotes(context, { settings, device: { device, threads, blas }, folder, force: options.force === true, says, quiet: json, checkInput }) };
}
