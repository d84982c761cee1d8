// Votes on pairs of answers: kk finetune vote, by keys and by a pipe, on a tiny model.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadVoteQueue } from '@kk/finetune/node';
import { TerminalKeys } from '../src/finetune/vote/input.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';
import { typing } from './support/typing.js';

const CTRL_C = '\u0003';
const BACKSPACE = '\u007f';

let cwd: string;
const things = ['red', 'blue', 'green', 'old', 'new', 'big', 'small', 'warm'];
const few = ['--as-chat', '--pairs', '8', '--max-tokens', '16', '--threads', '1'];

/** Votes by a pipe. */
const vote = (input: string, ...argv: string[]) => kk(['finetune', 'vote', ...argv, '--json'], { cwd, input: input.split('').join('\n').replaceAll('<', 'back') });
const linesOf = (file: string): Record<string, unknown>[] => readFileSync(join(cwd, file), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
const events = (all: readonly Record<string, unknown>[], name: string): Record<string, unknown>[] => all.filter(({ event }) => event === name);

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(1500));
  const answers = ['yes it', 'no it', 'it is', 'the old'];
  writeFileSync(join(cwd, 'answers.jsonl'), things.flatMap((thing) => answers.map((completion) => JSON.stringify({ prompt: `Is it ${thing}?`, completion }))).join('\n'));
  writeFileSync(join(cwd, 'prompts.jsonl'), things.map((thing) => JSON.stringify({ prompt: `Is it ${thing}?` })).join('\n'));
  for (const argv of [
    ['train', 'text.txt', '--tokenizer', 'bpe:270', '--layers', '1', '--heads', '2', '--width', '16', '--context', '64', '--batch', '4', '--steps', '8', '--lr', '0.01', '--out', 'base', '--quiet'],
    ['finetune', 'sft', 'answers.jsonl', '--model', 'base', '--as-chat', '--steps', '120', '--batch', '8', '--lr', '0.02', '--held-out', '0', '--out', 'assistant', '--quiet'],
  ]) expect(await kk([...argv, '--threads', '1'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
}, 120_000);

describe('kk finetune vote, by a pipe', () => {
  it('shows pairs, takes votes and takes them back, and saves them', async () => {
    const { exitCode, stderr, json } = await vote('an<b<<<aq', 'prompts.jsonl', '--model', 'assistant', ...few, '--voter', 'Anna', '--out', 'first');
    expect([exitCode, stderr]).toEqual([0, '']);
    const all = json();
    const { pairs } = all[0] as { pairs: number };
    expect(all[0]).toMatchObject({ event: 'start', votes: 0, voter: 'Anna', method: 'dpo' });
    expect(pairs).toBeGreaterThan(4);
    const shown = events(all, 'pair') as { pair: string; number: number; of: number; prompt: string; a: string; b: string }[];
    // a, n, back, b, back, back, back (there is nothing any more), a, quit
    expect(shown.map(({ number }) => number)).toEqual([1, 2, 3, 2, 3, 2, 1, 1, 2]);
    expect(shown.map(({ pair }) => shown.findIndex((one) => one.pair === pair))).toEqual([0, 1, 2, 1, 2, 1, 0, 0, 1]);
    for (const { of, prompt, a, b } of shown) {
      expect(of).toBe(pairs);
      expect(prompt).toMatch(/^Is it \w+\?$/);
      expect(a).not.toBe(b);
    }
    expect(events(all, 'back').map(({ pair }) => pair)).toEqual([shown[1]!.pair, shown[1]!.pair, shown[0]!.pair, null]);
    expect(all.at(-1)).toMatchObject({ event: 'done', votes: 1, decided: 1, agreement: { voters: 1, share: null } });
    expect(linesOf('first/votes.jsonl')).toEqual([{ pair: shown[0]!.pair, voter: 'Anna', choice: 'a' }]);
    const [{ prompt, a, b }] = shown as [(typeof shown)[0]];
    const said = (content: string) => [{ role: 'assistant', content }];
    expect(linesOf('first/pairs.jsonl')).toEqual([{ prompt: [{ role: 'user', content: prompt }], chosen: said(a), rejected: said(b) }]);
    expect(JSON.parse(readFileSync(join(cwd, 'first/recipe.json'), 'utf8'))).toMatchObject({ verb: 'finetune vote', model: '../assistant', data: ['../prompts.jsonl'], pairs: 8, method: 'dpo', asChat: true, trained: { lora: { rank: 8 } } });
  });

  it('draws the same pairs from the same seed, and others from another', async () => {
    const pairsOf = async (...argv: string[]) => {
      const out = `drawn${argv.join('')}`;
      expect((await vote('', 'prompts.jsonl', '--model', 'assistant', ...few, ...argv, '--out', out)).exitCode).toBe(0);
      return (await loadVoteQueue(join(cwd, out))).pairs.map(({ id }) => id);
    };
    const first = (await loadVoteQueue(join(cwd, 'first'))).pairs.map(({ id }) => id);
    expect(await pairsOf()).toEqual(first);
    expect(await pairsOf('--seed', '2')).not.toEqual(first);
  });

  it('learns after so many votes, asks first where it is unsure, and learns what is left in the end', async () => {
    const { exitCode, stderr, json } = await vote('abnaq', 'prompts.jsonl', '--model', 'assistant', ...few, '--votes', '3', '--steps', '20', '--lr', '0.01', '--out', 'learned');
    expect([exitCode, stderr]).toEqual([0, '']);
    const [learned] = events(json(), 'learned');
    expect(events(json(), 'learned')).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(cwd, 'learned/recipe.json'), 'utf8'))).toMatchObject({ votes: 3, sha256: { '../assistant/model.safetensors': expect.stringMatching(/^[0-9a-f]{64}$/) as unknown } });
    expect(learned).toMatchObject({ learned: { of: 3 }, unseen: { right: 0, of: 0 }, kl: expect.any(Number) as unknown });
    const queue = await loadVoteQueue(join(cwd, 'learned'));
    expect(queue.guesses!.learned).toHaveLength(3);
    const open = queue.pairs.filter(({ id }) => !queue.votes.some(({ pair }) => pair === id));
    const least = open.reduce((one, other) => (Math.abs(queue.guesses!.margins[other.id]!) < Math.abs(queue.guesses!.margins[one.id]!) ? other : one));
    expect(json().findLast(({ event }) => event === 'pair')).toMatchObject({ pair: least.id, number: 5 });
    expect((await kk(['chat', 'learned', '--threads', '1', '--json'], { cwd, input: 'Is it red?\n' })).exitCode).toBe(0);

    // All the others, whose guesses stand beside the votes; the last ones are fewer than three.
    const rest = await vote('a'.repeat(20), '--resume', 'learned', '--votes', '100');
    expect([rest.exitCode, rest.stderr]).toEqual([0, '']);
    const votes = events(rest.json(), 'vote');
    expect(votes).toHaveLength(open.length);
    for (const { guess } of votes) expect(guess).toMatchObject({ choice: expect.stringMatching(/^[ab]$/) as unknown, probability: expect.any(Number) as unknown });
    const right = votes.filter(({ guess }) => (guess as { choice: string }).choice === 'a').length;
    expect(events(rest.json(), 'learned')).toMatchObject([{ unseen: { right, of: open.length }, learned: { of: 3 + open.length } }]);
    expect((await vote('', '--resume', 'learned')).json().map(({ event }) => event)).toEqual(['start', 'done']);
  });

  it('is compared with its base by kk report, on the prompts that were voted on or on others', async () => {
    const report = (...argv: string[]) => kk(['report', 'learned', '--max-tokens', '8', '--threads', '1', ...argv], { cwd });
    const { exitCode, stderr, stdout } = await report('--out', 'learned.html', 'learned.md');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('Questions: 8. Each time the likeliest answer. The questions are the prompts of its recipe: it learned from answers to them. learned.html learned.md');
    for (const text of ['learned.html', 'learned.md'].map((file) => readFileSync(join(cwd, file), 'utf8'))) {
      expect(text).toContain('Is it warm?');
      expect(text).not.toMatch(/Loss|example|exactly right/);
    }
    writeFileSync(join(cwd, 'others.jsonl'), '{"prompt": "Is it old?", "answer": "no it"}\n{"prompt": [{"role": "user", "content": "Is it new?"}]}\n');
    const others = (await report('--data', 'others.jsonl', 'answers.jsonl', '--questions', '40', '--json')).last() as { answers: { kind: string; question: string; expected: string[] }[]; learned: unknown };
    expect(others.learned).toBeNull();
    expect(others).toMatchObject({ base: { answers: { exact: expect.any(Number) as unknown } } });
    expect(others.answers).toHaveLength(34);
    expect(others.answers.slice(-2)).toMatchObject([{ kind: 'conversation', question: 'Is it old?', expected: ['no it'] }, { question: 'Is it new?', expected: [] }]);
    expect((await kk(['report', 'learned', '--data', 'text.txt'], { cwd })).stderr).toMatch(/Line 1 of text\.txt/);
  });

  it('learns from another voter as well: his votes may change what is decided', async () => {
    const { exitCode, stderr, json } = await vote('b'.repeat(20), '--resume', 'learned', '--voter', 'Ben', '--votes', '5');
    expect([exitCode, stderr]).toEqual([0, '']);
    const { pairs, votes } = json()[0] as { pairs: number; votes: number };
    // Each time after five votes, and in the end what is left.
    expect(events(json(), 'learned').length).toBeGreaterThanOrEqual(Math.floor(pairs / 5));
    const queue = await loadVoteQueue(join(cwd, 'learned'));
    expect(queue.guesses!.votes).toEqual(queue.votes);
    expect(queue.votes).toHaveLength(votes + pairs);
    expect((await vote('', '--resume', 'learned', '--voter', 'Ben')).json().map(({ event }) => event)).toEqual(['start', 'done']);
  });

  it('goes on as it began: after as many votes, and with the same voter', async () => {
    const argv = ['finetune', 'vote', 'prompts.jsonl', '--model', 'assistant', ...few, '--votes', '2', '--steps', '2', '--voter', 'Anna B', '--threads', '1', '--out', 'as-begun'];
    const { stdout } = await kk(argv, { cwd, input: 'a\n', env: { LANG: 'en_US.UTF-8' } });
    expect(stdout).toContain("kk finetune vote --resume as-begun --voter 'Anna B'\n");
    const more = await kk(['finetune', 'vote', '--resume', 'as-begun', '--voter', 'Anna B', '--json', '--threads', '1'], { cwd, input: 'b\nquit\n' });
    expect(events(more.json(), 'learned')).toHaveLength(1);
    const rarer = await kk(['finetune', 'vote', '--resume', 'as-begun', '--votes', '9', '--threads', '1'], { cwd, input: 'quit\n', env: { LANG: 'en_US.UTF-8' } });
    expect(rarer.stdout).toContain('kk finetune vote --resume as-begun --votes 9\n');
  });

  it('lets the last vote be taken back before it learns, also when it goes on', async () => {
    const few2 = few.map((option) => (option === '8' ? '2' : option));
    const { exitCode, json } = await vote('an<bq', 'prompts.jsonl', '--model', 'assistant', ...few2, '--votes', '2', '--steps', '2', '--out', 'last');
    expect(exitCode).toBe(0);
    const kinds = json().map(({ event }) => event);
    expect(kinds).toEqual(['start', 'pair', 'vote', 'pair', 'vote', 'back', 'pair', 'vote', 'learned', 'done']);
    const again = await vote('<a', '--resume', 'last');
    expect(again.json().map(({ event }) => event)).toEqual(['start', 'back', 'pair', 'vote', 'learned', 'done']); // another decision
    expect(linesOf('last/votes.jsonl').map(({ choice }) => choice)).toEqual(['a', 'a']);
  });

  it('--force removes the votes, the pairs and the adapter that were there', async () => {
    for (const name of ['votes.jsonl', 'pairs.jsonl', 'adapter_model.safetensors']) expect(existsSync(join(cwd, 'as-begun', name)), name).toBe(true);
    expect((await vote('', 'prompts.jsonl', '--model', 'assistant', ...few, '--out', 'as-begun', '--force')).exitCode).toBe(0);
    for (const name of ['pairs.jsonl', 'adapter_model.safetensors']) expect(existsSync(join(cwd, 'as-begun', name)), name).toBe(false);
    expect(readFileSync(join(cwd, 'as-begun/votes.jsonl'), 'utf8')).toBe('');
  });

  it('measures the agreement of several voters, of whom each has a vote on each pair', async () => {
    const { exitCode, json } = await vote('bbq', '--resume', 'first', '--voter', 'Ben');
    expect(exitCode).toBe(0);
    expect(json().at(-1)).toMatchObject({ event: 'done', votes: 3, decided: 1, agreement: { voters: 2, pairs: 1, share: 0, kappa: 0 } });
    expect(linesOf('first/votes.jsonl').map(({ voter, choice }) => [voter, choice])).toEqual([['Anna', 'a'], ['Ben', 'b'], ['Ben', 'b']]);
  });

  it('trains a reward model with --method reward', async () => {
    const { exitCode, stderr, json } = await vote('abaq', 'prompts.jsonl', '--model', 'assistant', ...few, '--method', 'reward', '--votes', '3', '--steps', '20', '--lr', '0.01', '--out', 'reward');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(events(json(), 'learned')).toMatchObject([{ kl: null, steps: 20, learned: { of: 3 } }]);
    for (const file of ['adapter_model.safetensors', 'reward_head.safetensors']) expect(existsSync(join(cwd, 'reward', file)), file).toBe(true);
    const more = await kk(['finetune', 'reward', 'reward/pairs.jsonl', '--model', 'assistant', '--steps', '2', '--held-out', '0', '--threads', '1', '--json', '--out', 'reward-again'], { cwd });
    expect([more.exitCode, more.stderr]).toEqual([0, '']);
    expect(more.json()[0]).toMatchObject({ preferences: 3 });
  });

  it('ends a training that goes too far from the base', async () => {
    const { json } = await vote('aba', 'prompts.jsonl', '--model', 'assistant', ...few, '--votes', '3', '--steps', '200', '--lr', '0.05', '--max-kl', '0.2', '--out', 'far');
    const [learned] = events(json(), 'learned') as unknown as [{ steps: number; kl: number; isStopped: boolean }];
    expect(learned.isStopped).toBe(true);
    expect(learned.kl).toBeGreaterThan(0.2);
    expect(learned.steps).toBeLessThan(200);
  });

  it.each([
    ['en_US.UTF-8', /Pairs +\d+\n[^]*Learns +each time after 2 votes for a or b[^]*Pair 1 of \d+\n Is it \w+\?\n\n a [^]*› neither[^]*Taken back\.[^]*Learned +from 2 decided pairs, in 4 steps[^]*Next come the pairs[^]*The model had guessed [ab], and was \d+% sure\.[^]*Votes +3; 3 pairs decided[^]*Go on voting:\n kk finetune vote --resume words-en\n\n Talk with it:\n kk chat words-en\n$/],
    ['de_DE.UTF-8', /Paare +\d+\n[^]*Lernt +jedes Mal nach 2 Stimmen für a oder b[^]*Paar 1 von \d+\n[^]*› keine von beiden[^]*Zurückgenommen\.[^]*Gelernt +aus 2 entschiedenen Paaren, in 4 Schritten[^]*Als Nächstes kommen[^]*Das Modell hatte [ab] vermutet und war sich zu \d+\s% sicher\.[^]*Stimmen +3; 3 Paare für a oder b[^]*Weiter abstimmen:\n kk finetune vote --resume words-de\n\n Sprich mit ihm:\n kk chat words-de\n$/],
  ])('says the same to people (%s)', async (locale, says) => {
    const out = `words-${locale.slice(0, 2)}`;
    const { exitCode, stdout, stderr } = await kk(['finetune', 'vote', 'prompts.jsonl', '--model', 'assistant', ...few, '--votes', '2', '--steps', '4', '--out', out], { cwd, env: { LANG: locale }, input: 'n\nback\na\nb\na\nq\n' });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(says);
  });
});

