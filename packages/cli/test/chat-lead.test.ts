// What a template writes before an answer, and whether it takes a system prompt: `kk chat` with templates of other people's kinds.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chatMLTemplate, CharacterTokenizer } from '@kk/tokenizer';
import { answer } from '../src/chat/answer.js';
import { leadOf, systemRefusal } from '../src/chat/template.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

/** A blank stands before what is said, and no role is known but two. */
const withBlank = "{% for message in messages %}{% if message['role'] == 'user' %}<|user|> {{ message['content'] }}<|assistant|>{% elif message['role'] == 'assistant' %} {{ message['content'] }}<|end|>{% else %}{{ raise_exception('only user and assistant') }}{% endif %}{% endfor %}";
const trimming = "{% for message in messages %}<{{ message['role'] }}> {{ message['content'] | trim }}</s>{% endfor %}{% if add_generation_prompt %}<assistant> {% endif %}";
const thinking = "{% for message in messages %}<{{ message['role'] }}>{% if message['role'] == 'assistant' %}<think></think>{% endif %}{{ message['content'] }}</s>{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
const deaf = "{% for message in messages %}{% if message['role'] != 'system' %}<{{ message['role'] }}>{{ message['content'] }}{% endif %}{% endfor %}";
const of = (template: string) => ({ template, variables: {} });

describe('what a template writes before an answer', () => {
  it.each([['ChatML', chatMLTemplate, ''], ['a blank', withBlank, ' '], ['one that trims', trimming, ''], ['one with thoughts', thinking, '<think></think>'], ['one that marks no beginning', deaf, '<assistant>']])('%s', async (_, template, lead) => {
    expect(await leadOf(of(template))).toBe(lead);
  });

  it.each([
    [' Finn.', ' ', 'Finn.'],
    ['Finn.', ' ', 'Finn.'],
    ['  Finn.', ' ', ' Finn.'],
    [' ', '  ', ' '],
    ['ab', 'abc', 'ab'],
    ['abd', 'abc', 'abd'],
    ['abcd', 'abc', 'd'],
    ['', ' ', ''],
  ])('is no part of the answer: %j after %j', async (written, lead, text) => {
    const tokenizer = CharacterTokenizer.train('abcd Fin.');
    const ids = tokenizer.encode(written);
    const decoder = { vocabSize: tokenizer.vocabSize + 1, next: async (context: ArrayLike<number>) => Float32Array.from({ length: tokenizer.vocabSize + 1 }, (_, id) => (id === (ids[context.length - 1] ?? tokenizer.vocabSize) ? 9 : 0)) };
    const pieces: string[] = [];
    const given = await answer(decoder as never, tokenizer, [0], { maxTokens: 20, sampling: { temperature: 0 }, seed: 1, stopTokens: [tokenizer.vocabSize], endOfTurn: { token: undefined, text: undefined }, lead, contextLength: 64, signal: new AbortController().signal, onText: (piece) => pieces.push(piece) });
    expect(given).toMatchObject({ text, end: 'ended' });
    expect(pieces.join('')).toBe(text);
  });
});

describe('a system prompt', () => {
  it('is refused where the template knows no such role, or leaves it out', async () => {
    expect(await systemRefusal(of(chatMLTemplate), ' Be brief. ')).toBeUndefined();
    expect(await systemRefusal(of(trimming), ' Be brief. ')).toBeUndefined();
    expect(await systemRefusal(of(withBlank), 'Be brief.')).toContain('only user and assistant');
    expect(await systemRefusal(of(deaf), 'Be brief.')).toBe('it leaves it out.');
  });
});

describe('kk chat and kk finetune vote with a template that writes a blank before an answer', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = temporaryFolder();
    writeFileSync(join(cwd, 'text.txt'), babble(1500));
    writeFileSync(join(cwd, 'blank.jinja'), withBlank);
    const lines = ['red', 'blue', 'green', 'old'].flatMap((word) => ['yes', 'no'].map((content) => JSON.stringify({ messages: [{ role: 'user', content: `Is it ${word}?` }, { role: 'assistant', content }] })));
    writeFileSync(join(cwd, 'chats.jsonl'), lines.join('\n'));
    for (const argv of [
      ['train', 'text.txt', '--tokenizer', 'bpe:270', '--layers', '1', '--heads', '2', '--width', '16', '--context', '64', '--batch', '4', '--steps', '8', '--lr', '0.01', '--out', 'base', '--quiet'],
      ['finetune', 'sft', 'chats.jsonl', '--model', 'base', '--template', 'blank.jinja', '--steps', '120', '--batch', '8', '--lr', '0.02', '--held-out', '0', '--out', 'assistant', '--quiet'],
    ]) expect(await kk([...argv, '--threads', '1'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('shows, keeps and saves answers without it', async () => {
    const chat = (input: string, ...argv: string[]) => kk(['chat', 'assistant', '--temperature', '0', '--max-tokens', '8', '--threads', '1', ...argv], { cwd, input });
    const { exitCode, stdout } = await chat('Is it red?\nIs it blue?\n/save chat.jsonl\n');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^(yes|no)\n(yes|no)\n/);
    expect(readFileSync(join(cwd, 'chat.jsonl'), 'utf8')).toMatch(/^\{"messages":\[\{"role":"user","content":"Is it red\?"\},\{"role":"assistant","content":"(yes|no)"\},/);
  });

  it('take no system prompt that the template would write as something else', async () => {
    const refused = await kk(['chat', 'assistant', '--system', 'Be brief.', '--threads', '1'], { cwd, input: 'Is it red?\n' });
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/^kk: The chat template of assistant takes no system prompt: [^]*only user and assistant[^]*\n {4}Leave --system out\.\n$/) as unknown });
    const { exitCode, stdout, stderr } = await kk(['chat', 'assistant', '--temperature', '0', '--threads', '1'], { cwd, input: '/system Be brief.\n/system\nIs it red?\n', env: { LANG: 'de_DE.UTF-8' } });
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^(yes|no)\n$/)]);
    expect(stderr).toContain('Die Chat-Vorlage dieses Modells nimmt keine Systemnachricht');
    expect(stderr).toContain('Es gibt keine Systemnachricht.');
  });

  it('write pairs without it', async () => {
    const { exitCode, json } = await kk(['finetune', 'vote', 'chats.jsonl', '--model', 'assistant', '--pairs', '8', '--max-tokens', '8', '--steps', '1', '--threads', '1', '--out', 'votes', '--json'], { cwd, input: 'a\nquit\n' });
    expect(exitCode).toBe(0);
    const [{ a, b }] = json().filter(({ event }) => event === 'pair') as [{ a: string; b: string }];
    for (const text of [a, b]) expect(text).toMatch(/^\S/);
    expect(JSON.parse(readFileSync(join(cwd, 'votes/pairs.jsonl'), 'utf8'))).toMatchObject({ chosen: [{ content: a }], rejected: [{ content: b }] });
  });
});
