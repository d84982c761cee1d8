import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decoder } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init, readSafetensors } from '@kk/nn-core';
import { greedy } from '@kk/sampler';
import { loadTokenizer } from '@kk/tokenizer/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../src/errors.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
// Characters of one to four bytes, so that a token may end inside one.
const text = babble(1500) + 'Größe 猫 😀. '.repeat(20);

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), text);
  for (const tokenizer of ['char', 'bpe:270']) {
    const { exitCode } = await kk(['train', '--data', 'text.txt', ...tiny, '--tokenizer', tokenizer, '--out', tokenizer.slice(0, 3), '--quiet'], { cwd });
    expect(exitCode).toBe(0);
  }
});

/** Loss in nats per token, token by token with the decoder: another way to the same number. */
async function referenceLoss(folder: string, ids: readonly number[]): Promise<number> {
  const engine = await init('cpu');
  const model = await loadModel(engine, join(cwd, folder));
  const { contextLength } = model.config;
  let sum = 0;
  for (let start = 0; start < ids.length - 1; start += contextLength) {
    const decoder = new Decoder(model);
    for (let at = start; at < Math.min(start + contextLength, ids.length - 1); at++) {
      const logits = Array.from(await decoder.next(ids.slice(start, at + 1)));
      const most = Math.max(...logits);
      sum += most + Math.log(logits.reduce((total, logit) => total + Math.exp(logit - most), 0)) - logits[ids[at + 1]];
    }
    decoder.dispose();
  }
  engine.dispose();
  return sum / (ids.length - 1);
}

