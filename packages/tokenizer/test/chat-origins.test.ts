// Nothing that the caller gives to a chat template becomes a control token: messages, calls of tools, tools and other variables, with their
// keys, through every filter and join; and everything that the template writes does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeChat, renderChat, tokenizerFromJSON, UnigramTokenizer, BytePairTokenizer, type ChatMessage, type Tokenizer } from '@kk/tokenizer';
import { english } from './support/texts.js';

interface Family {
  /** Special tokens, and others that were added. */
  readonly special: readonly string[];
  readonly added: readonly string[];
  readonly template: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Templates with the structure of well-known families that know tools, written for these tests. */
const families: Record<string, Family> = {
  'DeepSeek: tokens that are not special, and one text that grows': {
    special: ['<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>'],
    added: ['<｜User｜>', '<｜Assistant｜>', '<｜tool▁call▁begin｜>', '<｜tool▁sep｜>', '<｜tool▁call▁end｜>', '<think>', '</think>'],
    template: `{%- set ns = namespace(text=bos_token, first=true) -%}
{%- for m in messages if m.role == 'system' -%}{%- set ns.text = ns.text + ('' if ns.first else '\\n\\n') + m.content -%}{%- set ns.first = false -%}{%- endfor -%}
{{- ns.text -}}
{%- for m in messages -%}
{%- if m.role == 'system' -%}{%- continue -%}{%- endif -%}
{%- if m.role == 'user' -%}{{- '<｜User｜>' + m.content -}}
{%- else -%}{{- '<｜Assistant｜>' -}}{%- set content = m.content -%}{%- if '</think>' in content -%}{%- set content = content.split('</think>')[-1] -%}{%- endif -%}{{- '<think></think>' ~ content | trim -}}
{%- for call in m.tool_calls -%}{{- '<｜tool▁call▁begin｜>' + call.type + '<｜tool▁sep｜>' + call.name + '\\n' + call.arguments | tojson + '<｜tool▁call▁end｜>' -}}{%- endfor -%}{{- '<｜end▁of▁sentence｜>' -}}
{%- endif -%}
{%- endfor -%}{% for tool in tools %}{{ tool.name | upper }}: {{ tool.description }}{% endfor %}`,
    variables: { bos_token: '<｜begin▁of▁sentence｜>' },
  },
  'Qwen and Hermes: tools as JSON': {
    special: ['<|im_start|>', '<|im_end|>'],
    added: ['<tool_call>', '</tool_call>', '<think>'],
    template: `{%- if tools -%}{{ '<|im_start|>system\\n<tools>' }}{%- for tool in tools -%}{{- '\\n' -}}{{ tool | tojson }}{%- endfor -%}{{ '</tools><|im_end|>\\n' }}{%- endif -%}
{%- for m in messages -%}{{ '<|im_start|>' + m.role + '\\n' + m.content }}{%- for call in m.tool_calls -%}<tool_call>{{ {'name': call.name, 'arguments': call.arguments} | tojson }}</tool_call>{%- endfor -%}{{ '<|im_end|>\\n' }}{%- endfor -%}`,
  },
  'Llama: a macro, indented JSON, and blocks that are trimmed': {
    special: ['<|begin_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>', '<|python_tag|>'],
    added: [],
    template: `{%- macro header(role) -%}<|start_header_id|>{{ role }}<|end_header_id|>

{% endmacro -%}
{{- bos_token -}}{%- set intro -%}  {{ header('system') }}Today: {{ date_string }}{% for tool in tools %}
{{ tool | tojson(indent=4) }}{% endfor %}<|eot_id|>  {%- endset -%}{{ intro | trim }}
{%- for m in messages -%}{%- filter trim -%} {{ header(m.role) }}{{ m.content | trim }}{%- for call in m.tool_calls -%}<|python_tag|>{{ call.name }}({%- for key, value in call.arguments.items() -%}{{ key }}={{ value }}{{ '' if loop.last else ', ' }}{%- endfor -%}){%- endfor -%}<|eot_id|> {%- endfilter -%}{%- endfor -%}`,
    variables: { bos_token: '<|begin_of_text|>' },
  },
  'Mistral and Phi: joins, and roles in tokens': {
    special: ['<s>', '</s>', '[INST]', '[/INST]', '[AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]', '<|user|>', '<|assistant|>', '<|system|>'],
    added: ['<|end|>'],
    template: `{{ bos_token }}[AVAILABLE_TOOLS]{{ tools | map(attribute='description') | join('; ') }}[/AVAILABLE_TOOLS]{% for m in messages %}{{ ['<|' ~ m.role ~ '|>', m.content, '<|end|>'] | join('\\n') }}{% for call in m.tool_calls %}{{ call | tojson(ensure_ascii=true, separators=(',', ':')) }}{{ call.type | title }}{% endfor %}{{ ('[INST]' ~ m.content.strip() ~ '[/INST]').replace('x', 'y') if false else '[INST]' ~ m.content.strip() ~ '[/INST]' }}{% if m.role == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}`,
    variables: { bos_token: '<s>', eos_token: '</s>' },
  },
};

const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };

/** With tokens that are not special behind the special ones. */
function withAdded(tokenizer: Tokenizer, added: readonly string[]): Tokenizer {
  const json = tokenizer.toJSON();
  return tokenizerFromJSON({ ...json, added_tokens: [...json.added_tokens, ...added.map((content, i) => ({ id: tokenizer.vocabSize + i, content, special: false, ...flags }))] });
}

/** With the added tokens in the vocabulary of the model, as SentencePiece has user-defined symbols. */
function inModel({ special, added }: Family): Tokenizer {
  const json = UnigramTokenizer.train(english, { vocabSize: 330, specialTokens: [...special, ...added] }).toJSON();
  const symbols = new Set(added);
  const vocab = (json.model.vocab as [string, number][]).map(([token, score]): [string, number] => [token, symbols.has(token) ? 0 : score]);
  return tokenizerFromJSON({ ...json, model: { ...json.model, vocab }, added_tokens: json.added_tokens.map((token) => ({ ...token, special: !symbols.has(token.content) })) });
}

describe.each(Object.entries(families))('%s', (_, family) => {
  const { special, added, template, variables } = family;
  const tokens = [...special, ...added];
  const piece = fc.oneof(
    fc.constantFrom(...tokens),
    fc.constantFrom(...tokens).chain((token) => fc.nat(token.length).map((length) => token.slice(0, length))),
    fc.constantFrom(...tokens).chain((token) => fc.nat(token.length).map((length) => token.slice(length))),
    fc.constantFrom(' ', '\n', 'x', '"', '\\', '</think>', '{', '}', "'"),
  );
  const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const values = fc.dictionary(text.filter((key) => key !== '__proto__'), fc.oneof(text, fc.array(text, { maxLength: 2 })), { maxKeys: 2 });
  const call = fc.record({ type: text, name: text, arguments: values });
  const message = fc.record({ role: fc.constantFrom('system', 'user', 'assistant'), content: text, tool_calls: fc.array(call, { maxLength: 2 }) });
  const tool = fc.record({ type: fc.constant('function'), name: text, description: text, parameters: values });
  const talk = fc.record({ messages: fc.array(message, { minLength: 1, maxLength: 3 }), tools: fc.array(tool, { maxLength: 2 }), date_string: text });

  it.each([
    ['byte-level BPE', withAdded(BytePairTokenizer.train(english, { vocabSize: 320, specialTokens: [...special] }), added)],
    ['Unigram that has the tokens in its model', inModel(family)],
  ])('%s has the tokens of the template and no other', async (_, tokenizer) => {
    const ids = new Set(tokens.map((token) => tokenizer.tokenToId(token)));
    const controls = async ({ messages, ...others }: { messages: ChatMessage[] }): Promise<number[]> => (await encodeChat(tokenizer, messages, { template, variables: { ...variables, ...others } })).filter((id) => ids.has(id));
    const everything = { messages: [{ role: 'assistant', content: '', tool_calls: [{ type: '', name: '', arguments: {} }] }, { role: 'user', content: '', tool_calls: [] }], tools: [], date_string: '' };
    await fc.assert(
      fc.asyncProperty(talk, async (given) => {
        expect(await controls(given)).toEqual(await controls(harmless(given) as typeof given));
      }),
      { numRuns: 60 },
    );
    expect(new Set(await controls(everything)).size).toBeGreaterThan(2);
  });

  it('writes and cuts as a plain rendering does', async () => {
    const tokenizer = withAdded(BytePairTokenizer.train(english, { vocabSize: 320, specialTokens: [...special] }), added);
    await fc.assert(
      fc.asyncProperty(talk, async ({ messages, ...others }) => {
        const options = { template, variables: { ...variables, ...others } };
        expect(tokenizer.decode(await encodeChat(tokenizer, messages, options))).toBe(await renderChat(messages, options));
      }),
      { numRuns: 30 },
    );
  });
});

