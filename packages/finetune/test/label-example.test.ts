// Ids and labels of each form of example, and what has nothing to learn.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BytePairTokenizer, chatMLTemplate, chatMLTokens, tokenizerFromJSON, type Tokenizer } from '@kk/tokenizer';
import { inSteps } from '../src/data/in-steps.js';
import { labelExample, labelExamples, readExamples, type LabelledTokens, type LabelOptions, type TuningExample } from '../src/index.js';

const text = 'Anna lost the key in the garden. Where is the key? The key is in the garden. Who is there? Anna is there. '.repeat(8);
let tokenizer: Tokenizer;
let end: number;
beforeAll(() => {
  tokenizer = BytePairTokenizer.train(text, { vocabSize: 300, specialTokens: ['<|endoftext|>', ...chatMLTokens] });
  end = tokenizer.specialTokens.get('<|endoftext|>')!;
});

/** The text of the learned tokens, and of all. */
const texts = ({ ids, learned }: LabelledTokens): [learned: string, all: string] => [tokenizer.decode(ids.filter((_, i) => learned[i] === 1)), tokenizer.decode(ids)];
const label = async (example: TuningExample, options?: LabelOptions): Promise<[string, string]> => texts(await labelExample(tokenizer, example, options));

const talk = { messages: [{ role: 'user', content: 'Who?' }, { role: 'assistant', content: 'Anna' }, { role: 'user', content: 'Where?' }, { role: 'assistant', content: 'there' }] };

it('long work hears a signal between its steps', async () => {
  const stopped = new Error('Stopped.');
  const endless = function* (): Generator<number, never, void> {
    for (;;) yield 0;
  };
  const controller = new AbortController();
  setTimeout(() => controller.abort(stopped));
  await expect(inSteps(endless(), controller.signal)).rejects.toBe(stopped);
  const example = { text: 'Anna is there. '.repeat(20_000) };
  await expect(labelExample(tokenizer, example, { signal: controller.signal })).rejects.toBe(stopped);
  expect(texts(await labelExample(tokenizer, example, { signal: new AbortController().signal }))[1]).toBe(example.text);
});

describe('labelExample', () => {
  it('learns a completion and its end, with the prompt only if asked', async () => {
    const example = { prompt: 'Who is there?', completion: ' Anna' };
    expect(await label(example)).toEqual([' Anna', 'Who is there? Anna']);
    expect(await label(example, { endOfText: end })).toEqual([' Anna<|endoftext|>', 'Who is there? Anna<|endoftext|>']);
    const [learned, all] = await label(example, { endOfText: end, learn: 'all' });
    expect(all.endsWith(learned)).toBe(true);
    const { learned: labels } = await labelExample(tokenizer, example, { learn: 'all' });
    expect([...labels]).toEqual([0, ...Array.from({ length: labels.length - 1 }, () => 1)]);
  });

  it('learns all of a text but its first token', async () => {
    const { ids, learned } = await labelExample(tokenizer, { text: 'Anna is there.' }, { endOfText: end });
    expect([...ids]).toEqual([...tokenizer.encode('Anna is there.'), end]);
    expect([...learned]).toEqual(Array.from(ids, (_, i) => (i === 0 ? 0 : 1)));
  });

  it('learns the turns of the assistant, the last of them, or all', async () => {
    expect((await label(talk))[0]).toBe('Anna<|im_end|>there<|im_end|>');
    expect((await label(talk, { learn: 'completion' }))[0]).toBe('there<|im_end|>');
    const [learned, all] = await label(talk, { learn: 'all' });
    expect(all).toBe(`<|im_start|>${learned}`);
    expect(await label(talk, { endOfText: end })).toEqual(await label(talk)); // a conversation ends as its template says
  });

  it('does not learn a token that begins in the prompt', async () => {
    const joined = await labelExample(tokenizer, { prompt: 'Where is the k', completion: 'ey?' });
    expect([...joined.ids]).toEqual(tokenizer.encode('Where is the key?'));
    expect(texts(joined)[0]).toBe('?');
    await expect(labelExample(tokenizer, { prompt: 'Where is the k', completion: 'ey' })).rejects.toThrow('has no token to learn');
  });

  it('learns exactly the tokens that begin in the completion, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 10 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }), async (prompt, completion) => {
        const { ids, learned } = await labelExample(tokenizer, { prompt, completion }, { endOfText: end });
        const { offsets } = tokenizer.encodeWithDetails(prompt + completion);
        expect([...ids]).toEqual([...tokenizer.encode(prompt + completion), end]);
        expect([...learned]).toEqual([...offsets.map(([start], i) => (i > 0 && start >= prompt.length ? 1 : 0)), 1]);
      }),
    );
  });

  it('keeps special tokens in texts as text, unless they are to be read', async () => {
    const written = { text: '<|im_start|>user\nWho?<|im_end|>' };
    expect((await labelExample(tokenizer, written)).ids).not.toContain(tokenizer.specialTokens.get('<|im_start|>'));
    expect([...(await labelExample(tokenizer, written, { allowedSpecial: 'all' })).ids]).toEqual(tokenizer.encode(written.text, { allowedSpecial: 'all' }));
    expect((await labelExample(tokenizer, { text: 'Who?<|endoftext|>' }, { allowedSpecial: 'all', endOfText: end })).ids.filter((id) => id === end)).toHaveLength(1);
  });

  it('has one beginning of text, and learns the end that the tokenizer adds', async () => {
    const json = tokenizer.toJSON();
    const special = (id: string): object => ({ SpecialToken: { id, type_id: 0 } });
    const own = tokenizerFromJSON({
      ...json,
      post_processor: {
        type: 'TemplateProcessing',
        single: [special('<|im_start|>'), { Sequence: { id: 'A', type_id: 0 } }, special('<|im_end|>')],
        pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
        special_tokens: Object.fromEntries(chatMLTokens.map((token) => [token, { id: token, ids: [tokenizer.specialTokens.get(token)], tokens: [token] }])),
      },
    });
    const begin = own.specialTokens.get('<|im_start|>')!;
    for (const prompt of ['Who?', '<|im_start|>Who?']) {
      const labelled = await labelExample(own, { prompt, completion: ' Anna' }, { allowedSpecial: 'all' });
      expect(labelled.ids.filter((id) => id === begin)).toHaveLength(1);
      expect(labelled.ids[0]).toBe(begin);
      expect(texts(labelled)[0]).toBe(' Anna<|im_end|>');
    }
    const twice = await labelExample(own, { text: '<|im_start|>' + 'Who?' }); // here it is text
    expect(twice.ids.filter((id) => id === begin)).toHaveLength(1);
    expect(own.decode(twice.ids)).toBe('<|im_start|><|im_start|>Who?<|im_end|>');
  });
});

