// From a base to a model that answers: kk finetune sft, kk chat, kk merge and kk report, on a tiny model.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../src/errors.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;
/** Of the base, on the example that each run held out. */
const lossBefore: Record<string, number> = {};
const words = ['red', 'blue', 'green', 'old', 'new', 'big', 'small', 'warm', 'cold', 'dark', 'light', 'fast'];
const lines = words.map((word) => JSON.stringify({ prompt: `What is ${word}?`, completion: `It is ${word}.` }));

const sft = (...argv: string[]) => kk(['finetune', 'sft', ...argv, '--threads', '1'], { cwd });
const quick = ['--as-chat', '--steps', '6', '--batch', '4', '--lr', '0.003', '--json'];
const bytesOf = (folder: string, file = 'model.safetensors'): Buffer => readFileSync(join(cwd, folder, file));

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(1500));
  writeFileSync(join(cwd, 'lines.jsonl'), [...lines, lines[0]].join('\n'));
  const base = await kk(['train', 'text.txt', '--tokenizer', 'bpe:270', '--layers', '2', '--heads', '2', '--width', '16', '--context', '64', '--batch', '4', '--steps', '12', '--lr', '0.01', '--out', 'base', '--quiet'], { cwd });
  expect(base.stderr).toBe('');
  for (const [out, ...trained] of [['full', '--full'], ['lora', '--lora', '4']] as const) {
    const { exitCode, stderr, last } = await sft('lines.jsonl', '--model', 'base', ...quick, ...trained, '--replay', 'text.txt:0.25', '--out', out);
    expect([exitCode, stderr]).toEqual([0, '']);
    lossBefore[out] = (last() as { before: { task: number } }).before.task;
  }
}, 60_000);