describe('kk finetune vote, in a terminal', () => {
  const start = (out: string, ...argv: string[]): string[] => ['finetune', 'vote', 'prompts.jsonl', '--model', 'assistant', ...few, '--out', out, ...argv];

  it('takes single keys', async () => {
    const { exitCode, screen } = await typing(start('keys'), [['q: leave.', 'A'], ['q: leave.', 'n'], ['q: leave.', BACKSPACE], [/Taken back[^]*q: leave\./, 'x'], ['q: leave.', 'b'], ['q: leave.', 'q']], { cwd });
    expect(exitCode).toBe(0);
    expect(screen).toMatch(/› a\b[^]*› neither[^]*Taken back\.[^]*› b/);
    expect(screen).toContain('kk finetune vote --resume keys');
    expect(linesOf('keys/votes.jsonl').map(({ choice }) => choice)).toEqual(['a', 'b']);
  });

  it('drops keys that nobody asked for', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
    let next: Promise<string | undefined> | undefined;
    await new Promise<void>((isRead) => {
      const keys: TerminalKeys = new TerminalKeys(stdin, () => {
        next = keys.next(new AbortController().signal);
        isRead();
      });
      stdin.write('a');
      stdin.write(CTRL_C);
    });
    stdin.write('b');
    expect(await next).toBe('b');
  });

  it('speaks German where the system does', async () => {
    const { exitCode, screen } = await typing(start('german'), [['q: beenden.', 'a'], ['q: beenden.', '\u0004']], { cwd, env: { LANG: 'de_DE.UTF-8' } });
    expect(exitCode).toBe(0);
    expect(screen).toMatch(/Paar 2 von \d/);
    expect(screen).toContain('Weiter abstimmen:');
  });

  it('keeps every vote at Ctrl-C, and goes on', async () => {
    const { exitCode, screen } = await typing(start('stopped'), [['q: leave.', 'a'], ['q: leave.', 'b'], ['q: leave.', CTRL_C]], { cwd });
    expect(exitCode).toBe(130);
    expect(screen).toMatch(/kk: Stopped; 2 votes are saved in stopped\.[^]*kk finetune vote --resume stopped/);
    expect(linesOf('stopped/votes.jsonl')).toHaveLength(2);
    const { json } = await vote('q', '--resume', 'stopped');
    expect(json()[0]).toMatchObject({ votes: 2 });
    expect(events(json(), 'pair')).toMatchObject([{ number: 3 }]);
  });

  it('stops learning at Ctrl-C, and learns when it goes on', async () => {
    const { exitCode, screen } = await typing(start('cut', '--votes', '2', '--steps', '2000'), [['q: leave.', 'a'], ['q: leave.', 'b'], ['learning from 2 votes: step', CTRL_C]], { cwd });
    expect(exitCode).toBe(130);
    expect(screen).toContain('2 votes are saved in cut');
    expect(existsSync(join(cwd, 'cut', 'adapter_model.safetensors'))).toBe(false);
    const recipe = JSON.parse(readFileSync(join(cwd, 'cut/recipe.json'), 'utf8')) as object;
    writeFileSync(join(cwd, 'cut/recipe.json'), JSON.stringify({ ...recipe, steps: 4 }));
    const { json } = await vote('q', '--resume', 'cut', '--votes', '2');
    expect(json().map(({ event }) => event)).toEqual(['start', 'learned', 'pair', 'done']);
  });
});