describe('what has nothing to learn', () => {
  it('is an error with its line', async () => {
    const lines = ['{"text": "Anna is there."}', '', JSON.stringify({ messages: talk.messages.slice(0, 1) })];
    await expect(labelExamples(tokenizer, readExamples(lines.map((line) => `${line}\n`)))).rejects.toThrow('Line 3: The conversation has no message of "assistant"');
    await expect(labelExamples(tokenizer, [{ line: 7, example: { text: 'A' } }])).rejects.toThrow('Line 7: the example has no token to learn: it is 1 tokens long');
    expect(await labelExamples(tokenizer, [{ line: 7, example: { text: 'A' } }], { endOfText: end })).toHaveLength(1);
  });

  it('is named by its place where there are no lines', async () => {
    expect(await labelExamples(tokenizer, [{ text: 'Anna is' }, talk])).toEqual(await labelExamples(tokenizer, [{ line: 1, example: { text: 'Anna is' } }, { line: 2, example: talk }]));
    await expect(labelExamples(tokenizer, [talk, { text: 'A' }])).rejects.toThrow('examples[1]: the example has no token to learn');
    await expect(labelExamples(tokenizer, [undefined as never])).rejects.toThrow('examples[0]: found missing; expected {"text": ...}');
  });

  it('are roles that no template knows', async () => {
    const said = (role: string): TuningExample => ({ messages: [{ role, content: 'Who?' }] });
    await expect(labelExample(tokenizer, said('human'))).rejects.toThrow('messages[0].role is "human"; expected "user", as chat templates call it: rename it');
    await expect(labelExample(tokenizer, said('gpt'))).rejects.toThrow('messages[0].role is "gpt"; expected "assistant"');
  });

  it('is ChatML without its special tokens', async () => {
    const plain = BytePairTokenizer.train(text, { vocabSize: 300, specialTokens: ['<|im_end|>'] });
    for (const options of [{}, { template: chatMLTemplate }, { learn: 'all' }] as const) {
      await expect(labelExample(plain, talk, options)).rejects.toThrow('the tokenizer has no special token <|im_start|>, with which ChatML, the default template, marks turns: add them with withSpecialTokens(tokenizer, chatMLTokens)');
    }
    expect((await labelExample(plain, { prompt: 'Who?', completion: ' Anna' })).learned).toContain(1);
    expect((await labelExample(plain, talk, { template: '{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}' })).learned).toContain(1);
  });

  it('are options and examples that are none', async () => {
    await expect(labelExample(tokenizer, { text: 'a b' }, { learn: 'user' as never })).rejects.toThrow("learn is user; expected 'assistant', 'completion' or 'all'");
    await expect(labelExample(tokenizer, { text: 'a b' }, { endOfText: 999 })).rejects.toThrow(`endOfText is 999; expected a token id from 0 to ${tokenizer.vocabSize - 1}`);
    await expect(labelExample(tokenizer, { text: 'a b' }, { allowedSpecial: 'none' as never })).rejects.toThrow("allowedSpecial is none; expected 'all'");
    await expect(labelExample(tokenizer, { text: 'a b' }, { endOfTxt: 1 } as never)).rejects.toThrow("unknown option 'endOfTxt', did you mean 'endOfText'?");
    await expect(labelExample(tokenizer, {} as never)).rejects.toThrow('found the fields (none); expected {"text": ...}');
  });
});