describe('kk finetune sft', () => {
  it('says what it has before it begins, what it measures, and how answers changed', async () => {
    const { json, exitCode } = await sft('lines.jsonl', '--model', 'base', ...quick, '--look-every', '3', '--out', 'said');
    expect(exitCode).toBe(0);
    const events = json();
    // 13 examples, one of them twice; a tenth is held out.
    expect(events[0]).toMatchObject({ event: 'start', trained: 'full', examples: 12, heldOut: 1, duplicates: 1, dropped: 0, truncated: 0, addedTokens: ['<|im_start|>', '<|im_end|>'], steps: 6, learningRate: 0.003 });
    expect(events[0].trainedParameters).toBe(events[0].parameters);
    expect(events.filter(({ event }) => event === 'look').map(({ step }) => step)).toEqual([0, 3, 6]);
    expect(events.filter(({ event }) => event === 'save').map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]); // at each tenth of the steps
    const done = events.at(-1) as { before: { task: number }; after: { task: number }; answers: { prompt: string; learned: boolean; expected: string; before: string; after: string }[] };
    expect(done.after.task).toBeLessThan(done.before.task);
    expect(done.answers).toHaveLength(3);
    expect(done.answers.map(({ learned }) => learned)).toEqual([false, true, true]);
    for (const { prompt, expected } of done.answers) expect(expected).toBe(`It is ${/What is (\w+)\?/.exec(prompt)?.[1]}.`);
  });

  it('takes small batches and enough steps where there are few rows', async () => {
    writeFileSync(join(cwd, 'few.jsonl'), lines.slice(0, 4).join('\n'));
    const { json, exitCode } = await sft('few.jsonl', '--model', 'base', '--as-chat', '--json', '--out', 'few');
    expect(exitCode).toBe(0);
    const { rows, batchSize, steps } = json()[0] as { rows: number; batchSize: number; steps: number };
    expect([batchSize, steps]).toEqual([rows, 60]);
    expect(rows).toBeLessThan(8);
  });

  it('saves the last weights where few examples are held out, and those with the lowest loss where it is told to', async () => {
    const ruined = ['lines.jsonl', '--model', 'base', '--as-chat', '--steps', '2', '--warmup', '2', '--lr', '1', '--look-every', '1'];
    for (const [kept, ...options] of [['last'], ['best', '--keep', 'best']] as const) {
      const { json, exitCode, stderr } = await sft(...ruined, ...options, '--json', '--out', `kept-${kept}`);
      expect([exitCode, stderr]).toEqual([0, '']);
      const events = json();
      const looks = events.filter(({ event, step }) => event === 'look' && step !== 0) as unknown as { step: number; task: number }[];
      const best = looks.reduce((lowest, look) => (look.task < lowest.task ? look : lowest));
      expect(best.step).toBe(1);
      const { task, step } = kept === 'best' ? best : looks.at(-1)!;
      expect(events.at(-1)).toMatchObject({ kept, after: { task, step } });
      const report = await kk(['report', `kept-${kept}`, '--max-tokens', '1', '--json', '--threads', '1'], { cwd });
      expect((report.last() as { tuned: { task: { loss: number } } }).tuned.task.loss / task).toBeCloseTo(1, 4);
    }
    const { stdout } = await sft(...ruined, '--out', 'kept-last', '--force');
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(/Steps 2; the last weights are saved, not those of step 1: 1 held-out example cannot say which are best \(--keep best\)/);
    expect(said).toContain('2 steps hardly change a model.');
    expect(said).toContain(`worse than pure guessing, whose loss is ${Math.log(272).toFixed(3)}`);
  });

  it('shows the same to people', async () => {
    const { stdout } = await kk(['finetune', 'sft', 'lines.jsonl', '--model', 'base', '--as-chat', '--steps', '2', '--lora', '2', '--truncation', 'right', '--out', 'people', '--threads', '1'], { cwd });
    expect(stdout).toMatch(/Examples +lines\.jsonl: 12 to learn, 1 to check on/);
    expect(stdout).toMatch(/Note +1 duplicate\./);
    expect(stdout).toMatch(/New tokens +<\|im_start\|> <\|im_end\|>/);
    expect(stdout).toMatch(/Trained +a LoRA adapter of rank 2: [\d,]+ of [\d,]+ parameters, \d+\.\d%/);
    expect(stdout).toMatch(/Device +wasm/);
    expect(stdout).toMatch(/before [\s\S]*after [\s\S]*example +It is/);
    expect(stdout).toMatch(/did not learn from this example\.[\s\S]*It learned from this example\./);
    expect(stdout).toContain(`The straight line at ${Math.log(272).toFixed(2)} is pure guessing`);
    expect(stdout).toMatch(/Unseen answers +loss \d\.\d{3} before, \d\.\d{3} now/);
    expect(stdout).toContain('kk chat people');
  });

  it('shows the beginning of a long answer', async () => {
    const answer = `Answer begins ${'so '.repeat(120)}Answer ends`;
    writeFileSync(join(cwd, 'long-answer.jsonl'), JSON.stringify({ prompt: 'Why?', completion: answer }));
    const { stdout, exitCode } = await kk(['finetune', 'sft', 'long-answer.jsonl', '--model', 'base', '--steps', '1', '--truncation', 'right', '--out', 'long', '--threads', '1'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/example +Answer begins so so [\s\S]* …/);
    expect(stdout).not.toContain('Answer ends');
  });

  it('stores the template, the tokens that end an answer, and the recipe with the model', () => {
    const { chat_template, eos_token } = JSON.parse(bytesOf('full', 'tokenizer_config.json').toString()) as Record<string, string>;
    expect(chat_template).toContain('<|im_start|>');
    expect(eos_token).toBe('<|im_end|>');
    expect(JSON.parse(bytesOf('full', 'generation_config.json').toString())).toMatchObject({ eos_token_id: 271 });
    expect(JSON.parse(bytesOf('full', 'recipe.json').toString())).toMatchObject({ format: 'kk-recipe-1', model: '../base', data: ['../lines.jsonl'], replay: { file: '../text.txt', share: 0.25 }, trained: 'full', asChat: true, steps: 6, sha256: { '../lines.jsonl': expect.stringMatching(/^[0-9a-f]{64}$/) as unknown } });
    expect(existsSync(join(cwd, 'lora', 'config.json'))).toBe(false);
    expect(JSON.parse(bytesOf('lora', 'adapter_config.json').toString())).toMatchObject({ peft_type: 'LORA', r: 4, base_model_name_or_path: '../base' });
  });

  it('a recipe runs again with the same bits, and with what is given instead', async () => {
    expect((await sft('--recipe', 'full/recipe.json', '--out', 'again', '--json')).exitCode).toBe(0);
    expect(bytesOf('again').equals(bytesOf('full'))).toBe(true);
    const other = await sft('--recipe', 'full/recipe.json', '--seed', '2', '--steps', '3', '--out', 'other', '--json');
    expect(other.json()[0]).toMatchObject({ seed: 2, steps: 3, learningRate: 0.003, replay: 0.25 });
    writeFileSync(join(cwd, 'moved.jsonl'), lines.join('\n'));
    const recipe = JSON.parse(bytesOf('full', 'recipe.json').toString()) as object;
    writeFileSync(join(cwd, 'full', 'changed.json'), JSON.stringify({ ...recipe, sha256: { '../lines.jsonl': '0'.repeat(64) } }));
    const changed = await sft('--recipe', 'full/changed.json', '--out', 'changed');
    expect([changed.exitCode, changed.stderr]).toEqual([1, expect.stringMatching(/lines\.jsonl is another file than when the run began/)]);
    writeFileSync(join(cwd, 'full', 'changed.json'), JSON.stringify({ ...recipe, batch: 0 }));
    expect((await sft('--recipe', 'full/changed.json', '--out', 'changed')).stderr).toMatch(/batch is 0; expected a whole number from 1 to 100000/);
  });

  it.each(['full', 'lora'])('goes on with the same bits after Ctrl-C, and after a kill at any save (%s)', async (what) => {
    const file = what === 'full' ? 'model.safetensors' : 'adapter_model.safetensors';
    const controller = new AbortController();
    const argv = ['finetune', 'sft', '--recipe', `${what}/recipe.json`, '--save-every', '2', '--out', `${what}-stopped`, '--json', '--threads', '1'];
    const stopped = await kk(argv, {
      cwd,
      interrupt: controller.signal,
      onStdout: (text) => {
        if (text.includes('"event":"save","step":2')) cpSync(join(cwd, `${what}-stopped`), join(cwd, `${what}-killed`), { recursive: true, filter: (path) => !path.endsWith('.lock') });
        if (text.includes('"event":"save","step":4')) controller.abort(new Interrupted('Stopped.'));
      },
    });
    expect([stopped.exitCode, stopped.stderr]).toEqual([130, expect.stringContaining(`finetune sft --resume ${what}-stopped`)]);
    for (const folder of [`${what}-stopped`, `${what}-killed`]) {
      const resumed = await sft('--resume', folder, '--json');
      expect([resumed.exitCode, resumed.stderr]).toEqual([0, '']);
      expect(bytesOf(folder, file).equals(bytesOf(what, file)), folder).toBe(true);
      expect(resumed.last().answers).toEqual(expect.arrayContaining([expect.objectContaining({ before: expect.any(String) as unknown })]));
    }
  });

  it('killed before its first checkpoint begins again to the same bits, and every verb says how', async () => {
    cpSync(join(cwd, 'full', 'recipe.json'), join(cwd, 'killed', 'recipe.json'));
    const begin = 'A tuning was stopped there before its first checkpoint. Begin it again: kk finetune sft --recipe killed/recipe.json --out killed --force';
    for (const [argv, message] of [
      [['finetune', 'sft', '--resume', 'killed'], `kk: killed holds no tuning to go on with: checkpoint.safetensors is missing. ${begin} `],
      [['chat', 'killed'], `kk: killed holds no model: config.json and model.safetensors are missing. ${begin} `],
      [['finetune', 'sft', 'lines.jsonl', '--model', 'base', '--out', 'killed'], 'kk: killed already holds the recipe of a tuning that was stopped before its first checkpoint (recipe.json). Replace it: --force. Or choose another folder: --out DIR. '],
    ] as const) {
      const { exitCode, stderr } = await kk([...argv], { cwd, input: '' });
      expect([exitCode, stderr.replace(/\s+/g, ' ')], argv.join(' ')).toEqual([1, message]);
    }
    expect((await sft('--recipe', 'killed/recipe.json', '--out', 'killed', '--force', '--json')).exitCode).toBe(0);
    expect(bytesOf('killed').equals(bytesOf('full'))).toBe(true);
    rmSync(join(cwd, 'killed', 'model.safetensors')); // as after a kill behind its first checkpoint
    expect((await kk(['chat', 'killed'], { cwd, input: '' })).stderr.replace(/\s+/g, ' ')).toContain('model.safetensors is missing. A tuning was stopped there. Go on with it: kk finetune sft --resume killed');
  });

  it.each(['full', 'lora'])('that is finished is not reported again, but says what to do (%s)', async (what) => {
    const file = what === 'full' ? 'model.safetensors' : 'adapter_model.safetensors';
    const before = bytesOf(what, file);
    const { exitCode, stdout } = await sft('--resume', what);
    expect([exitCode, stdout.trim().replace(/\s+/g, ' ')]).toEqual([0, `${what} is already finished: all 6 steps are done. To train longer, run its recipe again with more steps: kk finetune sft --recipe ${what}/recipe.json --steps 12 --out ${what}-longer`]);
    expect(bytesOf(what, file).equals(before)).toBe(true);
  });

  it('names itself in hints as it is run', async () => {
    const { stderr } = await kk(['chat', 'base'], { cwd, input: '', command: 'node bin/kk.js' });
    expect(stderr.replace(/\s+/g, ' ')).toContain('kk: base has no chat template: it continues texts, and was not taught to answer. Tune it first: node bin/kk.js finetune sft --data FILE --model base.');
  });

  it.each(['full', 'lora'])('stopped before the first step has no result, and goes on to the same bits (%s)', async (what) => {
    const file = what === 'full' ? 'model.safetensors' : 'adapter_model.safetensors';
    const controller = new AbortController();
    const folder = `${what}-unbegun`;
    const stopped = await kk(['finetune', 'sft', '--recipe', `${what}/recipe.json`, '--out', folder, '--json', '--threads', '1'], {
      cwd,
      interrupt: controller.signal,
      onStdout: (text) => {
        if (text.includes('"event":"look","step":0')) controller.abort(new Interrupted('Stopped.'));
      },
    });
    expect([stopped.exitCode, stopped.stderr]).toEqual([130, expect.stringMatching(new RegExp(`Stopped after step 0 of 6[^]*finetune sft --resume ${folder}`))]);
    expect(existsSync(join(cwd, folder, file))).toBe(false);
    expect((await sft('--resume', folder, '--json')).stderr).toBe('');
    expect(bytesOf(folder, file).equals(bytesOf(what, file))).toBe(true);
  });

  it.each([['--full', '2000', 'model.safetensors'], ['--lora 4', '10000', 'adapter_model.safetensors']])('a tuning that breaks down keeps its best weights (%s)', async (trained, lr, file) => {
    const out = `diverged-${file}`;
    // The rate rises with the warm-up: the first steps are small enough to learn something.
    const argv = ['lines.jsonl', '--model', 'base', '--as-chat', ...trained.split(' '), '--steps', '100000', '--batch', '4', '--lr', lr, '--warmup', '100000', '--clip', '0', '--look-every', '1', '--save-every', '2', '--json', '--out', out];
    const { exitCode, stderr, json } = await sft(...argv);
    expect(exitCode).toBe(1);
    const said = stderr.replace(/\s+/g, ' ');
    const [, best, last] = /Training broke down in step \d+.* The best weights, those after step (\d+), are saved in diverged\S+\. The checkpoint of step (\d+) in \S+ is intact/.exec(said) ?? [];
    expect(said).toContain('Start it anew with a lower --lr.');
    expect(Number(last)).toBeGreaterThanOrEqual(Number(best));
    const looks = json().filter(({ event }) => event === 'look') as unknown as { step: number; task: number }[];
    expect(looks.slice(1).reduce((least, look) => (look.task < least.task ? look : least)).step).toBe(Number(best));
    expect(bytesOf(out, file).length).toBeGreaterThan(1000);
    expect(existsSync(join(cwd, out, 'checkpoint.safetensors'))).toBe(true);
  });

  it('a tuning that breaks down in its first step saves nothing', async () => {
    const { exitCode, stderr } = await sft('lines.jsonl', '--model', 'base', '--as-chat', '--full', '--steps', '5', '--batch', '4', '--lr', '1e30', '--warmup', '0', '--clip', '0', '--json', '--out', 'ruined');
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/Training broke down in step [12][^]*Start it anew with a lower --lr\.\n$/)]);
    expect(existsSync(join(cwd, 'ruined', 'model.safetensors'))).toBe(false);
  });

  it('names what is wrong, and what to do', async () => {
    writeFileSync(join(cwd, 'talk.jsonl'), JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hi' }] }));
    writeFileSync(join(cwd, 'bad.jsonl'), `${lines[0]}\n{"prompt": 3}\n`);
    writeFileSync(join(cwd, 'empty.jsonl'), `${lines[0]}\n{"messages": [{"role": "user", "content": "Hi"}]}\n`);
    for (const [argv, exitCode, message] of [
      [['lines.jsonl'], 2, /needs --model DIR/],
      [['--model', 'base'], 2, /needs --data FILE\.\.\. or --recipe FILE or --resume DIR/],
      [['lines.jsonl', '--model', 'base', '--lora', '4', '--full'], 2, /--lora cannot be given with --full/],
      [['lines.jsonl', '--model', 'base', '--lora-alpha', '4'], 2, /--lora-alpha has no effect without --lora/],
      [['lines.jsonl', '--model', 'base', '--replay', 'text.txt:1.5'], 2, /invalid for --replay.*share from 0\.01 to 0\.99/],
      [['--resume', 'full', '--lr', '1'], 2, /--lr cannot be given with --resume/],
      [['--resume', 'base'], 1, /holds no tuning to go on with: recipe\.json is missing/],
      [['lines.jsonl', '--model', 'full', '--out', 'base'], 1, /base already holds a model.*/],
      [['lines.jsonl', '--model', 'lora', '--out', 'x'], 1, /lora is an adapter; expected a model to tune/],
      [['lines.jsonl', '--model', 'base', '--last-layers', '3', '--as-chat', '--out', 'x'], 2, /--last-layers is 3, but base has 2 layers\.\n {4}Give fewer, or --full\./],
      [['lines.jsonl', '--model', 'base', '--lora', '17', '--as-chat', '--out', 'x'], 1, /rank of the adapter is 17, but blocks\.0\.attention\.queryKeyValue is a matrix of 16 by 48, which has no rank above 16: take 16 or less/],
      [['talk.jsonl', '--model', 'base', '--as-chat', '--out', 'x'], 2, /--as-chat has no effect: talk\.jsonl has no prompt that is a text\.\s+Leave it out/],
      [['missing.jsonl', '--model', 'base', '--out', 'x'], 1, /missing\.jsonl/],
      [['bad.jsonl', '--model', 'base', '--out', 'x'], 1, /[Ll]ine 2.*bad\.jsonl/],
      [['empty.jsonl', '--model', 'base', '--out', 'x'], 1, /empty\.jsonl, line 2: /],
    ] as const) {
      const result = await sft(...argv);
      expect([result.exitCode, result.stderr], argv.join(' ')).toEqual([exitCode, expect.stringMatching(message)]);
    }
    expect(existsSync(join(cwd, 'x', 'recipe.json'))).toBe(false);
  });
});

