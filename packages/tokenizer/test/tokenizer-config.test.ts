// tokenizer_config.json as the families of models have it, and what is refused.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TokenizerConfig, tokenizerConfigFromJSON, tokenizerConfigToJSON } from '@kk/tokenizer';
import { loadTokenizerConfig, saveTokenizerConfig } from '@kk/tokenizer/node';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kk-tokenizer-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('says what the special tokens are for, and holds the chat template', () => {
  const template = '{% for m in messages %}{{ m.content }}{% endfor %}';
  // Llama 2 writes tokens as objects, Qwen2 as texts, and null where there is none.
  expect(tokenizerConfigFromJSON({ bos_token: { content: '<s>', lstrip: false }, eos_token: { content: '</s>' }, unk_token: { content: '<unk>' }, pad_token: null, model_max_length: 1e30 })).toEqual({ beginToken: '<s>', endToken: '</s>', unknownToken: '<unk>' });
  expect(tokenizerConfigFromJSON({ bos_token: null, eos_token: '<|im_end|>', pad_token: '<|endoftext|>', chat_template: template, add_prefix_space: false })).toEqual({ endToken: '<|im_end|>', padToken: '<|endoftext|>', chatTemplate: template });
  expect(tokenizerConfigFromJSON({ chat_template: [{ name: 'tool_use', template: 'no' }, { name: 'default', template }] })).toEqual({ chatTemplate: template });
  expect(tokenizerConfigFromJSON({})).toEqual({});
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
  expect(() => tokenizerConfigFromJSON({ bos_token: { id: 1 } })).toThrow('bos_token is {"id":1}; expected the text of a token');
});

it('is the same after it was written, whatever its texts', () => {
  const texts = fc.record({ chatTemplate: fc.string(), beginToken: fc.string(), endToken: fc.string(), padToken: fc.string(), unknownToken: fc.string() }, { requiredKeys: [] });
  fc.assert(
    fc.property(texts, (config) => {
      expect(tokenizerConfigFromJSON(JSON.parse(JSON.stringify(tokenizerConfigToJSON(config))))).toEqual(config);
    }),
  );
  expect(() => tokenizerConfigToJSON({ eos: 'x' } as TokenizerConfig)).toThrow('unknown field "eos"; expected chatTemplate, beginToken');
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