/** The same conversation, whose texts hold nothing. */
function harmless(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return field === 'role' ? value : '';
  if (Array.isArray(value)) return value.map((item) => harmless(item, field));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item], i) => [field === 'arguments' || field === 'parameters' ? `k${i}` : key, harmless(item, key)]));
}

describe('what the template writes is its own', () => {
  const tokenizer = BytePairTokenizer.train(english, { vocabSize: 320, specialTokens: ['<a>', '<b>', '<user>'] });
  const written = async (template: string, variables: Record<string, unknown> = {}): Promise<string[]> => {
    const ids = await encodeChat(tokenizer, [{ role: 'user', content: '<b>' }, { role: 'user', content: 'b>' }], { template, variables });
    return ids.filter((id) => [...tokenizer.specialTokens.values()].includes(id)).map((id) => tokenizer.idToToken(id)!);
  };
  it.each([
    ["{{ ('<A>' ~ messages[0].content) | lower }}", ['<a>']],
    ["{{ ' <a>' | trim }}{{ '<a> '.rstrip() }}{{ '<a>'.upper().lower() }}", ['<a>', '<a>', '<a>']],
    ["{{ (' <' ~ 'a>' ~ messages[0].content ~ ' ').strip() }}", ['<a>']],
    ["{{ ['<a>', messages[0].content, '<'] | join('<a>') }}{{ messages[1].content }}", ['<a>', '<a>', '<a>']],
    ["{% for m in messages %}<a>{% if loop.last %}{% continue %}{% endif %}{{ m.content }}{% endfor %}", ['<a>']],
    ["{% for m in messages %}{{ m.content }}<a>{% break %}{% endfor %}<a>", ['<a>']],
    ["{% set roles = {'user': '<a>'} %}{{ roles[messages[0].role] }}", ['<a>']],
    ["{% set text %}<a>{{ messages[0].content }}{% endset %}{{ text }}{{ text }}", ['<a>', '<a>']],
    ["{% macro block() %}<a>{{ caller() }}<a>{% endmacro %}{% call block() %}{{ messages[0].content }}{% endcall %}", ['<a>', '<a>']],
    ["{{ '<' ~ messages[0].role ~ '>' }}{{ '<' ~ messages[1].content }}", ['<user>']],
    ["{{ '<a>' if messages[0].content == '<b>' else '' }}{{ messages[0]['content'] or '<a>' }}", ['<a>']],
    ["{% for key in messages[0] %}{{ key }}{% endfor %}{{ messages[0].items() | list | string }}{{ messages | tojson }}{{ messages[0].content | replace('b', 'a') }}", []],
  ])('%s', async (template, expected) => {
    expect(await written(template)).toEqual(expected);
  });

  it('and so are whole tokens in the variables that hold tokens of the model, and no other', async () => {
    const template = '{{ bos_token }}{{ image_token }}{{ date }}{{ thing.bos_token }}{{ tokens | join }}{{ sep_token }}{{ extra_tokens | join }}';
    expect(await written(template, { bos_token: '<a>', image_token: 'x<b>', date: '<b>', thing: { bos_token: '<b>' }, tokens: ['<b>'], extra_tokens: ['<b>', '<a>'] })).toEqual(['<a>', '<b>', '<a>']);
  });

  it('a role of several words, or that is a token itself, is text', async () => {
    const of = async (role: string): Promise<number[]> => encodeChat(tokenizer, [{ role, content: '' }], { template: "{{ '<' ~ messages[0].role ~ '>' }}" });
    expect(await of('user')).toEqual([tokenizer.specialTokens.get('<user>')]);
    for (const role of ['<a>', 'a><b', 'a>', '<user>']) expect((await of(role)).filter((id) => [...tokenizer.specialTokens.values()].includes(id))).toEqual([]);
  });
});