describe('kk chat', () => {
  const chat = (argv: readonly string[], input: string) => kk(['chat', ...argv, '--temperature', '0', '--max-tokens', '12', '--threads', '1'], { cwd, input });

  it('answers what is piped in, line by line, with the conversation before it', async () => {
    const { json, exitCode, stderr } = await chat(['full', '--json'], 'What is red?\n\nWhat is \\\nblue?\n/reset\nWhat is red?\n');
    expect([exitCode, stderr]).toEqual([0, '']);
    const answers = json();
    expect(answers.map(({ said }) => said)).toEqual(['What is red?', 'What is \nblue?', 'What is red?']);
    expect(answers[2].answer).toBe(answers[0].answer);
    for (const { end, tokens } of answers) expect(['ended', 'longest', 'full'].includes(end as string) && (tokens as number) <= 12).toBe(true);
  });

  it('keeps an answer as it was written, with the blank that it begins with', async () => {
    writeFileSync(join(cwd, 'blanks.txt'), 'a '.repeat(400));
    expect((await kk(['train', 'blanks.txt', '--layers', '1', '--heads', '1', '--width', '8', '--context', '16', '--batch', '4', '--steps', '60', '--lr', '0.03', '--out', 'blanks', '--quiet'], { cwd })).exitCode).toBe(0);
    writeFileSync(join(cwd, 'bare.jinja'), '{% for m in messages %}{{ m.content }}{% endfor %}');
    const { json, stderr } = await kk(['chat', 'blanks', '--template', 'bare.jinja', '--temperature', '0', '--max-tokens', '3', '--json', '--threads', '1'], { cwd, input: 'a\n/save blanks.jsonl\n' });
    expect(stderr).toBe('');
    expect(json()[0]).toMatchObject({ answer: ' a ' });
    expect(JSON.parse(readFileSync(join(cwd, 'blanks.jsonl'), 'utf8'))).toEqual({ messages: [{ role: 'user', content: 'a' }, { role: 'assistant', content: ' a ' }] });
  });

  it('says whether an answer alone filled the context, or the conversation with it', async () => {
    const { stderr } = await kk(['chat', 'blanks', '--template', 'bare.jinja', '--temperature', '0', '--threads', '1'], { cwd, input: 'a\n/reset\n/max-tokens 3\na\n/max-tokens 400\na\n' });
    const [, alone, later] = /^([^]*)The conversation begins anew\.([^]*)$/.exec(stderr) ?? [];
    expect(alone).toMatch(/cut off: this answer alone filled the context of the model/);
    expect(later).toMatch(/cut off, for the context of the model is full: \/reset makes room/);
    expect(later).not.toContain('alone');
  });

  it('takes a seed and a choice of tokens with temperature 0, which /temperature may change', async () => {
    const { exitCode, stderr, json } = await chat(['full', '--json', '--seed', '3', '--top-k', '5'], 'What is red?\n/temperature 1\nWhat is red?\n');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(json().map(({ seed }) => seed)).toEqual([3, 3]);
  });

  it('leaves out the oldest messages where the context is full, and says so', async () => {
    const { json } = await chat(['full', '--json'], 'What is red?\n'.repeat(5));
    const left = json().map(({ leftOut }) => leftOut as number);
    expect(left[0]).toBe(0);
    expect(left.at(-1)).toBeGreaterThan(0);
    const told = await chat(['full'], 'What is red?\n'.repeat(5));
    expect(told.stderr).toContain('The model no longer sees the first');
    const long = await chat(['full', '--json'], `${'very '.repeat(40)}\nWhat is red?\n`);
    expect(long.json()[0]).toMatchObject({ event: 'refused', reason: expect.stringMatching(/That message is too long.*there is room for \d+/) as unknown });
    expect(long.json()).toHaveLength(2);
  });

  it('carries out commands, and says what is wrong with them', async () => {
    const { stdout, stderr, exitCode } = await chat(['full', '--bars'], 'What is red?\n/bars 1\n/bars 99\n/temperature\n/temperature hot\n/top-p 0.5\n/top-p off\n/seed 3\n/system Be brief.\n/system -\n/system\n/again\n/undo\n/undo\n/adapter\n/max-tokens off\n/nothing\n/save saved.jsonl\n/save saved.jsonl\n/help\n/exit\nnever\n');
    expect(exitCode).toBe(0);
    for (const said of ['temperature is 0.', 'Expected a number from 0.', 'top-p is now 0.5.', 'top-p is now off.', 'seed is now 3.', 'System: Be brief.', 'There is no system prompt.', 'Taken back.', 'There is no answer yet.', 'There is no adapter', 'Expected a whole number', 'There is no command /nothing', 'Saved in saved.jsonl.', 'saved.jsonl is there already', 'has no token 99']) expect(stderr, said).toContain(said);
    expect(stdout).toMatch(/Token 1 of \d+: what could have come\n.*%\n/);
    expect(stdout).toContain('/temperature T');
    expect(stdout).not.toContain('never');
    expect(JSON.parse(readFileSync(join(cwd, 'saved.jsonl'), 'utf8'))).toEqual({ messages: [] });
  });

  it('an adapter stands for its model with it, and can be switched off', async () => {
    const script = 'What is red?\n/adapter lora off\n/reset\nWhat is red?\n';
    const [alone, both] = [await chat(['lora', '--json', '--seed', '1'].slice(0, 2), script), await chat(['base', '--adapter', 'lora', '--json'], script)];
    expect(alone.json().map(({ answer }) => answer)).toEqual(both.json().map(({ answer }) => answer));
    expect((await chat(['lora'], '/adapter lora off\n/adapter\n/adapter no\n')).stderr).toMatch(/Adapters: lora off[\s\S]*There is no adapter no\./);
  });

  it('refuses a model without a template, with the remedy, unless one is named', async () => {
    const refused = await chat(['base'], 'Hi\n');
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/base has no chat template.*[\s\S]*kk finetune sft --data FILE --model base[\s\S]*--template chatml/)]);
    expect((await chat(['base', '--template', 'chatml', '--json'], 'Hi\n')).json()).toHaveLength(1);
    writeFileSync(join(cwd, 'own.jinja'), '{% for m in messages %}[{{ m.role }}: {{ m.content }}]{% endfor %}{% if add_generation_prompt %}[assistant: {% endif %}');
    expect((await chat(['base', '--template', 'own.jinja', '--json'], 'Hi\n')).json()).toHaveLength(1);
    expect((await chat(['nothing'], '')).exitCode).toBe(1);
  });
});

