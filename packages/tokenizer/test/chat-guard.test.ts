// What messages say never becomes a special token, whatever a template joins it with or makes of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer, chatMLTemplate, encodeChat, encodeConversation, renderChat, tokenizerFromJSON, UnigramTokenizer, WordPieceTokenizer, WordTokenizer, type ChatMessage, type Tokenizer } from '@kk/tokenizer';
import { english } from './support/texts.js';

const special = ['<|im_start|>', '<|im_end|>', '</s>'];
const bytePair = BytePairTokenizer.train(english, { vocabSize: 300, specialTokens: special });
const json = bytePair.toJSON() as { added_tokens: object[] };
const tokenizers: Record<string, Tokenizer> = {
  bytePair,
  'with offsets of a normalizer': tokenizerFromJSON({ ...json, normalizer: { type: 'NFKC' } }),
  'whose special tokens are found in normalized text': tokenizerFromJSON({ ...json, normalizer: { type: 'NFKC' }, added_tokens: json.added_tokens.map((token) => ({ ...token, normalized: true })) }),
  unigram: UnigramTokenizer.train(english, { vocabSize: 320, specialTokens: special }),
  wordPiece: WordPieceTokenizer.train(english, { vocabSize: 320, specialTokens: ['[UNK]', ...special] }),
  word: WordTokenizer.train(english, { specialTokens: special }),
};

