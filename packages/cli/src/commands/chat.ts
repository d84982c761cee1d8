// `kk chat`: a conversation with a model.
import type { Language } from '@kk/corpora';
import { Option } from 'commander';
import { needTemplate, CHATML } from '../chat/choose-template.js';
import { chatMessages } from '../chat/messages.js';
import { ChatSession } from '../chat/session.js';
import { endOfTurnOf, leadOf, systemRefusal } from '../chat/template.js';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { endTokensOf } from '../files/end-tokens.js';
import { refuseReward } from '../files/adapter-folder.js';
import { needTokenizer, openModel } from '../files/model.js';
import { Verb } from '../grammar/verb.js';
import { addAdapters, type AdapterOptions } from '../options/adapters.js';
import { backendInWords } from '../options/computed-by.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { systemLanguage } from '../options/language.js';
import { integer } from '../options/parse.js';
import { addSampling, samplingOf, type SamplingFlags } from '../options/sampling.js';
import { uiLanguageOption } from '../options/ui-language.js';
import { addWeights, withWeights, type WeightsOptions } from '../options/weights.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';
import { reportMessages } from '../training/report/messages.js';
import { architectureOf } from '../training/settings.js';

interface ChatOptions extends DeviceOptions, WeightsOptions, SamplingFlags, AdapterOptions {
  model: string;
  system?: string;
  template?: string;
  maxTokens: number;
  seed?: number;
  bars?: boolean;
  uiLang?: Language;
  json?: boolean;
}

export function chatCommand(context: Context): Verb {
  const verb = new Verb('chat')
    .summary('talk with a model')
    .description('Talks with a model that was taught to answer. Lines that begin with a slash are commands; /help lists them.')
    .option('--model <dir>', 'folder of the model, or of an adapter that names its model')
    .option('--system <text>', 'what the model is told before all messages')
    .addOption(new Option('--template <file>', `how messages are written: ${CHATML}, or a file with a Jinja template (default: the one that is stored with the model)`))
    .addOption(new Option('--max-tokens <n>', 'the longest answer').argParser(integer(1)).default(400))
    .addOption(new Option('--seed <n>', 'the same seed and the same messages, the same answer (default: another one for each answer)').argParser(integer(0)))
    .option('--bars', 'show after each answer what could have come where the model was least sure')
    .argumentFor('model')
    .requires(['model'])
    .suggests('template', [CHATML])
    .flows({ reads: { model: 'a GPT with a chat template', adapter: 'adapters', stdin: 'messages, one a line', template: 'a chat template' }, writes: { stdout: 'the answers' } });
  addSampling(verb, { temperatureStays: false }); // /temperature changes it
  return addDevice(addWeights(addAdapters(verb)))
    .addOption(uiLanguageOption())
    .option('--json', 'one JSON object per answer')
    .notes('Ctrl-C stops an answer, twice leaves. Messages may be piped in, one a line; a line that ends with a backslash goes on in the next one. An answer may have several lines, and blank ones: --json keeps each in an object of its own.')
    .examples('kk chat runs/assistant', 'kk chat runs/base --adapter runs/pirate', 'kk chat runs/assistant --system "Answer in one sentence." --temperature 0', 'echo "Who lost the ball?" | kk chat runs/assistant')
    .does((options: ChatOptions) => chat(context, options));
}

async function chat(context: Context, options: ChatOptions): Promise<void> {
  const { io, terminal } = context;
  const language = options.uiLang ?? systemLanguage(io.env);
  const says = chatMessages[language];
  const numbers = numberFormats(language);
  await refuseReward(context.io.cwd, [options.model, ...(options.adapter ?? [])]);
  const loaded = await openModel(context, options.model, options, options.adapter);
  try {
    const { adapters, folders } = loaded;
    const tokenizer = needTokenizer(loaded, options.model);
    const template = await needTemplate(context, folders, options.template, options.model);
    const refusal = options.system ? await systemRefusal(template, options.system) : undefined;
    if (refusal !== undefined) throw new Failure(`The chat template of ${options.model} takes no system prompt: ${refusal}`, 'Leave --system out.');
    const endOfTurn = await endOfTurnOf(tokenizer, template);
    const stopTokens = await endTokensOf(folders, tokenizer, loaded.model.config.vocabSize);
    const model = await withWeights(loaded.model, options);
    const session = new ChatSession(
      context,
      { model, tokenizer, adapters, template, endOfTurn, lead: await leadOf(template), stopTokens },
      { sampling: samplingOf(options, tokenizer), maxTokens: options.maxTokens, seed: options.seed, bars: options.bars === true },
      { says, numbers, system: options.system ?? '', json: options.json === true },
    );
    if (session.isInteractive && !options.json) {
      const { layers, width, contextLength } = model.config;
      terminal.print(
        factTable(
          [
            [says.facts.model, `${options.model}: ${architectureOf(model)}, ${says.sizes(numbers.integer(layers), numbers.integer(width), numbers.integer(model.parameterCount()), numbers.integer(contextLength))}`],
            ...(adapters.length > 0 ? [[says.facts.adapters, adapters.map(({ name }) => name).join(', ')] as const] : []),
            [says.facts.device, reportMessages[language].backend(backendInWords(model.engine, io.command))],
            ...(options.system ? [[says.facts.system, options.system] as const] : []),
          ],
          terminal,
        ),
      );
      terminal.paragraph(says.hint, { style: terminal.colors.dim, indent: 1 });
      terminal.print();
    }
    await session.run();
  } finally {
    loaded.dispose();
  }
}
