// Runs a Jinja template with limits, so that one from somewhere else ends soon whatever it says. `@huggingface/jinja` has none: `range` makes
// any number of items, loops may be nested, and a text may be doubled again and again.
import { Absences } from './absences.js';
import { Origins, writtenNodes } from './origins.js';
import type { TextWithParts } from './text-parts.js';

export interface TemplateVariables {
  /** Variables whose texts count as the template's. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Variables whose texts the caller gave. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Whether a text of the caller is a name, by the field that it stands in. */
  readonly isName: (text: string, field: string) => boolean;
}

/** A template that was read. */
export interface ParsedTemplate {
  /**
   * @param withParts  whether to follow what the caller gave; without, no part of the text counts as given
   * @throws {Error} when the template fails, or goes beyond the limits
   */
  render(variables: TemplateVariables, withParts: boolean): TextWithParts;
}

/** Parts of a template that are evaluated for one conversation, and items of its loops. A message takes some fifty. */
const MOST_STEPS = 500_000;
/** The library makes a scope of its own for each item of a loop, before it evaluates the first one: that takes as long as so many parts. */
const STEPS_OF_AN_ITEM = 10;
/** Characters and items of all values on the way. Each character of a message takes about ten. */
const MOST_CONTENTS = 50_000_000;
/** Items of one `range`. */
const MOST_ITEMS = 100_000;

/** @throws {Error} when the template is not valid Jinja */
export async function parseTemplate(text: string): Promise<ParsedTemplate> {
  const { Environment, Interpreter, Template } = await import('@huggingface/jinja');

  class LimitedInterpreter extends Interpreter {
    #steps = 0;
    #contents = 0;
    /** What loops go through: the library prepares each item before it evaluates the first one. */
    readonly #iterables = new Set<unknown>();
    readonly #absences = new Absences();
    readonly #origins: Origins | undefined;

    constructor(environment: InstanceType<typeof Environment>, origins: Origins | undefined) {
      super(environment);
      this.#origins = origins;
    }

    override evaluate(...[statement, environment]: Parameters<Evaluate>): ReturnType<Evaluate> {
      const { type, iterable } = Object(statement) as { type?: string; iterable?: { type: string; lhs?: unknown } };
      if (type === 'For' && iterable) this.#iterables.add(iterable.type === 'SelectExpression' ? iterable.lhs : iterable);
      const result = this.#evaluateNamed(statement, environment);
      const { value } = result as { value: unknown };
      const length = typeof value === 'string' || Array.isArray(value) ? value.length : 0;
      this.#contents += length;
      this.#steps += this.#iterables.has(statement) ? STEPS_OF_AN_ITEM * length : 1;
      if (this.#steps > MOST_STEPS) throw new Error(`it takes more than ${MOST_STEPS} steps, as with loops inside of loops`);
      if (this.#contents > MOST_CONTENTS) throw new Error(`it handles more than ${MOST_CONTENTS} characters`);
      return result;
    }

    /** Errors say which variable or field is absent. A loop through one has no items, as in Jinja. */
    #evaluateNamed(...[statement, environment]: Parameters<Evaluate>): ReturnType<Evaluate> {
      const depth = this.#absences.enter();
      try {
        const result = statement && this.#origins ? this.#evaluateWithParts(statement, environment, this.#origins) : super.evaluate(statement, environment);
        if (this.#iterables.has(statement) && result.type === 'UndefinedValue') return new Environment().set('none', []);
        this.#absences.leave(depth, statement, result.type);
        return result;
      } catch (error) {
        throw this.#absences.explain(depth, error);
      }
    }

    #evaluateWithParts(statement: NonNullable<Parameters<Evaluate>[0]>, environment: Parameters<Evaluate>[1], origins: Origins): ReturnType<Evaluate> {
      const mark = origins.enter();
      try {
        const result = super.evaluate(statement, environment);
        origins.leave(mark, statement, result, (name) => environment.lookupVariable(name));
        return result;
      } catch (error) {
        origins.fail(mark, statement);
        throw error;
      }
    }
  }
  type Evaluate = InstanceType<typeof Interpreter>['evaluate'];

  const { parsed } = new Template(text);
  // The reference hands the last two to every template; `none` is what they are where a program gives none.
  const globals = { true: true, True: true, false: false, False: false, none: null, None: null, raise_exception: raiseException, range, strftime_now: (format: string) => new Template('{{ strftime_now(format) }}').render({ format }), tools: null, documents: null };
  const written = writtenNodes(parsed);
  return {
    render({ own, given, isName }, withParts) {
      const environment = new Environment();
      const origins = withParts ? new Origins(written) : undefined;
      for (const [name, value] of Object.entries({ ...globals, ...own, ...given })) {
        const isGiven = Object.hasOwn(given, name);
        const variable = environment.set(name, value);
        origins?.addVariable(variable, isGiven, isName);
      }
      const result = new LimitedInterpreter(environment, origins).run(parsed);
      return { text: String(result.value), given: origins?.of(result) ?? [] };
    },
  };
}

function raiseException(reason: string): never {
  throw new Error(reason);
}

/** Python's `range`. */
function range(first: number, last?: number, step = 1): number[] {
  const [start, stop] = last === undefined ? [0, first] : [first, last];
  if (step === 0) throw new Error('the step of range is 0');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (!(count <= MOST_ITEMS)) throw new Error(`range(${[first, ...(last === undefined ? [] : [last, step])].join(', ')}) has more than ${MOST_ITEMS} items`);
  return Array.from({ length: count }, (_, i) => start + i * step);
}
