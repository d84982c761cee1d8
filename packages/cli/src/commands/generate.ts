// `kk generate`: a model continues a text, token by token.
import { Decoder } from '@kk/gpt';
import { freshSeed, generate, huggingFace, Sampler, speculativeGenerate, type SpeculativeRun, streamText } from '@kk/sampler';
import { constrain } from '@kk/sampler/grammar';
import { StreamDecoder } from '@kk/tokenizer';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { openDraft } from '../files/draft.js';
import { endTokensOf } from '../files/end-tokens.js';
import { refuseReward } from '../files/adapter-folder.js';
import { needTokenizer, openModel } from '../files/model.js';
import { Verb } from '../grammar/verb.js';
import { addAdapters, type AdapterOptions } from '../options/adapters.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { addForm, type FormFlags, formOf } from '../options/form.js';
import { integer } from '../options/parse.js';
import { promptOf } from '../options/prompt.js';
import { addSampling, type SamplingFlags, samplingOf } from '../options/sampling.js';
import { addWeights, withWeights, type WeightsOptions } from '../options/weights.js';
import { numberFormats } from '../terminal/numbers.js';
import { writeSamples } from './generate-samples.js';

interface GenerateOptions extends DeviceOptions, WeightsOptions, AdapterOptions, SamplingFlags, FormFlags {
  model: string;
  prompt?: string;
  maxTokens: number;
  seed?: number;
  stop?: string[];
  draft?: string;
  draftLength: number;
  samples?: number;
  json?: boolean;
}

const numbers = numberFormats('en');

export function generateCommand(context: Context): Verb {
  const verb = new Verb('generate')
    .summary('let a model write')
    .description('Lets a model go on with a text, token by token.')
    .option('--model <dir>', 'folder of the model')
    .option('--prompt <text>', 'the beginning; - is standard input (default: what is piped in, else a line break)')
    .addOption(new Option('--max-tokens <n>', 'how many tokens to write').argParser(integer(1)).default(200))
    .addOption(new Option('--seed <n>', 'the same seed, the same text (default: another one each time)').argParser(integer(0)))
    .argumentFor('model')
    .requires(['model'])
    .flows({ reads: { model: 'a GPT', adapter: 'adapters', prompt: 'the beginning', stdin: 'the beginning', jsonSchema: 'a JSON Schema', grammar: 'a grammar', draft: 'an n-gram model' }, writes: { stdout: 'the text' } });
  addForm(addSampling(verb))
    .option('--stop <text...>', 'end before this text')
    .option('--draft <file>', 'let this n-gram model over the same tokens guess ahead; what is written has the same probabilities')
    .addOption(new Option('--draft-length <n>', 'how many tokens to guess ahead').argParser(integer(1, 64)).default(4))
    .addOption(new Option('--samples <n>', 'write so many texts, side by side, each at most until the context is full: their seeds are --seed, the one after it, and so on').argParser(integer(1, 1000)))
    .excludes(['regex', 'jsonSchema', 'grammar', 'stop', 'draft'], 'samples')
    .excludes(['seed'], 'temperature', 0)
    .needs(['draftLength'], 'draft');
  return addDevice(addWeights(addAdapters(verb)))
    .option('--json', 'one JSON object per token, and a last one with the whole text')
    .examples(
      'kk generate runs/book --prompt "Once upon a time"',
      'kk generate runs/book --temperature 0.5 --top-k 20 --seed 1',
      'kk generate runs/book --samples 4 --seed 1',
      'kk generate runs/book --prompt "There were " --regex "[0-9]+ (kings|foxes)\\."',
      { about: 'A draft for --draft', command: 'kk markov train book.txt --unit runs/book/tokenizer.json --out book.markov' },
    )
    .does((options: GenerateOptions) => write(context, options));
}

