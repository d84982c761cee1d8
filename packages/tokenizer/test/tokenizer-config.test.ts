// tokenizer_config.json as the families of models have it, and what is refused.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BytePairTokenizer, type TokenizerConfig, tokenizerConfigFromJSON, tokenizerConfigToJSON } from '@kk/tokenizer';
import { loadTokenizer, loadTokenizerConfig, saveTokenizer, saveTokenizerConfig } from '@kk/tokenizer/node';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kk-tokenizer-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('says what the special tokens are for, and holds the chat template', () => {
  const template = '{% for m in messages %}{{ m.content }}{% endfor %}';
  // Llama 2 writes tokens as objects, Qwen2 as texts, and null where there is none.
  expect(tokenizerConfigFromJSON({ bos_token: { content: '<s>', lstrip: false }, eos_token: { content: '</s>' }, unk_token: { content: '<unk>' }, pad_token: null, model_max_length: 1e30 })).toEqual({ beginToken: '<s>', endToken: '</s>', unknownToken: '<unk>' });
  expect(tokenizerConfigFromJSON({ bos_token: null, eos_token: '<|im_end|>', pad_token: '<|endoftext|>', chat_template: template, add_prefix_space: false })).toEqual({ endToken: '<|im_end|>', padToken: '<|endoftext|>', chatTemplate: template });
  expect(tokenizerConfigFromJSON({ chat_template: [{ name: 'tool_use', template: 'no' }, { name: 'default', template }] })).toEqual({ chatTemplate: template, chatTemplates: { tool_use: 'no' } });
  expect(tokenizerConfigFromJSON({ chat_template: [{ name: 'rag', template }] })).toEqual({ chatTemplates: { rag: template } });
  expect(tokenizerConfigFromJSON({})).toEqual({});
});

it('says which tokens were added, and whether texts begin and end with one', () => {
  // The form in which LlamaTokenizer's files have them.
  const json = {
    add_bos_token: true,
    add_eos_token: false,
    added_tokens_decoder: {
      '2': { content: '</s>', lstrip: false, normalized: false, rstrip: false, single_word: false, special: true },
      '0': { content: '<unk>', lstrip: false, normalized: false, rstrip: false, single_word: false, special: true },
      '32000': { content: '<｜User｜>', lstrip: true, normalized: true, rstrip: true, single_word: true, special: false },
    },
  };
  const config = tokenizerConfigFromJSON(json);
  const plain = { singleWord: false, stripLeft: false, stripRight: false, normalized: false, special: true };
  expect(config).toEqual({
    addBeginToken: true,
    addEndToken: false,
    addedTokens: [
      { id: 0, content: '<unk>', ...plain },
      { id: 2, content: '</s>', ...plain },
      { id: 32000, content: '<｜User｜>', singleWord: true, stripLeft: true, stripRight: true, normalized: true, special: false },
    ],
  });
  expect(tokenizerConfigToJSON(config)).toEqual(json);
  expect(tokenizerConfigFromJSON({ added_tokens_decoder: { '5': { content: 'x' } } }).addedTokens).toEqual([{ ...plain, id: 5, content: 'x', special: false, normalized: true }]);
  expect(() => tokenizerConfigFromJSON({ add_bos_token: 'yes' })).toThrow('tokenizer_config.json: add_bos_token is "yes"; expected true or false.');
  expect(() => tokenizerConfigFromJSON({ added_tokens_decoder: [] })).toThrow('added_tokens_decoder is []; expected an object of ids and tokens');
  expect(() => tokenizerConfigFromJSON({ added_tokens_decoder: { a: { content: 'x' } } })).toThrow('added_tokens_decoder has the key "a"; expected the id of a token');
  expect(() => tokenizerConfigFromJSON({ added_tokens_decoder: { '1': 'x' } })).toThrow('added_tokens_decoder["1"] is "x"; expected an object such as');
  expect(() => tokenizerConfigFromJSON({ added_tokens_decoder: { '1': { content: 'x', special: 1 } } })).toThrow('added_tokens_decoder["1"].special is 1; expected true or false');
  expect(() => tokenizerConfigToJSON({ addedTokens: [{ content: 'x', special: true }] } as never)).toThrow('addedTokens[0] is {"content":"x","special":true}; expected an object such as');
});