describe('what is wrong', () => {
  const model = ['--model', 'assistant'];

  it.each([
    [['prompts.jsonl'], 2, /kk finetune vote needs --model DIR\./],
    [model, 2, /kk finetune vote needs --data FILE\.\.\. or --resume DIR/],
    [['prompts.jsonl', ...model, '--method', 'reward', '--beta', '0.2'], 2, /--beta .*--method reward/],
    [['--resume', 'first', '--pairs', '3'], 2, /--pairs .*--resume/],
    [['prompts.jsonl', ...model, '--voter', ' '], 2, /--voter is empty/],
    [['--resume', 'base'], 1, /base holds no votes to go on with: recipe\.json is missing\./],
    [['prompts.jsonl', ...model, '--out', 'first'], 1, /There are files in first already \(.*queue\.json.*\)\.\n +Go on with its votes: --resume first\. Replace them: --force/],
    [['prompts.jsonl', '--model', 'base', '--as-chat'], 1, /base has no chat template/],
    [['prompts.jsonl', '--model', 'base'], 1, /base has no token that ends an answer/],
    [['prompts.jsonl', '--model', 'base', '--as-chat', '--template', 'chatml'], 1, /The tokenizer of base lacks <\|im_start\|> <\|im_end\|>/],
    [['talk.jsonl', ...model, '--as-chat'], 2, /--as-chat has no effect: talk\.jsonl has no prompt that is a text/],
    [['text.txt', ...model], 1, /Line 1 of .*text\.txt: it is not JSON/],
    [['wrong.jsonl', ...model], 1, /Line 1 of .*wrong\.jsonl: prompt is missing; expected \{"prompt"/],
    [['nowhere.jsonl', ...model], 1, /Cannot read nowhere\.jsonl: there is no such file/],
  ])('%j', async (argv, code, message) => {
    writeFileSync(join(cwd, 'talk.jsonl'), '{"prompt": [{"role": "user", "content": "Is it red?"}]}\n');
    writeFileSync(join(cwd, 'wrong.jsonl'), '{"question": "Is it red?"}\n');
    const { exitCode, stderr } = await kk(['finetune', 'vote', ...argv, ...(argv.includes('--out') || argv.includes('--resume') ? [] : ['--out', 'refused']), '--json'], { cwd, input: 'a\n' });
    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(existsSync(join(cwd, 'refused'))).toBe(false);
  });

  it('a line that is no vote is named, and the votes before it are saved', async () => {
    const { exitCode, stderr } = await kk(['finetune', 'vote', 'prompts.jsonl', ...model, ...few, '--out', 'odd'], { cwd, input: 'a\n\nc\n' });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/Line 3 of standard input is "c"; expected a vote: a, b, n \(neither\), back or quit\.\n +The votes before it are saved\./)]);
    expect(linesOf('odd/votes.jsonl')).toHaveLength(1);
  });

  it('nobody can vote where the output is no terminal and nothing is piped in', async () => {
    const { exitCode, stderr } = await kk(['finetune', 'vote', 'prompts.jsonl', ...model, '--out', 'refused'], { cwd });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/asks for votes, but its output is no terminal\.\n +Run it in a terminal, or give the votes by a pipe/)]);
    expect(existsSync(join(cwd, 'refused'))).toBe(false);
  });

  it('damaged votes are named by their line', async () => {
    writeFileSync(join(cwd, 'odd/votes.jsonl'), '{"pair": "other", "voter": "Anna", "choice": "a"}\n');
    expect(await kk(['finetune', 'vote', '--resume', 'odd', '--json'], { cwd, input: '' })).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/votes\[0\]: there is no pair "other" in this queue/) as unknown });
  });
});