async function write(context: Context, options: GenerateOptions): Promise<void> {
  const { terminal, errors, io } = context;
  const { maxTokens, seed = freshSeed(), json } = options;
  const prompt = (await promptOf(context, options.prompt)) ?? '\n';
  if (options.stop?.includes('')) throw new UsageError('--stop is empty; expected a text of at least one character.', 'See kk generate --help');
  await refuseReward(context.io.cwd, [options.model, ...(options.adapter ?? [])]);
  const loaded = await openModel(context, options.model, options, options.adapter);
  try {
    const tokenizer = needTokenizer(loaded, options.model);
    const promptIds = tokenizer.encode(prompt);
    if (promptIds.length === 0) throw new Failure('The prompt is empty; a model needs something to go on with.', 'Give a --prompt, or leave it out to begin with a line break.');
    const stopTokens = await endTokensOf(loaded.folders, tokenizer, loaded.model.config.vocabSize);
    if (options.samples !== undefined) {
      const { samples } = options;
      await writeSamples(context, await withWeights(loaded.model, options), tokenizer, prompt, promptIds, { samples, maxTokens, seed, sampling: samplingOf(options, tokenizer), stopTokens, json: json === true });
      return;
    }
    const form = await formOf(context, options, tokenizer, loaded.model.config.vocabSize, stopTokens);
    const draft = options.draft === undefined ? undefined : await openDraft(context, options.draft, options.model, { vocabSize: loaded.model.config.vocabSize, quiet: json === true });
    const model = await withWeights(loaded.model, options);
    // On overflow half of the context is kept: this needs far less computation, and the texts hardly differ.
    const decoder = new Decoder(model, { keepOnOverflow: Math.max(1, Math.floor(model.config.contextLength / 2)) });
    const sampler = new Sampler([...(form ? [constrain(form)] : []), ...huggingFace(samplingOf(options, tokenizer))], { seed });
    const drawing = { maxTokens, sampler, stopTokens, signal: io.interrupt, stopWhen: form && ((): boolean => form.allowed().count === 0) };
    const run = draft ? speculativeGenerate(decoder, draft, promptIds, { ...drawing, draftLength: options.draftLength }) : generate(decoder, promptIds, drawing);
    const text = new StreamDecoder(tokenizer);
    const raw = new StreamDecoder(tokenizer);
    // A model may have more tokens than its tokenizer.
    const pieceOf = (stream: StreamDecoder, id: number): string => (id < tokenizer.vocabSize ? stream.push(id) : '\ufffd');
    const ids: number[] = [];
    const told = async function* (): AsyncGenerator<number> {
      for await (const id of run) {
        ids.push(id);
        if (json) context.json({ event: 'token', id, text: pieceOf(raw, id) });
        yield id;
      }
    };
    const started = performance.now();
    let written = '';
    let stop: string | undefined;
    const shown = terminal.foreignText();
    if (!json) shown.write(prompt.trimStart(), terminal.colors.bold);
    try {
      const pieces = streamText(told(), { push: (id) => pieceOf(text, id), end: () => text.end() }, { stopStrings: options.stop });
      for (let next = await pieces.next(); ; next = await pieces.next()) {
        if (next.done) {
          stop = next.value ?? undefined;
          break;
        }
        written += next.value;
        if (!json) shown.write(next.value);
      }
    } finally {
      // Ends the current line, also after an interruption.
      if (!json) terminal.write('\n');
      decoder.dispose();
    }
    const seconds = (performance.now() - started) / 1000;
    const tokensPerSecond = ids.length / seconds;
    const report = draft ? (run as SpeculativeRun).report : undefined;
    if (json) {
      const extra = { ...(options.stop ? { stop: stop ?? null } : {}), ...(form ? { complete: form.complete } : {}), ...(report ? { draft: report } : {}) };
      context.json({ event: 'done', text: prompt + written, prompt, tokens: ids.length, ids, seed, seconds, tokensPerSecond, ...extra });
      return;
    }
    if (form && !form.complete) errors.paragraph('The text does not have its form yet: raise --max-tokens.');
    if (!terminal.interactive) return;
    const drafted = report ? `; ${numbers.percent(report.acceptanceRate)} of ${numbers.integer(report.tested)} guesses of the draft kept, ${numbers.integer(report.targetCalls)} passes of the model` : '';
    errors.paragraph(`${numbers.integer(ids.length)} tokens in ${numbers.decimal(seconds, 1)} s, ${numbers.integer(tokensPerSecond)} per second${drafted}; --seed ${seed}`, { style: errors.colors.dim });
  } finally {
    loaded.dispose();
  }
}
