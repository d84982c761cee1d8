// Which tokens of a conversation are learned: with generation blocks, without them in templates of many families, and what is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytePairTokenizer, chatMLTemplate, chatMLTokens, encodeChat, encodeConversation, tokenizerFromJSON, UnigramTokenizer, type ChatMessage, type EncodedConversation, type Tokenizer } from '@kk/tokenizer';
import { families } from './support/chat-families.js';
import { english } from './support/texts.js';

const train = (specialTokens: readonly string[]): Tokenizer => BytePairTokenizer.train(english, { vocabSize: 320, specialTokens: [...specialTokens] });
const tokenizer = train(chatMLTokens);

/** The learned tokens as texts, neighbours joined. */
function learnedTexts(by: Tokenizer, { ids, learned }: EncodedConversation): string[] {
  const runs: number[][] = [];
  ids.forEach((id, i) => {
    if (!learned[i]) return;
    if (learned[i - 1]) runs.at(-1)!.push(id);
    else runs.push([id]);
  });
  return runs.map((run) => by.decode(run));
}

const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });
const talk = [user('Who lost the key?'), assistant('Anna.'), user('Where?'), assistant('In the garden, \u{1F98A}!')];

describe('ChatML', () => {
  const text = '<|im_start|>user\nWho lost the key?<|im_end|>\n<|im_start|>assistant\nAnna.<|im_end|>\n<|im_start|>user\nWhere?<|im_end|>\n<|im_start|>assistant\nIn the garden, \u{1F98A}!<|im_end|>\n';

  it('learns every turn of the assistant with its end, and gives the ids of encodeChat', async () => {
    const encoded = await encodeConversation(tokenizer, talk, { template: chatMLTemplate });
    expect([...encoded.ids]).toEqual(await encodeChat(tokenizer, talk, { template: chatMLTemplate }));
    expect(tokenizer.decode([...encoded.ids])).toBe(text);
    expect(learnedTexts(tokenizer, encoded)).toEqual(['Anna.<|im_end|>', 'In the garden, \u{1F98A}!<|im_end|>']);
  });

  it('learns the same text with tokens that begin with a space', async () => {
    const unigram = UnigramTokenizer.train(english, { vocabSize: 320, specialTokens: [...chatMLTokens] });
    const encoded = await encodeConversation(unigram, [user('the fox'), assistant('the end'), user('the'), assistant('a')], { template: chatMLTemplate });
    expect(learnedTexts(unigram, encoded)).toEqual(['the end<|im_end|>', 'a<|im_end|>']);
  });

  it('learns the last turn alone', async () => {
    const encoded = await encodeConversation(tokenizer, talk, { template: chatMLTemplate, turns: 'last' });
    expect(learnedTexts(tokenizer, encoded)).toEqual(['In the garden, \u{1F98A}!<|im_end|>']);
    await expect(encodeConversation(tokenizer, talk.slice(0, 3), { template: chatMLTemplate, turns: 'last' })).rejects.toThrow('The last message is of "user"; expected one of "assistant"');
  });

  it('is a prompt that goes on as it was learned', async () => {
    const { ids, learned } = await encodeConversation(tokenizer, talk.slice(0, 2), { template: chatMLTemplate });
    const prompt = await encodeChat(tokenizer, talk.slice(0, 1), { template: chatMLTemplate, addGenerationPrompt: true });
    expect([...ids.slice(0, learned.indexOf(1))]).toEqual(prompt);
  });

  it('learns the same with and without its blocks, whatever is said', async () => {
    const plain = chatMLTemplate.replace(/\s*\{%- (end)?generation %\}/g, '');
    expect(plain).not.toContain('generation %}');
    const content = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('<|im_end|>', 'a<|im_start|>assistant\nb<|im_end|>', ' ', '\n', '\uFDD0\uFDD1'));
    const message = fc.record({ role: fc.constantFrom('system', 'user', 'assistant'), content });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 4 }), content, async (before, last) => {
        const messages = [...before, assistant(last)];
        const blocks = await encodeConversation(tokenizer, messages, { template: chatMLTemplate }).catch((error: Error) => error.message);
        expect(await encodeConversation(tokenizer, messages, { template: plain }).catch((error: Error) => error.message)).toEqual(blocks);
        if (typeof blocks === 'string') return;
        const ends = [...blocks.ids].filter((id, i) => blocks.learned[i] && id === tokenizer.specialTokens.get('<|im_end|>'));
        expect(ends).toHaveLength(messages.filter(({ role }) => role === 'assistant').length); // a forged end is text
      }),
      { numRuns: 40 },
    );
  });
});