it('is read from a folder that has one', async () => {
  expect(await loadTokenizerConfig(folder)).toBeUndefined();
  expect(await loadTokenizerConfig(join(folder, 'missing'))).toBeUndefined();
  const file = join(folder, 'tokenizer_config.json');
  writeFileSync(file, '{"eos_token": "</s>"}');
  expect(await loadTokenizerConfig(folder)).toEqual({ endToken: '</s>' });
  writeFileSync(file, '{"eos_token": 2}');
  await expect(loadTokenizerConfig(folder)).rejects.toThrow(`${file}: eos_token is 2; expected the text of a token.`);
  writeFileSync(file, '{');
  await expect(loadTokenizerConfig(folder)).rejects.toThrow(`${file} is not valid JSON`);
  writeFileSync(file, Uint8Array.of(0x22, 0xff, 0x22));
  await expect(loadTokenizerConfig(folder)).rejects.toThrow(`${file} is not valid UTF-8`);
});

it('is refused for what is no config', () => {
  expect(() => tokenizerConfigFromJSON([])).toThrow('tokenizer_config.json must hold an object');
  expect(() => tokenizerConfigFromJSON({ chat_template: 3 })).toThrow('chat_template is 3; expected the text of a Jinja template');
  expect(() => tokenizerConfigFromJSON({ chat_template: [{ name: 'default' }] })).toThrow('chat_template[0] is {"name":"default"}; expected an object such as {"name": "tool_use"');
  expect(() => tokenizerConfigFromJSON({ bos_token: { id: 1 } })).toThrow('bos_token is {"id":1}; expected the text of a token');
});

it('is the same after it was written, whatever its texts', () => {
  const texts = fc.record({ chatTemplate: fc.string(), beginToken: fc.string(), endToken: fc.string(), padToken: fc.string(), unknownToken: fc.string(), addBeginToken: fc.boolean(), addEndToken: fc.boolean(), chatTemplates: fc.dictionary(fc.string().filter((name) => name !== 'default'), fc.string(), { minKeys: 1 }) }, { requiredKeys: [] });
  fc.assert(
    fc.property(texts, (config) => {
      expect(tokenizerConfigFromJSON(JSON.parse(JSON.stringify(tokenizerConfigToJSON(config))))).toEqual(config);
    }),
  );
  expect(() => tokenizerConfigToJSON({ eos: 'x' } as TokenizerConfig)).toThrow('unknown field "eos"; expected chatTemplate, chatTemplates, beginToken');
  expect(() => tokenizerConfigToJSON({ chatTemplates: { default: 'x' } })).toThrow('chatTemplates.default is given; call it chatTemplate');
  expect(() => tokenizerConfigToJSON({ chatTemplates: { rag: 3 } } as never)).toThrow('chatTemplates.rag is 3; expected a text');
  expect(() => tokenizerConfigToJSON({ endToken: 3 } as never)).toThrow('endToken is 3; expected a text');
});

it('is written into a folder, beside the fields that others wrote there', async () => {
  const own = join(folder, 'new', 'model');
  await saveTokenizerConfig(own, { chatTemplate: '{{ x }}', endToken: '</s>' });
  expect(await loadTokenizerConfig(own)).toEqual({ chatTemplate: '{{ x }}', endToken: '</s>' });
  const file = join(own, 'tokenizer_config.json');
  writeFileSync(file, '{"eos_token": "old", "pad_token": "old", "model_max_length": 512}');
  await saveTokenizerConfig(own, { endToken: 'new' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ eos_token: 'new', model_max_length: 512 });
  writeFileSync(file, '[');
  await expect(saveTokenizerConfig(own, { endToken: 'new' })).rejects.toThrow(`${file} is not valid JSON`);
});

