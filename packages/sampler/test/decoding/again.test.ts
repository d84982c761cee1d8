// One sampler for one text after another, and tokens that end a text wherever they were named: by every way to write one.
import { describe, expect, it } from 'vitest';
import { beamSearch, bestOf, contrastiveSearch, explain, generate, type GenerateOptions, guided, type HiddenStateModel, type NextTokenModel, Sampler, speculativeGenerate } from '../../src/index.js';
import { constrain, gbnfConstraint, type Constraint, prefixConstraint, regexConstraint, TokenVocabulary } from '../../src/grammar/index.js';
import * as stages from '../../src/stages/index.js';
import { bytesOf } from '../grammar/helpers.js';

const [A, B, END] = [0, 1, 2];
const letters = new TokenVocabulary([bytesOf('a'), bytesOf('b'), undefined], { endTokens: [END] });
/** Every token equally probable. */
const even: NextTokenModel & HiddenStateModel = {
  vocabSize: 3,
  next: () => new Float32Array(3),
  nextWithHidden: (context) => ({ logits: new Float32Array(3), hidden: Float32Array.of(1, context.length) }),
};
/** The end is far more probable than all others. */
const hasty: NextTokenModel = { vocabSize: 3, next: () => Float32Array.of(0, 0, 20) };

async function all(ids: AsyncIterable<number>): Promise<number[]> {
  const collected: number[] = [];
  for await (const id of ids) collected.push(id);
  return collected;
}

type Write = (model: NextTokenModel, prompt: readonly number[], options: GenerateOptions & { sampler: Sampler }) => Promise<readonly number[]>;

const ways: Readonly<Record<string, Write>> = {
  generate: (model, prompt, options) => all(generate(model, prompt, options)),
  speculativeGenerate: (model, prompt, options) => all(speculativeGenerate(model, even, prompt, options)),
  bestOf: async (model, prompt, options) => (await bestOf(model, prompt, { ...options, n: 1 }))[0].ids,
  beamSearch: async (model, prompt, { maxTokens, stopTokens, sampler, resume }) => (await beamSearch(model, prompt, { maxTokens, stopTokens, sampler, resume, beams: 2 }))[0].ids,
  'generate with guided': (model, prompt, options) => all(generate(guided(model, { scale: 2, promptLength: prompt.length, negativePrompt: [B] }), prompt, options)),
};

const forms: Readonly<Record<string, () => Constraint>> = {
  regexConstraint: () => regexConstraint('ab', letters),
  gbnfConstraint: () => gbnfConstraint('root ::= "a" b\nb ::= "b"', letters),
};

describe.each(Object.entries(ways))('%s', (_name, write) => {
  it.each(Object.entries(forms))('writes a whole text again and again with one sampler of %s', async (_, form) => {
    const sampler = new Sampler([constrain(form())], { seed: 1 });
    for (let run = 0; run < 3; run++) expect(await write(even, [A], { maxTokens: 9, sampler })).toEqual([A, B]);
    // Cut off in the middle, too.
    expect(await write(even, [A], { maxTokens: 1, sampler })).toEqual([A]);
    expect(await write(even, [A], { maxTokens: 9, sampler })).toEqual([A, B]);
  });

  it('goes on with a text that the sampler has begun, where it is told to', async () => {
    const sampler = new Sampler([constrain(regexConstraint('abab', letters))], { seed: 1 });
    for (const id of [A, B]) sampler.accept(id);
    expect(await write(even, [A, B], { maxTokens: 9, sampler, resume: true })).toEqual([A, B]);
  });

  it('ends with the end tokens that a constraint knows, and with those of stopTokens', async () => {
    const sampler = new Sampler([constrain(regexConstraint('a*', letters))], { seed: 1 });
    expect(await write(hasty, [A], { maxTokens: 9, sampler })).toEqual([]);
    const free = new Sampler([], { seed: 1 });
    expect(await write(hasty, [A], { maxTokens: 9, sampler: free, stopTokens: [END] })).toEqual([]);
  });

  it('keeps a minimum length, wherever the end was named', async () => {
    const form = (): ReturnType<typeof constrain> => constrain(regexConstraint('[ab]*', letters));
    const minimum = stages.minLength(4, []);
    // By the constraint, by stopTokens, by the stage itself.
    for (const [chain, stopTokens] of [[[form(), minimum], []], [[minimum, form()], []], [[minimum], [END]], [[stages.minLength(4, [END])], []]] as const) {
      const sampler = new Sampler(chain, { seed: 1 });
      for (let run = 0; run < 2; run++) expect((await write(hasty, [A, B], { maxTokens: 9, sampler, stopTokens })).length).toBe(4);
    }
  });
});

