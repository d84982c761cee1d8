// A verb of kk: a Commander command that also says what it reads and writes, which options its bare arguments stand for, which options it
// requires, and which have no effect with others. The checks, the help, the completion and the README's table follow from these facts.
import { Command, InvalidArgumentError, type Option } from 'commander';
import { UsageError } from '../errors.js';
import { flagOf, flagWithValue } from './flags.js';
import { type Example, exampleLines, wrapLines } from './help.js';
import { checkRules, type Rule } from './rules.js';

/** What flows through a verb. Keys are options, or `stdin`/`text` for reading and `stdout` for writing; values say what it is. */
export interface Flow {
  reads?: Readonly<Record<string, string>>;
  writes?: Readonly<Record<string, string>>;
}

/** At least one of these options must be given. */
export interface Requirement {
  options: readonly string[];
  /** What to do; by default the verb's help is named. */
  hint?: string;
}

export class Verb extends Command {
  /** What it reads and writes. */
  flow: Required<Flow> = { reads: {}, writes: {} };
  readonly requirements: Requirement[] = [];
  /** Values that completion offers for an option without a fixed list of choices. */
  readonly suggestions = new Map<string, readonly string[]>();
  readonly #rules: Rule[] = [];
  /** The options that bare arguments stand for, in order. */
  readonly slots: Option[] = [];

  /** Commander calls this for `.command(name)`. */
  override createCommand(name?: string): Verb {
    return new Verb(name);
  }

  /** For example `kk markov train`. */
  get path(): string {
    return this.parent instanceof Verb ? `${this.parent.path} ${this.name()}` : this.name();
  }

  /** The hint of most usage errors. */
  get helpHint(): string {
    return `See ${this.path} --help`;
  }

  /** Declares what it reads and writes. */
  flows({ reads = {}, writes = {} }: Flow): this {
    this.flow = { reads, writes };
    return this;
  }

  /** Bare arguments stand for this option, which must be declared before. The first call is for the first argument, and so on. */
  argumentFor(name: string, argument = name): this {
    const option = this.optionNamed(name);
    this.slots.push(option);
    return this.argument(`[${argument}${option.variadic ? '...' : ''}]`, `the same as ${flagOf(option)}`);
  }

  /** At least one of these options must be given. */
  requires(options: readonly string[], hint?: string): this {
    this.requirements.push({ options, hint });
    return this;
  }

  /** The options have no effect without `other`. */
  needs(options: readonly string[], other: string): this {
    for (const option of options) this.#rules.push({ kind: 'needs', option, other });
    return this;
  }

  /** The options have no effect with `other`, or with some of its values. */
  excludes(options: readonly string[], other: string, ...values: readonly unknown[]): this {
    for (const option of options) this.#rules.push({ kind: 'excludes', option, other, values });
    return this;
  }

  /** The options have no effect when `reason` returns why, as the end of a sentence: `with --lang de`. */
  pointless<Options>(options: readonly string[], reason: (options: Options) => string | undefined): this {
    for (const option of options) this.#rules.push({ kind: 'pointless', option, reason: reason as (options: object) => string | undefined });
    return this;
  }

  /** Values that completion offers for an option. */
  suggests(option: string, values: readonly string[]): this {
    this.suggestions.set(option, values);
    return this;
  }

  /** Paragraphs for the end of the help. */
  notes(...paragraphs: readonly string[]): this {
    return this.addHelpText('after', () => paragraphs.map((text) => `\n${wrapLines(text, this.#columns)}`).join('\n'));
  }

  /** Commands for the end of the help, with a line about each where one is needed. */
  examples(...examples: readonly Example[]): this {
    return this.addHelpText('after', () => `\n${exampleLines(examples, this.#columns)}`);
  }

  /** What the verb does once its options are checked. */
  does<Options extends object>(work: (options: Options, verb: this) => unknown): this {
    return this.action(async () => {
      this.#fillSlots();
      this.#checkRequirements();
      checkRules(this, this.#rules);
      await work(this.opts<Options>(), this);
    });
  }

  /** @throws {Error} for an option that the verb does not have, which is a mistake of the programmer */
  optionNamed(name: string): Option {
    const option = this.options.find((known) => known.attributeName() === name);
    if (!option) throw new Error(`${this.name()} has no option ${name}.`);
    return option;
  }

  /** Whether the user gave the option, rather than its default. */
  isGiven(name: string): boolean {
    return this.getOptionValueSource(name) === 'cli';
  }

  get #columns(): number {
    return this.configureHelp().helpWidth ?? 80;
  }

  /** Bare arguments become values of the options that they stand for and that are not given, in order. */
  #fillSlots(): void {
    if (this.slots.length === 0) return;
    const named = this.slots.filter((option) => this.isGiven(option.attributeName()));
    const open = this.slots.filter((option) => !named.includes(option));
    for (const text of this.args) {
      const option = open[0]?.variadic ? open[0] : open.shift();
      if (!option) {
        throw new UsageError(`'${text}' stands for ${named.map(flagOf).join(' or ')}, which is given too.`, 'Leave one of the two out.');
      }
      this.#give(option, text);
    }
  }

  /** Gives an option a value, as if it had been given by its name. */
  #give(option: Option, text: string): void {
    const name = option.attributeName();
    const previous: unknown = this.isGiven(name) ? this.getOptionValue(name) : undefined;
    this.setOptionValueWithSource(name, valueOf(option, text, previous, this.helpHint), 'cli');
  }

  #checkRequirements(): void {
    for (const { options, hint } of this.requirements) {
      if (options.some((name) => this.getOptionValue(name) !== undefined)) continue;
      const needed = options.map((name) => flagWithValue(this.optionNamed(name))).join(' or ');
      throw new UsageError(`${this.path} needs ${needed}${needed.endsWith('.') ? '' : '.'}`, this.#swallowed(options) ?? hint ?? this.helpHint);
    }
  }

  /** The hint for a bare argument that an option with several values took: `--stop x MODEL`. */
  #swallowed(missing: readonly string[]): string | undefined {
    const slot = this.slots.find((option) => missing.includes(option.attributeName()));
    if (!slot) return undefined;
    for (const option of this.options) {
      const values: unknown = this.getOptionValue(option.attributeName());
      if (!option.variadic || !Array.isArray(values) || values.length < 2 || !this.isGiven(option.attributeName())) continue;
      return `${flagOf(option)} took '${String(values.at(-1))}', too. If that is the ${flagOf(slot).slice(2)}, give it before ${flagOf(option)}.`;
    }
    return undefined;
  }
}

/** @param previous  the value so far of an option that takes several */
function valueOf(option: Option, text: string, previous: unknown, hint: string): unknown {
  try {
    if (option.parseArg) return option.parseArg(text, previous);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new UsageError(`'${text}' is invalid for ${flagWithValue(option)}. ${error.message}`, hint);
    throw error;
  }
  return option.variadic ? [...((previous as string[] | undefined) ?? []), text] : text;
}