describe('kk eval', () => {
  it.each(['cha', 'bpe'])('agrees with predicting token by token (%s)', async (folder) => {
    const sample = text.slice(1300, 1700);
    writeFileSync(join(cwd, 'sample.txt'), sample);
    const { exitCode, last, stderr } = await kk(['eval', '--model', folder, '--data', 'sample.txt', '--json'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    const tokenizer = await loadTokenizer(join(cwd, folder));
    const ids = tokenizer.encode(sample);
    const { loss, perplexity, bitsPerByte, tokens } = last() as Record<string, number>;
    expect(tokens).toBe(ids.length - 1);
    expect(loss).toBeCloseTo(await referenceLoss(folder, ids), 4);
    expect(perplexity).toBeCloseTo(Math.exp(loss), 10);
    const bytes = Buffer.byteLength(sample) - tokenizer.tokenBytes(ids[0]).length;
    expect(bitsPerByte).toBeCloseTo((loss * tokens) / Math.LN2 / bytes, 10);
    const fromIds = await kk(['eval', '--model', folder, '--ids', ids.join(','), '--json'], { cwd });
    expect(fromIds.last()).toEqual(last());
  });

  it('tells what weights in int8 cost', async () => {
    const loss = async (...options: string[]): Promise<number> => (await kk(['eval', '--model', 'cha', '--data', 'text.txt', '--json', ...options], { cwd })).last().loss as number;
    const [exact, rounded] = [await loss(), await loss('--weights', 'int8')];
    expect(await loss('--weights', 'float32')).toBe(exact);
    expect(rounded).not.toBe(exact);
    expect(Math.abs(rounded - exact)).toBeLessThan(0.01 * exact);
  });

  it('reads weights that an index names, as large models of others have them', async () => {
    cpSync(join(cwd, 'bpe'), join(cwd, 'sharded'), { recursive: true });
    const shard = 'model-00001-of-00001.safetensors';
    renameSync(join(cwd, 'sharded', 'model.safetensors'), join(cwd, 'sharded', shard));
    const names = [...readSafetensors(readFileSync(join(cwd, 'sharded', shard))).tensors.keys()];
    writeFileSync(join(cwd, 'sharded', 'model.safetensors.index.json'), JSON.stringify({ weight_map: Object.fromEntries(names.map((name) => [name, shard])) }));
    const [whole, sharded] = [await kk(['eval', '--model', 'bpe', '--data', 'text.txt', '--json'], { cwd }), await kk(['eval', '--model', 'sharded', '--data', 'text.txt', '--json'], { cwd })];
    expect(sharded.exitCode).toBe(0);
    expect(sharded.stdout).toBe(whole.stdout);
  });

  it('says to people what the numbers are', async () => {
    const { stdout } = await kk(['eval', '--model', 'cha', '--data', 'text.txt'], { cwd });
    expect(stdout).toMatch(/Loss +\d\.\d{4} nats per token\n +Perplexity +[\d.]+\n +Bits per byte +\d\.\d{3}\n +Tokens +1,7\d\d/);
  });

  it('stops at Ctrl-C', async () => {
    const interrupt = AbortSignal.abort(new Interrupted('Stopped.'));
    expect(await kk(['eval', '--model', 'cha', '--data', 'text.txt'], { cwd, interrupt })).toMatchObject({ exitCode: 130, stdout: '', stderr: 'kk: Stopped.\n' });
  });
});

describe('kk generate', () => {
  it('writes one object per token and the whole text at the end', async () => {
    const { exitCode, json, last, stderr } = await kk(['generate', '--model', 'bpe', '--prompt', 'the ', '--max-tokens', '30', '--temperature', '1.2', '--seed', '5', '--json'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    const tokens = json().slice(0, -1);
    expect(tokens).toHaveLength(30);
    expect(last()).toMatchObject({ event: 'done', prompt: 'the ', tokens: 30, seed: 5, ids: tokens.map(({ id }) => id) });
    const tokenizer = await loadTokenizer(join(cwd, 'bpe'));
    expect(last().text).toBe('the ' + tokenizer.decode(tokens.map(({ id }) => id as number)));
    // What comes piece by piece is the whole, but for a character that was never finished.
    expect((last().text as string).startsWith('the ' + tokens.map(({ text: piece }) => piece as string).join(''))).toBe(true);
  });

  it('streams: every token is written before the next one is known', async () => {
    let pieces = 0;
    await kk(['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '20', '--seed', '1'], { cwd, onStdout: () => pieces++ });
    expect(pieces).toBeGreaterThan(20);
  });

  it('gives the same text for the same seed, and another for another', async () => {
    const write = async (seed: string): Promise<string> => (await kk(['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '40', '--seed', seed], { cwd })).stdout;
    const first = await write('1');
    expect(first.startsWith('the ')).toBe(true);
    expect(await write('1')).toBe(first);
    expect(await write('2')).not.toBe(first);
  });

  it('takes the likeliest token at temperature 0', async () => {
    const { last } = await kk(['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '8', '--temperature', '0', '--json'], { cwd });
    const engine = await init('cpu');
    const model = await loadModel(engine, join(cwd, 'cha'));
    const decoder = new Decoder(model);
    const tokenizer = await loadTokenizer(join(cwd, 'cha'));
    const ids = tokenizer.encode('the ');
    for (let i = 0; i < 8; i++) ids.push(greedy(await decoder.next(ids)));
    engine.dispose();
    expect(last().text).toBe(tokenizer.decode(ids));
  });

  it.each(['--top-h=0', '--epsilon-cutoff=1'])('takes the likeliest token where %s leaves no other', async (option) => {
    const write = async (...options: string[]) => (await kk(['generate', 'cha', '--prompt', 'the ', '--max-tokens', '8', ...options], { cwd })).stdout;
    const likeliest = await write('--temperature', '0');
    expect(await write('--temperature', '2', '--seed', '1')).not.toBe(likeliest);
    expect(await write('--temperature', '2', '--seed', '1', option)).toBe(likeliest);
  });

  it('writes what --bias makes likelier, and nothing of --no-words, also texts side by side', async () => {
    const write = async (...options: string[]) => {
      const { json } = await kk(['generate', 'cha', '--prompt', 'the ', '--max-tokens', '8', '--temperature', '0', '--json', ...options], { cwd });
      return (json().find(({ event }) => event === (options.includes('--samples') ? 'text' : 'done'))!.text as string).slice('the '.length);
    };
    for (const samples of [[], ['--samples', '1']]) {
      expect(await write('--bias', '😀=100', ...samples)).toBe('😀'.repeat(8));
      expect(await write('--bias', '😀=90', '--bias', '😀猫=100', '--bias', '猫😀=10', ...samples)).toBe('😀猫'.repeat(4)); // a sequence counts after its beginning
      expect(await write('--bias', '😀=100', '--bias', '猫=50', '--no-words', '😀', ...samples)).toBe('猫'.repeat(8));
      expect(await write('--bias', '😀=100', '--bias', '猫=50', '--no-words', '😀😀', '猫猫', ...samples)).toBe('😀猫'.repeat(4));
    }
    for (const wrong of ['a', '=1', 'a=', 'a=x', 'a=101']) expect(await kk(['generate', 'cha', `--bias=${wrong}`], { cwd })).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/--bias .*is invalid.*Expected/s) as string });
    expect(await kk(['generate', 'cha', '--no-words', ''], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("'' of --no-words has no token") as string });
  });

  it('ends sooner with --length-decay, also texts side by side', async () => {
    cpSync(join(cwd, 'cha'), join(cwd, 'ends'), { recursive: true });
    const [end] = (await loadTokenizer(join(cwd, 'cha'))).encode('😀');
    writeFileSync(join(cwd, 'ends', 'generation_config.json'), JSON.stringify({ eos_token_id: end }));
    const idsOf = async (...options: string[]) => {
      const { json } = await kk(['generate', 'ends', '--prompt', 'the ', '--max-tokens', '12', '--temperature', '0', '--json', ...options], { cwd });
      return json().find(({ event }) => event === (options.includes('--samples') ? 'text' : 'done'))!.ids as number[];
    };
    const whole = await idsOf();
    expect(whole).toHaveLength(12);
    const cut = await idsOf('--length-decay', '3,100');
    expect(cut.length).toBeGreaterThan(3);
    expect(cut.length).toBeLessThan(12);
    expect(cut).toEqual(whole.slice(0, cut.length));
    expect(await idsOf('--length-decay', '3,100', '--samples', '1')).toEqual(cut);
    for (const wrong of ['3', '3,0', '-1,2', '3,101', '3,1,2']) {
      expect(await kk(['generate', 'ends', `--length-decay=${wrong}`], { cwd })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Expected a whole number of tokens from 0 and a factor above 0 to 100, such as 100,1.1.') });
    }
  });

  it('writes with weights in int8, and refuses others', async () => {
    const { exitCode, last } = await kk(['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '8', '--temperature', '0', '--weights', 'int8', '--json'], { cwd });
    expect([exitCode, last().tokens]).toEqual([0, 8]);
    expect(await kk(['generate', '--model', 'cha', '--weights', 'int4'], { cwd })).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('ends before a stop text, which is never shown in part', async () => {
    const args = ['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '60', '--temperature', '1', '--seed', '4'];
    const whole = (await kk([...args, '--json'], { cwd })).last().text as string;
    const stop = whole.slice(14, 17);
    const cut = whole.slice(0, whole.indexOf(stop, 4));
    expect((await kk([...args, '--stop', stop, 'never there', '--json'], { cwd })).last()).toMatchObject({ text: cut, stop });
    expect((await kk([...args, '--stop', stop], { cwd })).stdout).toBe(`${cut}\n`);
    expect((await kk([...args, '--stop', 'never there', '--json'], { cwd })).last()).toMatchObject({ text: whole, stop: null });
  });

  it('writes only what a form allows', async () => {
    writeFileSync(join(cwd, 'grammar.gbnf'), 'root ::= ("the " | "a ")+ "ea"');
    const write = async (...form: string[]) => kk(['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '40', '--temperature', '1', '--seed', '2', ...form], { cwd });
    expect((await write('--regex', '(the |a ){3}', '--json')).last()).toMatchObject({ text: expect.stringMatching(/^the (the |a ){3}$/), complete: true });
    expect((await write('--grammar', 'grammar.gbnf', '--json')).last().text).toMatch(/^the (the |a )+(ea?)?/);
    const refused = await write('--regex', '(a');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^kk: --regex: /);
    expect(await write('--regex', 'a', '--grammar', 'grammar.gbnf')).toMatchObject({ exitCode: 2 });
    writeFileSync(join(cwd, 'bad.json'), '{"type": "poem"}');
    expect((await write('--json-schema', 'bad.json')).stderr).toMatch(/^kk: bad\.json: /);
    expect((await write('--regex', '(the ){30}')).stderr).toBe('The text does not have its form yet: raise --max-tokens.\n');
  });

  it('takes guesses of an n-gram model over the same tokens, and no others', async () => {
    await kk(['markov', 'train', '--data', 'text.txt', '--unit', join('cha', 'tokenizer.json'), '--order', '3', '--smoothing', 'witten-bell', '--out', 'draft.markov'], { cwd });
    const { exitCode, last, stderr } = await kk(['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '40', '--draft', 'draft.markov', '--draft-length', '3', '--seed', '1', '--json'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(last()).toMatchObject({ tokens: 40, draft: { tokens: 40, batched: true } });
    const { tested, accepted, targetCalls } = last().draft as Record<string, number>;
    expect(accepted).toBeLessThanOrEqual(tested);
    expect(targetCalls).toBe(40 - accepted);
    await kk(['markov', 'train', '--data', 'text.txt', '--unit', 'word', '--order', '1', '--out', 'words.markov'], { cwd });
    const refused = await kk(['generate', '--model', 'cha', '--draft', 'words.markov'], { cwd });
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('words.markov has other units (word) than the model');
  });

  it('writes several texts side by side, each as its seed writes it alone', async () => {
    const generate = async (...options: string[]) => kk(['generate', '--model', 'cha', '--prompt', 'the ', '--max-tokens', '12', '--temperature', '1', '--json', ...options], { cwd });
    const { exitCode, stdout, last } = await generate('--samples', '18', '--seed', '3');
    expect(exitCode).toBe(0);
    expect(last()).toMatchObject({ event: 'done', samples: 18, tokens: 18 * 12 });
    const texts = stdout.trim().split('\n').map((line) => JSON.parse(line) as { event: string; ids: number[]; seed: number; logProbabilities: number[] }).filter(({ event }) => event === 'text');
    expect(texts.map(({ seed }) => seed)).toEqual(Array.from({ length: 18 }, (_, i) => 3 + i));
    for (const { ids, seed, logProbabilities } of [texts[0]!, texts[17]!]) {
      expect((await generate('--seed', String(seed))).last().ids).toEqual(ids);
      expect(logProbabilities).toHaveLength(12);
    }
    expect(await kk(['generate', 'cha', '--samples', '2', '--stop', 'a'], { cwd })).toMatchObject({ exitCode: 2 });
    expect((await kk(['generate', 'cha', '--samples', '2', '--seed', '1', '--max-tokens', '3'], { cwd })).stdout).toMatch(/^--- 1 of 2, --seed 1\n[^]*\n--- 2 of 2, --seed 2\n/);
  });

  it('says when texts side by side end because the context is full', async () => {
    const generate = (...options: string[]) => kk(['generate', '--model', 'cha', '--prompt', 'the ', '--seed', '1', ...options], { cwd });
    expect((await generate('--samples', '2', '--max-tokens', '90')).stderr.replace(/\s+/g, ' ')).toContain("All 2 texts ended before --max-tokens 90, because the model's context of 16 tokens is full. Without --samples a text goes on beyond it.");
    expect((await generate('--samples', '1', '--max-tokens', '90')).stderr).toContain('The text ended before --max-tokens 90');
    expect((await generate('--samples', '2', '--max-tokens', '5')).stderr).not.toContain('is full');
    const json = await generate('--samples', '2', '--max-tokens', '90', '--json');
    expect(json.stderr).toBe('');
    expect(json.json()[0]).toMatchObject({ end: 'context is full' });
  });

  it('goes beyond its context', async () => {
    const { exitCode, last } = await kk(['generate', '--model', 'cha', '--prompt', 'the '.repeat(10), '--max-tokens', '50', '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(last().tokens).toBe(50);
  });

  it('ends its line when it is stopped', async () => {
    const controller = new AbortController();
    let pieces = 0;
    const onStdout = (): void => {
      if (++pieces === 5) controller.abort(new Interrupted('Stopped.'));
    };
    const { exitCode, stdout, stderr } = await kk(['generate', '--model', 'cha', '--max-tokens', '1000'], { cwd, onStdout, interrupt: controller.signal });
    expect(exitCode).toBe(130);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stderr).toBe('kk: Stopped.\n');
  });

  it('sends no control characters to a terminal', async () => {
    const { stdout } = await kk(['generate', '--model', 'bpe', '--prompt', 'a\u001b]0;title\u0007', '--max-tokens', '5', '--temperature', '5'], { cwd, columns: 80, env: { NO_COLOR: '1' } });
    expect(stdout).toContain('a␛]0;title␇');
    expect(stdout).not.toContain('\u001b');
  });

  it('sets the prompt in bold, whose codes are not shown', async () => {
    const { stdout } = await kk(['generate', '--model', 'bpe', '--prompt', 'a\u001bb', '--max-tokens', '5'], { cwd, columns: 80 });
    expect(stdout.startsWith('\u001b[1ma␛b\u001b[22m')).toBe(true);
  });
});

describe('a model folder from kk train', () => {
  it('has the layout of GPT-2 at Hugging Face', () => {
    const config = JSON.parse(readFileSync(join(cwd, 'cha', 'config.json'), 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({ model_type: 'gpt2', n_layer: 2, n_head: 2, n_embd: 16, n_positions: 16, activation_function: 'gelu_new' });
  });
});