describe('endTokens and stopTokens', () => {
  it.each(['stopTokens', 'endTokens'] as const)('are the same to a text, and to minNewTokens: %s', async (named) => {
    const options = { maxTokens: 9, seed: 1, [named]: [END] };
    expect(await all(generate(hasty, [A], options))).toEqual([]);
    expect((await all(generate(hasty, [A], { ...options, minNewTokens: 5 }))).length).toBe(5);
    expect((await all(speculativeGenerate(hasty, hasty, [A], { ...options, minNewTokens: 5 }))).length).toBe(5);
    expect((await bestOf(hasty, [A], { ...options, n: 2, minNewTokens: 5 })).map(({ ids, stopToken }) => [ids.length, stopToken])).toEqual([[5, END], [5, END]]);
    // Iterators are read once.
    expect((await all(generate(hasty, [A], { ...options, [named]: new Set([END]).values(), minNewTokens: 5 }))).length).toBe(5);
  });

  it('must be tokens of the model', async () => {
    await expect(all(generate(even, [A], { maxTokens: 1, endTokens: [3] }))).rejects.toThrow('endTokens[0] is 3: expected a token id from 0 to 2');
    const sampler = new Sampler([stages.minLength(1, [5])]);
    await expect(all(generate(even, [A], { maxTokens: 1, sampler }))).rejects.toThrow('endTokens of the sampler[0] is 5: expected a token id from 0 to 2');
  });

  it('are known to a sampler without a way to write', () => {
    const sampler = new Sampler([stages.minLength(1, []), constrain(regexConstraint('a?', letters))], { seed: 1 });
    expect(sampler.endTokens).toEqual([END]);
    expect([...sampler.distribution(new Float32Array(3))]).toEqual([1, 0, 0]);
    expect(sampler.explain(new Float32Array(3)).stages[1].remaining).toBe(2);
    expect(explain(new Float32Array(3), sampler.stages)).toEqual(sampler.explain(new Float32Array(3)));
    sampler.accept(A);
    expect([...sampler.distribution(new Float32Array(3), { ids: [A], promptLength: 0 })]).toEqual([0, 0, 1]);
  });

  it('says which two wishes exclude each other', async () => {
    const sampler = new Sampler([constrain(regexConstraint('ab', letters)), stages.minLength(3, [])], { seed: 1 });
    await expect(all(generate(even, [A], { maxTokens: 9, sampler }))).rejects.toThrow('minLength: the text has fewer than 3 tokens, but only tokens that end it are possible here');
  });
});

describe('Sampler.reset', () => {
  it('leads every stage back, that of a fork too, and lets the generator go on', () => {
    const mirostat = stages.mirostat2({ tau: 2, mu: 3 });
    const sampler = new Sampler([constrain(prefixConstraint('ab', letters)), mirostat], { seed: 1 });
    const logits = Float32Array.of(1, 2, 0);
    const first = sampler.distribution(logits);
    for (const id of [A, B, A, A]) {
      sampler.sample(logits);
      sampler.accept(id);
    }
    expect(mirostat.mu).not.toBe(3);
    const fork = sampler.fork();
    expect(fork.distribution(logits)).not.toEqual(first);
    fork.reset();
    expect(fork.distribution(logits)).toEqual(first);
    expect(sampler.distribution(logits)).not.toEqual(first);
    const { state } = sampler.random as unknown as { state: unknown };
    sampler.reset();
    expect(sampler.distribution(logits)).toEqual(first);
    expect((sampler.random as unknown as { state: unknown }).state).toEqual(state);
    expect(mirostat.mu).toBe(3);
  });

  it('needs a sampler to resume', async () => {
    await expect(all(generate(even, [A], { maxTokens: 1, resume: true }))).rejects.toThrow('resume needs the sampler that drew the beginning of the text');
  });
});

it('contrastiveSearch, which has no sampler, writes the same text again', async () => {
  const write = (): Promise<number[]> => all(contrastiveSearch(even, [A], { maxTokens: 4, stopTokens: [END] }));
  expect(await write()).toEqual(await write());
});