describe('two adapters of one base', () => {
  it('that were trained with the same new tokens cannot be used together, and it says what to do', async () => {
    expect((await sft('lines.jsonl', '--model', 'base', ...quick, '--lora', '2', '--seed', '2', '--out', 'second')).exitCode).toBe(0);
    for (const argv of [['chat', 'base', '--adapter', 'lora', 'second'], ['chat', 'lora', '--adapter', 'second'], ['merge', 'lora', 'second', '--out', 'merged-both']]) {
      const { exitCode, stderr } = await kk([...argv, '--threads', '1'], { cwd, input: '' });
      expect([exitCode, stderr.replace(/\s+/g, ' ')], argv.join(' ')).toEqual([1, 'kk: second and lora were each trained with the new tokens <|im_start|> <|im_end|>, and each has its own vectors for them: they cannot be used together. Use one of them. Or train the second on a model that knows these tokens: kk merge lora --out DIR, then kk finetune sft --lora with --model DIR. ']);
    }
    expect(existsSync(join(cwd, 'merged-both'))).toBe(false);
  });

  it('add up where the base knows the tokens', async () => {
    for (const seed of ['1', '2']) expect((await sft('lines.jsonl', '--model', 'full', ...quick, '--lora', '2', '--seed', seed, '--out', `on-full-${seed}`)).exitCode).toBe(0);
    const { exitCode, stderr } = await kk(['chat', 'full', '--adapter', 'on-full-1', 'on-full-2', '--max-tokens', '2', '--threads', '1'], { cwd, input: 'What is red?\n' });
    expect([exitCode, stderr.replace(/cut off after 2 tokens.*\n/, '')]).toEqual([0, '']);
    expect((await kk(['merge', 'on-full-1', 'on-full-2', '--out', 'merged-two', '--threads', '1'], { cwd })).exitCode).toBe(0);
  });
});

