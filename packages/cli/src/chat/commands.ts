// The commands of a conversation: lines that begin with a slash.
import { writeWholeFile } from '@kk/whole-file';
import { describe } from '../errors.js';
import { checkNewFile } from '../files/new-file.js';
import { outputPath, shortPath } from '../files/paths.js';
import { decimal, integer } from '../options/parse.js';
import { wrap } from '../terminal/text.js';
import type { ChatMessages } from './messages.js';
import type { ChatSession } from './session.js';
import { showBars } from './show-bars.js';
import { systemRefusal } from './template.js';

type CommandName = keyof ChatMessages['commands'];

interface ChatCommand {
  /** What stands behind the name, for `/help`. */
  readonly usage: string;
  /** @param argument without blanks around it; empty where there is none */
  run(session: ChatSession, argument: string): void | 'exit' | Promise<void>;
}

const OFF = 'off';

/** A command that shows a setting, or changes it. */
function setting(name: string, usage: string, parse: (text: string) => number, read: (session: ChatSession) => number | undefined, write: (session: ChatSession, value: number | undefined) => void, { canBeOff = true } = {}): ChatCommand {
  return {
    usage,
    run(session, argument) {
      const { says } = session.options;
      const off = name === 'seed' ? says.fresh : says.notSet;
      if (argument === '') return session.note(says.is(name, String(read(session) ?? off)));
      const value = canBeOff && argument === OFF ? undefined : parse(argument);
      write(session, value);
      session.note(says.setTo(name, String(value ?? off)));
    },
  };
}

const commands: Readonly<Record<CommandName, ChatCommand>> = {
  help: {
    usage: '',
    run(session) {
      const { terminal } = session.context;
      const { says } = session.options;
      const rows = Object.entries(commands).map(([name, { usage }]) => [`/${name}${usage && ` ${usage}`}`, says.commands[name as CommandName]] as const);
      const width = Math.max(...rows.map(([name]) => name.length)) + 2;
      for (const [name, what] of rows) terminal.print(` ${terminal.colors.cyan(name.padEnd(width))}${wrap(what, terminal.columns - 1, width + 1).trimStart()}`);
      session.note(says.multiLine);
    },
  },
  system: {
    usage: 'TEXT',
    async run(session, argument) {
      const { says } = session.options;
      const refusal = argument === '' || argument === '-' ? undefined : await systemRefusal(session.parts.template, argument);
      if (refusal !== undefined) return session.note(says.systemRefused(refusal));
      if (argument !== '') session.conversation.system = argument === '-' ? '' : argument;
      const { system } = session.conversation;
      session.note(system === '' ? says.noSystem : says.systemIs(system));
    },
  },
  reset: {
    usage: '',
    run(session) {
      session.conversation.reset();
      session.note(session.options.says.isReset);
    },
  },
  undo: {
    usage: '',
    run(session) {
      const { says } = session.options;
      session.note(session.conversation.undo() ? says.undone : says.nothingYet);
    },
  },
  again: {
    usage: '',
    async run(session) {
      if (!(await session.again())) session.note(session.options.says.nothingYet);
    },
  },
  temperature: setting('temperature', 'T', decimal(0), ({ settings }) => settings.sampling.temperature, ({ settings }, temperature) => (settings.sampling = { ...settings.sampling, temperature }), { canBeOff: false }),
  'top-p': setting('top-p', 'P', decimal(0, 1), ({ settings }) => settings.sampling.topP, ({ settings }, topP) => (settings.sampling = { ...settings.sampling, topP })),
  'top-k': setting('top-k', 'K', integer(1), ({ settings }) => settings.sampling.topK, ({ settings }, topK) => (settings.sampling = { ...settings.sampling, topK })),
  'max-tokens': setting('max-tokens', 'N', integer(1), ({ settings }) => settings.maxTokens, ({ settings }, maxTokens) => (settings.maxTokens = maxTokens!), { canBeOff: false }),
  seed: setting('seed', 'N', integer(0), ({ settings }) => settings.seed, ({ settings }, seed) => (settings.seed = seed)),
  bars: {
    usage: 'N',
    run(session, argument) {
      const { says } = session.options;
      if (argument === 'on' || argument === OFF) {
        session.settings.bars = argument === 'on';
        return session.note(session.settings.bars ? says.barsOn : says.barsOff);
      }
      showBars(session, argument === '' ? undefined : integer(1)(argument));
    },
  },
  adapter: {
    usage: 'NAME on',
    run(session, argument) {
      const { says } = session.options;
      const { adapters } = session.parts;
      if (adapters.length === 0) return session.note(says.noAdapters);
      const [, name, state] = /^(.*?)(?:\s+(on|off))?$/s.exec(argument)!;
      const chosen = argument === '' ? undefined : adapters.find((adapter) => adapter.name === name);
      if (argument !== '' && !chosen) session.note(says.unknownAdapter(name!));
      if (chosen) {
        if (state === undefined ? chosen.isActive : state === OFF) chosen.disable();
        else chosen.enable();
        session.weightsChanged();
      }
      session.note(`${says.adapters}: ${adapters.map((adapter) => `${adapter.name} ${adapter.isActive ? says.on : says.off}`).join(', ')}`);
    },
  },
  save: {
    usage: 'FILE',
    async run(session, argument) {
      const { says } = session.options;
      if (argument === '') return session.note(says.saveWhere);
      const { cwd } = session.context.io;
      const file = outputPath(cwd, argument, '/save');
      const shown = shortPath(cwd, file);
      await checkNewFile(file, { shown, force: false, reads: [], option: '/save' });
      await writeWholeFile(file, `${JSON.stringify({ messages: session.conversation.messages() })}\n`);
      session.note(says.saved(shown));
    },
  },
  exit: { usage: '', run: () => 'exit' },
};

/** With their slashes. */
export const commandNames = (): string[] => Object.keys(commands).map((name) => `/${name}`);

/**
 * Carries out a line that begins with a slash. What is wrong with it is said; the conversation goes on.
 * @throws {Interrupted} when the whole command is stopped
 */
export async function runCommand(session: ChatSession, line: string): Promise<'exit' | 'done'> {
  const [, name, argument] = /^\/(\S*)\s*(.*)$/s.exec(line.trim())!;
  const command = Object.hasOwn(commands, name!) ? commands[name as CommandName] : undefined;
  if (!command) {
    session.note(session.options.says.unknownCommand(name!));
    return 'done';
  }
  try {
    return (await command.run(session, argument!)) ?? 'done';
  } catch (error) {
    session.context.throwIfInterrupted();
    session.note(describe(error));
    return 'done';
  }
}