it('has the template of chat_template.jinja where newer folders keep it', async () => {
  const own = join(folder, 'newer');
  const jinja = join(own, 'chat_template.jinja');
  await saveTokenizerConfig(own, { chatTemplate: '{{ old }}', endToken: '</s>' });
  expect(existsSync(jinja)).toBe(false);
  writeFileSync(jinja, '{{ new }}');
  expect(await loadTokenizerConfig(own)).toEqual({ chatTemplate: '{{ new }}', endToken: '</s>' });
  await saveTokenizerConfig(own, { chatTemplate: '{{ mine }}' });
  expect(await loadTokenizerConfig(own)).toEqual({ chatTemplate: '{{ mine }}' });
  expect(readFileSync(jinja, 'utf8')).toBe('{{ mine }}');
  await saveTokenizerConfig(own, { endToken: '</s>' });
  expect(await loadTokenizerConfig(own)).toEqual({ endToken: '</s>' });
  rmSync(join(own, 'tokenizer_config.json'));
  writeFileSync(jinja, '{{ new }}');
  expect(await loadTokenizerConfig(own)).toEqual({ chatTemplate: '{{ new }}' });
});

it('has the named templates of additional_chat_templates where newer folders keep them', async () => {
  const own = join(folder, 'named');
  const further = join(own, 'additional_chat_templates');
  mkdirSync(further, { recursive: true });
  writeFileSync(join(further, 'tool_use.jinja'), '{{ tools }}');
  writeFileSync(join(further, 'readme.txt'), 'no template');
  expect(await loadTokenizerConfig(own)).toEqual({ chatTemplates: { tool_use: '{{ tools }}' } });
  writeFileSync(join(own, 'tokenizer_config.json'), JSON.stringify({ chat_template: [{ name: 'default', template: 'old' }, { name: 'tool_use', template: 'old' }, { name: 'rag', template: 'rag' }] }));
  writeFileSync(join(own, 'chat_template.jinja'), 'new');
  expect(await loadTokenizerConfig(own)).toEqual({ chatTemplate: 'new', chatTemplates: { tool_use: '{{ tools }}', rag: 'rag' } });
  await saveTokenizerConfig(own, { chatTemplate: 'mine', chatTemplates: { rag: 'more' } });
  expect(await loadTokenizerConfig(own)).toEqual({ chatTemplate: 'mine', chatTemplates: { rag: 'more' } });
  expect(readdirSync(further).sort()).toEqual(['rag.jinja', 'readme.txt']);
  await expect(saveTokenizerConfig(own, { chatTemplates: { '../x': 'y' } })).rejects.toThrow('chatTemplates has the name "../x"; expected a name for a file in');
});

it('brings the added tokens of a folder with vocab.json and merges.txt', async () => {
  const own = join(folder, 'slow');
  const tokenizer = BytePairTokenizer.train('the fox and the other fox', { vocabSize: 262 });
  await saveTokenizer(tokenizer, join(own, 'vocab.json'));
  await saveTokenizerConfig(own, { addedTokens: [{ id: tokenizer.vocabSize, content: '<|im_start|>', special: true }, { id: tokenizer.vocabSize + 1, content: '<think>', special: false }] });
  const loaded = await loadTokenizer(own);
  expect([...loaded.specialTokens]).toEqual([['<|im_start|>', tokenizer.vocabSize]]);
  expect(loaded.encode('fox<think>')).toEqual([...tokenizer.encode('fox'), tokenizer.vocabSize + 1]);
  await saveTokenizerConfig(own, { addedTokens: [{ id: 900, content: '<think>', special: false }] });
  await expect(loadTokenizer(own)).rejects.toThrow(`added_tokens_decoder gives "<think>" the id 900; expected ${tokenizer.vocabSize}, the next one behind`);
});