describe('kk merge', () => {
  it('makes a model that predicts as the adapter does, and not as the base does', async () => {
    const merged = await kk(['merge', 'lora', '--out', 'merged', '--json', '--threads', '1'], { cwd });
    expect([merged.exitCode, merged.stderr]).toEqual([0, '']);
    const loss = async (...argv: string[]): Promise<number> => (await kk(['eval', ...argv, '--data', 'text.txt', '--json', '--threads', '1'], { cwd })).last().loss as number;
    const [adapter, alone, base] = [await loss('base', '--adapter', 'lora'), await loss('merged'), await loss('base')];
    expect(alone).toBeCloseTo(adapter, 5);
    expect(Math.abs(alone - base)).toBeGreaterThan(1e-3);
    const chat = await kk(['chat', 'merged', '--json', '--temperature', '0', '--max-tokens', '5', '--threads', '1'], { cwd, input: 'What is red?\n' });
    expect(chat.json()).toHaveLength(1);
  });

  it('names what is wrong', async () => {
    for (const [argv, exitCode, message] of [
      [['lora'], 2, /needs --out DIR/],
      [['full', '--out', 'y'], 1, /full holds no adapter/],
      [['lora', '--out', 'full'], 1, /full already holds a model/],
      [['lora', '--model', 'base', '--out', 'base', '--force'], 2, /base/],
    ] as const) {
      const result = await kk(['merge', ...argv], { cwd });
      expect([result.exitCode, result.stderr], argv.join(' ')).toEqual([exitCode, expect.stringMatching(message)]);
    }
  });
});