const turn = (content: string): string => `{% for m in messages %}<|im_start|>{{ m.role }}\n{% generation %}${content}{% endgeneration %}<|im_end|>{% endfor %}`;
/** Templates that join contents with parts of special tokens, cut them, or change their letters. */
const templates = {
  ChatML: chatMLTemplate,
  'parts of a token before and behind': turn("{{ '<' + m.content + '>' }}"),
  'longer parts': turn("{{ '<|im_' + m.content + '|>' }}"),
  trimmed: turn("{{ '<|' + m.content | trim + '|>' }}"),
  'in small letters': turn("{{ '<' + m.content | lower + '>' }}"),
  'without some letters': turn("{{ m.content | replace('x', '') }}"),
  'looks into it': turn("{{ '<' + m.content.split('</think>')[-1] + '>' }}"),
};
const piece = fc.constantFrom('<', '|', '>', '<|', '|>', '<|im_', 'im_end', 'im_start', 'end', '|im_end|>', 'im_end|>', '|IM_END|>', '<|im_end|', '/s', '</', 's>', 'x', ' ', '\n', 'a', '＜|im_end|＞', '<|xim_xend|>', ...special, '</think>', '\u{1F98A}');
const content = fc.oneof(fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')), fc.string({ unit: 'grapheme', maxLength: 8 }));

describe.each(Object.keys(tokenizers))('the tokenizer %s', (name) => {
  const tokenizer = tokenizers[name]!;
  const ids = new Set(tokenizer.specialTokens.values());
  const specialIds = (all: Iterable<number>): number[] => [...all].filter((id) => ids.has(id));
  const counted = new Set(special.map((token) => tokenizer.specialTokens.get(token)!));
  const marksIn = (all: Iterable<number>): number[] => specialIds(all).filter((id) => counted.has(id));

  it.each(Object.entries(templates))('takes no special token from messages: %s', async (_, template) => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 3 }), async (contents) => {
        const talk = (texts: readonly string[]): ChatMessage[] => texts.map((text) => ({ role: 'assistant', content: text }));
        const expected = marksIn(await encodeChat(tokenizer, talk(contents.map(() => 'a')), { template }));
        expect(expected).toHaveLength(2 * contents.length);
        expect(marksIn(await encodeChat(tokenizer, talk(contents), { template }))).toEqual(expected);
        const encoded = await encodeConversation(tokenizer, talk(contents), { template }).catch((error: Error) => error.message);
        if (typeof encoded === 'string') expect(encoded).toMatch(/^No token begins inside|does not write what the assistant says/);
        else expect(marksIn(encoded.ids)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

it('added tokens that are not special stay text too, unless they are allowed', async () => {
  const flags = { normalized: false, single_word: false, lstrip: false, rstrip: false };
  const added = tokenizerFromJSON({ ...json, added_tokens: [...json.added_tokens, { id: 300, content: '<think>', special: false, ...flags }, { id: 301, content: '    ', special: false, ...flags }] });
  const messages = [{ role: 'user', content: 'a<think>b' }];
  const template = chatMLTemplate;
  expect(await encodeChat(added, messages, { template })).not.toContain(300);
  expect(await encodeChat(added, messages, { template: template.replaceAll("['content']", "['content'] + '<think>'") })).toContain(300);
  expect(await encodeChat(added, messages, { template, allowedInMessages: ['<think>'] })).toContain(300);
  expect([...(await encodeConversation(added, [...messages, { role: 'assistant', content: '<think>' }], { template, allowedInMessages: ['<think>'] })).ids].filter((id) => id === 300)).toHaveLength(2);
  expect(await encodeChat(added, [{ role: 'user', content: 'a    b' }], { template })).toContain(301); // white space steers nothing
  await expect(encodeChat(added, messages, { template, allowedInMessages: ['<thnk>'] })).rejects.toThrow('encodeChat: allowedInMessages names "<thnk>", which is no token of this tokenizer');
  await expect(encodeChat(added, messages, { template, allowedInMessages: '<think>' as never })).rejects.toThrow('encodeChat: allowedInMessages is "<think>"; expected a list of tokens');
});

it('a template that compares or cuts what messages say writes what it always does', async () => {
  const compares = "{% for m in messages %}{{ '<|im_start|>' if m.content == '<|im_end|>' else m.content }}{% endfor %}";
  const cuts = turn("{{ '<' + m.content[1:] + '>' }}");
  const counts = turn("{{ raise_exception('not 3') if m.content | length != 3 }}{{ m.content }}");
  const said = (content: string): ChatMessage[] => [{ role: 'assistant', content }];
  const start = bytePair.specialTokens.get('<|im_start|>');
  for (const [template, content, expected] of [
    [compares, '<|im_end|>', '<|im_start|>'],
    [compares, '<|im_start|>', '<|im_start|>'],
    [cuts, 'x|im_end|', '<|im_start|>assistant\n<|im_end|><|im_end|>'],
    [counts, 'abc', '<|im_start|>assistant\nabc<|im_end|>'],
  ] as const) {
    const ids = await encodeChat(bytePair, said(content), { template });
    expect(bytePair.decode(ids)).toBe(expected);
    expect(ids.filter((id) => id === bytePair.specialTokens.get('<|im_end|>'))).toHaveLength(template === compares ? 0 : 1);
    expect(ids.includes(start!)).toBe(template !== compares || content === '<|im_end|>');
  }
});

it('a message that goes on behind a token of the template does not take the token away', async () => {
  const tokenizer = BytePairTokenizer.train(english, { vocabSize: 300, specialTokens: ['<|im_', '<|im_end|>'] });
  const ids = await encodeChat(tokenizer, [{ role: 'user', content: 'end|>' }], { template: "{{ '<|im_' + messages[0].content }}" });
  expect(ids[0]).toBe(tokenizer.specialTokens.get('<|im_'));
  expect(ids).not.toContain(tokenizer.specialTokens.get('<|im_end|>'));
});

describe('a template that goes on and on', () => {
  const messages = [{ role: 'user', content: 'x' }];
  it.each([
    ['{% for i in range(3000000) %}x{% endfor %}', 'range(3000000) has more than 100000 items'],
    ['{% for i in range(0, -3000000, -1) %}x{% endfor %}', 'range(0, -3000000, -1) has more than 100000 items'],
    ['{% for i in range(60000) %}{% endfor %}', 'it takes more than 500000 steps'],
    ['{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}', 'it takes more than 500000 steps'],
    ['{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}', 'it takes more than 500000 steps'],
    ["{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s }}", 'it handles more than 50000000 characters'],
    ['{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}', 'it handles more than 50000000 characters'],
  ])('is stopped: %s', async (template, reason) => {
    await expect(renderChat(messages, { template })).rejects.toThrow(`The chat template fails on these messages: ${reason}`);
  });

  it('is none that has what Jinja has', async () => {
    const write = (template: string): Promise<string> => renderChat(messages, { template });
    expect(await write('{% for i in range(5, 0, -2) %}{{ i }}{% endfor %}{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(2, 2) %}no{% endfor %}')).toBe('531012');
    expect(await write("{{ true }}{{ False }}{{ none is none }}{{ strftime_now('%Y') | length }}")).toBe('truefalsetrue4');
    await expect(write('{% for i in range(1, 2, 0) %}{% endfor %}')).rejects.toThrow('the step of range is 0');
  });
});