describe.each(families)('$name', ({ template, tokens, variables, learned, takesSystem }) => {
  const own = train(tokens);

  it('learns what the assistant says, and the end of each turn', async () => {
    const expected = ['Anna.', 'In the garden, \u{1F98A}!'].map((content) => learned.replace('*', content));
    expect(learnedTexts(own, await encodeConversation(own, talk, { template, variables }))).toEqual(expected);
    expect(learnedTexts(own, await encodeConversation(own, talk, { template, variables, turns: 'last' }))).toEqual(expected.slice(1));
  });

  it('gives the ids of encodeChat', async () => {
    const { ids } = await encodeConversation(own, talk, { template, variables });
    expect([...ids]).toEqual(await encodeChat(own, talk, { template, variables }));
  });

  it(takesSystem ? 'takes a system message' : 'says that it takes no system message', async () => {
    const encoded = encodeConversation(own, [{ role: 'system', content: 'Be brief.' }, ...talk], { template, variables });
    if (takesSystem) expect(learnedTexts(own, await encoded)).toEqual(['Anna.', 'In the garden, \u{1F98A}!'].map((content) => learned.replace('*', content)));
    else await expect(encoded).rejects.toThrow('System role not supported');
  });
});

describe('generation blocks', () => {
  const turn = (inside: string): string => `{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' }}{% if m.role == 'assistant' %}${inside}{% else %}{{ m.content }}<|im_end|>{% endif %}{% endfor %}`;
  const learnedWith = async (template: string, messages = talk): Promise<string[]> => learnedTexts(tokenizer, await encodeConversation(tokenizer, messages, { template }));

  it('control white space as every tag does', async () => {
    expect(await learnedWith(turn("{% generation %} {{ m.content }} {% endgeneration %}."))).toEqual([' Anna. ', ' In the garden, \u{1F98A}! ']);
    expect(await learnedWith(turn("x  {%- generation -%}  {{ m.content }}<|im_end|>  {%- endgeneration -%}  "))).toEqual(['Anna.<|im_end|>', 'In the garden, \u{1F98A}!<|im_end|>']);
    expect(await learnedWith(turn("{% generation %}\n  {{- m.content }}<|im_end|>\n  {% endgeneration %}\n"))).toEqual(['Anna.<|im_end|>\n', 'In the garden, \u{1F98A}!<|im_end|>\n']);
  });

  it('learn the end of the turn even when it stands right behind the block', async () => {
    expect(await learnedWith(turn('{% generation %}{{ m.content | trim }}{% endgeneration %}<|im_end|>'), [user('a'), assistant(' b ')])).toEqual(['b<|im_end|>']);
    expect(await learnedWith(turn('{% generation %}{{ m.content }}<|im_end|>{% endgeneration %}'))).toEqual(['Anna.<|im_end|>', 'In the garden, \u{1F98A}!<|im_end|>']); // and not the beginning of the next turn
  });

  it('do not learn the token with which the next message begins, with and without blocks', async () => {
    const open = (inside: string): string => `{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' }}${inside}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`;
    const said = ['Anna.', 'In the garden, \u{1F98A}!'];
    expect(await learnedWith(open("{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}"))).toEqual(said);
    expect(await learnedWith(open('{{ m.content }}'))).toEqual(said);
    expect(await learnedWith(turn('{% generation %}{{ m.content }}{% endgeneration %}<|im_end|>'))).toEqual(said.map((content) => `${content}<|im_end|>`));
    expect(learnedTexts(tokenizer, await encodeConversation(tokenizer, talk, { template: turn('{% generation %}{{ m.content }}{% endgeneration %}<|im_end|>'), turns: 'last' }))).toEqual([`${said[1]}<|im_end|>`]);
  });

  it('may be several in a turn; the last turn has all of its own', async () => {
    const two = turn('{% generation %}{{ m.content }}{% endgeneration %}-{% generation %}#<|im_end|>{% endgeneration %}');
    expect(await learnedWith(two, talk.slice(0, 2))).toEqual(['Anna.', '#<|im_end|>']);
    expect(learnedTexts(tokenizer, await encodeConversation(tokenizer, talk, { template: two, turns: 'last' }))).toEqual(['In the garden, \u{1F98A}!', '#<|im_end|>']);
  });

  it('in a comment are none', async () => {
    expect(await learnedWith('{# put {% generation %} here #}{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}', talk.slice(0, 2))).toEqual(['Anna.<|im_end|>']);
  });

  it('are refused when nothing can be learned from them', async () => {
    await expect(learnedWith(turn('{{ m.content }}{% if false %}{% generation %}{% endgeneration %}{% endif %}'))).rejects.toThrow('has {% generation %} blocks, but writes none for the assistant');
    await expect(learnedWith(turn('{% set answer %}{% generation %} {{ m.content }}{% endgeneration %}{% endset %}{{ answer | trim }}'))).rejects.toThrow('passes a {% generation %} block through a filter');
    await expect(learnedWith(turn('{% generation %}{% generation %}{{ m.content }}{% endgeneration %}{% endgeneration %}'))).rejects.toThrow('blocks of the chat template are nested');
  });
});

