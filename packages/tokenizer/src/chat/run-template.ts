// Runs a Jinja template with limits, so that one from somewhere else ends soon whatever it says. `@huggingface/jinja` has none: `range` makes
// any number of items, loops may be nested, and a text may be doubled again and again.

/** A template that was read. */
export interface ParsedTemplate {
  /** @throws {Error} when the template fails, or goes beyond the limits */
  render(variables: Readonly<Record<string, unknown>>): string;
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

    override evaluate(...[statement, environment]: Parameters<Evaluate>): ReturnType<Evaluate> {
      const { type, iterable } = Object(statement) as { type?: string; iterable?: { type: string; lhs?: unknown } };
      if (type === 'For' && iterable) this.#iterables.add(iterable.type === 'SelectExpression' ? iterable.lhs : iterable);
      const result = super.evaluate(statement, environment);
      const { value } = result as { value: unknown };
      const length = typeof value === 'string' || Array.isArray(value) ? value.length : 0;
      this.#contents += length;
      this.#steps += this.#iterables.has(statement) ? STEPS_OF_AN_ITEM * length : 1;
      if (this.#steps > MOST_STEPS) throw new Error(`it takes more than ${MOST_STEPS} steps, as with loops inside of loops`);
      if (this.#contents > MOST_CONTENTS) throw new Error(`it handles more than ${MOST_CONTENTS} characters`);
      return result;
    }
  }
  type Evaluate = InstanceType<typeof Interpreter>['evaluate'];

  const { parsed } = new Template(text);
  const globals = { true: true, True: true, false: false, False: false, none: null, None: null, raise_exception: raiseException, range, strftime_now: (format: string) => new Template('{{ strftime_now(format) }}').render({ format }) };
  return {
    render(variables) {
      const environment = new Environment();
      for (const [name, value] of [...Object.entries(globals), ...Object.entries(variables)]) environment.set(name, value);
      return String(new LimitedInterpreter(environment).run(parsed).value);
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