describe('kk report', () => {
  it.each(['full', 'lora'])('puts the base and what became of it side by side (%s)', async (what) => {
    const argv = ['report', what, '--max-tokens', '8', '--threads', '1'];
    const { stdout, stderr, exitCode } = await kk([...argv, '--out', `${what}.html`, `${what}.md`], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/before +after\n +Loss on the right answers/);
    expect(stdout.replace(/\s+/g, ' ')).toContain('Questions: 1. Each time the likeliest answer. The tuned model did not learn from these examples');
    const [page, markdown] = [readFileSync(join(cwd, `${what}.html`), 'utf8'), readFileSync(join(cwd, `${what}.md`), 'utf8')];
    const found = (await kk([...argv, '--json'], { cwd })).last() as { base: { task: { loss: number } }; tuned: { task: { loss: number } }; forgotten: number; answers: unknown[] };
    expect(found.tuned.task.loss).toBeLessThan(found.base.task.loss);
    expect(found.base.task.loss).toBeCloseTo(lossBefore[what]!, 4);
    for (const text of [page, markdown]) {
      for (const { task } of [found.base, found.tuned]) expect(text).toContain(task.loss.toFixed(3));
      expect(text).toMatch(/What is \w+/);
      expect(text).toContain('the loss changed by');
    }
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|https?:/);
    expect(markdown).toMatch(/^# Before and after: /);
  });

  it('says how many examples are too long to be measured, and lets long paths break behind a slash', async () => {
    const long = [1, 2].map((times) => JSON.stringify({ prompt: `What is ${'very '.repeat(40 * times)}red?`, completion: 'It is red.' }));
    writeFileSync(join(cwd, 'long.jsonl'), [...long, lines[0]].join('\n'));
    const argv = ['report', 'full', '--data', 'long.jsonl', '--max-tokens', '2', '--threads', '1'];
    const { stdout, exitCode } = await kk([...argv, '--out', 'long.html', 'long.md'], { cwd });
    expect(exitCode).toBe(0);
    for (const text of [stdout.replace(/\s+/g, ' '), readFileSync(join(cwd, 'long.html'), 'utf8'), readFileSync(join(cwd, 'long.md'), 'utf8')]) for (const said of ['2 examples are longer than the context of the model and left out.', '2 questions fill the context of the model and are not asked.']) expect(text).toContain(said);
    expect((await kk([...argv, '--json'], { cwd })).last()).toMatchObject({ tooLong: 2, notAsked: 2 });
    cpSync(join(cwd, 'full'), join(cwd, 'a-folder', 'below'), { recursive: true });
    expect((await kk(['report', 'a-folder/below', '--model', 'base', '--data', 'lines.jsonl', '--base-text', 'text.txt', '--questions', '1', '--max-tokens', '2', '--out', 'path.html', '--threads', '1'], { cwd })).stderr).toBe('');
    expect(readFileSync(join(cwd, 'path.html'), 'utf8')).toContain('<dd>a-folder/<wbr>below</dd>');
  });

  it('says that examples were learned from where none was held out', async () => {
    expect((await sft('lines.jsonl', '--model', 'base', ...quick, '--held-out', '0', '--out', 'all')).exitCode).toBe(0);
    for (const [language, said] of [['en', 'The tuned model learned from these examples'], ['de', 'Das getunte Modell hat von diesen Beispielen gelernt']] as const) {
      const { stdout, exitCode } = await kk(['report', 'all', '--questions', '2', '--max-tokens', '4', '--out', `all-${language}.html`, `all-${language}.md`, '--ui-lang', language, '--threads', '1'], { cwd });
      expect(exitCode).toBe(0);
      for (const text of [stdout.replace(/\s+/g, ' '), ...['html', 'md'].map((ending) => readFileSync(join(cwd, `all-${language}.${ending}`), 'utf8'))]) expect(text).toContain(said);
    }
  });

  it('does not take other examples for those that were held out', async () => {
    cpSync(join(cwd, 'full'), join(cwd, 'moved', 'full'), { recursive: true });
    cpSync(join(cwd, 'text.txt'), join(cwd, 'moved', 'text.txt'));
    const report = (...argv: string[]) => kk(['report', 'moved/full', '--model', 'base', '--max-tokens', '2', '--threads', '1', ...argv], { cwd });
    const said = async (...argv: string[]): Promise<[number, string]> => {
      const { exitCode, stderr } = await report(...argv);
      return [exitCode, stderr.replace(/\s+/g, ' ')];
    };
    expect(await said()).toEqual([1, expect.stringMatching(/Cannot read moved\/lines\.jsonl: .*name other examples: --data FILE\./)]);
    writeFileSync(join(cwd, 'moved', 'lines.jsonl'), [...lines].reverse().join('\n'));
    expect(await said()).toEqual([1, expect.stringMatching(/moved\/lines\.jsonl is another file than when the run began.*Which examples were held out can no longer be told\. Bring the file back as it was, or name other examples: --data FILE\./)]);
    const named = await report('--data', 'moved/lines.jsonl');
    expect([named.exitCode, named.stdout.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('Questions: 12. Each time the likeliest answer. Whether the tuned model learned from these examples is not known here.')]);
    writeFileSync(join(cwd, 'moved', 'text.txt'), babble(1600));
    expect(await said('--data', 'lines.jsonl')).toEqual([1, expect.stringMatching(/moved\/text\.txt is another file.*name another text: --base-text FILE\./)]);
    expect(await said('--data', 'lines.jsonl', '--base-text', 'moved/text.txt')).toEqual([0, '']);
  });

  it('speaks German, takes its own questions, and names what is wrong', async () => {
    writeFileSync(join(cwd, 'own.jsonl'), '{"prompt": "<b>Who?</b> | _x_", "completion": "me"}\n');
    expect((await kk(['report', 'full', '--data', 'own.jsonl', '--out', 'own.html', 'own.md', '--ui-lang', 'de', '--threads', '1'], { cwd })).exitCode).toBe(0);
    const [page, markdown] = [readFileSync(join(cwd, 'own.html'), 'utf8'), readFileSync(join(cwd, 'own.md'), 'utf8')];
    expect(page).toContain('Vorher und nachher');
    expect(page).not.toContain('<b>Who');
    expect(markdown).toContain('\\<b\\>Who?\\</b\\> \\| \\_x\\_');
    for (const [argv, exitCode, message] of [
      [['base'], 2, /does not say what it was made from/],
      [['full', '--out', 'x.txt'], 2, /says no format/],
      [['base', '--model', 'base', '--data', 'talk.jsonl'], 1, /tokenizer of base lacks <\|im_start\|> <\|im_end\|>[^]*kk finetune sft --data FILE --model base/],
      [['full', '--out', 'own.html'], 1, /own\.html is there already/],
    ] as const) {
      const result = await kk(['report', ...argv], { cwd });
      expect([result.exitCode, result.stderr], argv.join(' ')).toEqual([exitCode, expect.stringMatching(message)]);
    }
  });
});