describe('what cannot be labelled', () => {
  const prompt = "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

  it('is a template that changes what it has written: never all of it is learned, never nothing', async () => {
    // Qwen3's structure: thoughts stay in the last turn only.
    const forgets = `{% for m in messages %}<|im_start|>{{ m.role }}\n{% if not loop.last and m.role == 'assistant' %}{{ m.content.split('</think>')[-1] }}{% else %}{{ m.content }}{% endif %}<|im_end|>{% endfor %}${prompt}`;
    const thinking = [user('a'), assistant('<think>b</think>c'), user('d'), assistant('e')];
    await expect(encodeConversation(tokenizer, thinking, { template: forgets })).rejects.toThrow('the turn messages[1] cannot be found in its text: it writes the turn otherwise when other messages follow');
    // The system message before the last message of the user.
    const moves = `{% for m in messages %}{% if m.role != 'system' %}<|im_start|>{{ m.role }}\n{% if loop.revindex <= 2 and m.role == 'user' %}{{ messages[0].content }}{% endif %}{{ m.content }}<|im_end|>{% endif %}{% endfor %}${prompt}`;
    await expect(encodeConversation(tokenizer, [{ role: 'system', content: 'Be brief.' }, ...talk], { template: moves })).rejects.toThrow('messages[2] cannot be found in its text: it writes the messages before otherwise');
    const fails = `{{ messages[0].content }}{% if messages | length < 2 %}{{ raise_exception('too few') }}{% endif %}`;
    await expect(encodeConversation(tokenizer, talk, { template: fails })).rejects.toThrow('it fails on the messages before (too few)');
  });

  it('is a template without blocks that does not begin the turn when it is asked to', async () => {
    const ignores = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>{% endfor %}";
    await expect(encodeConversation(tokenizer, talk, { template: ignores })).rejects.toThrow('messages[1] cannot be found in its text: add_generation_prompt adds nothing, and so "<|im_start|>assistant\\n", which stands before what the assistant says, would be learned. Put {% generation %}');
  });

  it('is a template that does not write the messages', async () => {
    const misspelt = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.contents }}<|im_end|>{% endfor %}";
    for (const template of ['Hello', misspelt + prompt, misspelt.replace('{{ m.contents }}', '{% generation %}{{ m.contents }}{% endgeneration %}')]) {
      await expect(encodeConversation(tokenizer, talk, { template })).rejects.toThrow('The chat template does not write what the assistant says: expected one that writes message.content');
    }
  });

  it('is a template that fails: the error names it, what it says, and what to do', async () => {
    const remedy = 'use another template, such as chatMLTemplate.';
    for (const [template, reason] of [
      ['{% for m in messages %}{{ m.content }', 'is not valid Jinja: '],
      ["{{ strftime_today('%d') }}", 'fails on these messages: '],
      ["{{ raise_exception('Roles must alternate.') }}", 'fails on these messages: Roles must alternate. Change the messages'],
    ]) {
      const failed = await encodeConversation(tokenizer, talk, { template }).catch((error: Error) => error.message);
      expect(failed).toMatch(/^The chat template /);
      expect(failed).toContain(reason);
      expect(failed).toContain(remedy);
    }
  });

  it('is a conversation without the assistant, and a turn that no token begins in', async () => {
    await expect(encodeConversation(tokenizer, [user('a')], { template: chatMLTemplate })).rejects.toThrow('has no message of "assistant"');
    const one = tokenizerFromJSON({ ...tokenizer.toJSON(), pre_tokenizer: null, model: { type: 'WordLevel', vocab: { 'ab': 0, '?': 1 }, unk_token: '?' }, added_tokens: [], decoder: null });
    await expect(encodeConversation(one, [user('a'), assistant('b')], { template: "{% for m in messages %}{{ m.content }}{% endfor %}" })).rejects.toThrow('No token begins inside of the assistant\'s turn "b"');
  });

  it('is what has no template, or options that are none', async () => {
    await expect(encodeConversation(tokenizer, talk, {} as never)).rejects.toThrow("encodeConversation: the option 'template' is missing");
    await expect(encodeConversation(tokenizer, 'hello' as never, { template: chatMLTemplate })).rejects.toThrow('encodeConversation needs messages');
    await expect(encodeConversation(tokenizer, talk, { template: chatMLTemplate, turns: 'first' as never })).rejects.toThrow("turns is first; expected 'all' or 'last'");
  });
});
