// A misspelt option is refused by every public function, constructor and method that takes options, with an error that names it.
import { expect, it } from 'vitest';
import { anotherFirst, errors, withoutClass } from './exceptions.js';
import { functionsWithOptions, type FunctionWithOptions } from './functions-with-options.js';

const misspelt = { temprature: 1 };

/** What stands for every other argument: whatever is asked of it, it answers with itself, and as a list it is empty. */
const anything: unknown = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.iterator ? [][Symbol.iterator] : name === Symbol.toPrimitive ? () => 1 : name === 'then' ? undefined : anything),
  has: () => true,
  apply: () => anything,
  construct: () => anything as object,
});

/** Calls it with misspelt options: they are looked at before anything is done. */
async function callWith({ entry, exported, kind, method, places }: FunctionWithOptions, place: number): Promise<void> {
  type Callable = (...args: unknown[]) => unknown;
  const module = (await import(/* @vite-ignore */ entry)) as Record<string, Callable>;
  const called = module[exported]!;
  const args = Array.from({ length: Math.max(...places) + 1 }, (_, i) => (i === place ? misspelt : anything));
  if (kind === 'constructor') Reflect.construct(called, args);
  else await settled(kind === 'function' ? called(...args) : kind === 'static' ? (called as unknown as Record<string, Callable>)[method]!(...args) : (called.prototype as Record<string, Callable>)[method]!.call(Object.create(called.prototype as object), ...args));
}

/** What a promise says, and a generator with its first step. */
async function settled(result: unknown): Promise<void> {
  const value = await result;
  if (typeof value === 'object' && value !== null && 'next' in value) await (value as AsyncIterator<unknown>).next();
}

async function refuses(one: FunctionWithOptions): Promise<boolean> {
  for (const place of one.places) {
    try {
      await callWith(one, place);
      return false;
    } catch (error) {
      if (!/unknown (?:option|field) ['"]temprature['"]/.test((error as Error).message)) return false;
    }
  }
  return true;
}

const all = functionsWithOptions();
const exceptions = [...anotherFirst, ...errors, ...withoutClass];

it('finds the functions of all packages', () => {
  expect(new Set(all.map(({ entry }) => entry.split('/').slice(0, 2).join('/'))).size).toBeGreaterThanOrEqual(9);
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['@kk/sampler sampleToken', '@kk/sampler new Sampler', '@kk/tokenizer BytePairTokenizer::train', '@kk/tokenizer BytePairTokenizer.encode']));
});

it('lists as exceptions exactly what does not show that it refuses a misspelt option', async () => {
  const silent: string[] = [];
  for (const one of all) if (one.kind === 'interface' || !(await refuses(one))) silent.push(one.name);
  expect(silent.sort()).toEqual([...exceptions].sort());
});
