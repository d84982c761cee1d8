import { spawnSync } from 'node:child_process';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { bars } from '../src/terminal/bars.js';
import { lossCurve, resample } from '../src/terminal/loss-curve.js';
import { numberFormats } from '../src/terminal/numbers.js';
import { bar, Pace, Progress } from '../src/terminal/progress.js';
import { factTable } from '../src/terminal/table.js';
import { Terminal } from '../src/terminal/terminal.js';
import { printable, truncate, wrap } from '../src/terminal/text.js';
import { breakCommand } from '../src/terminal/shell.js';
import { textOfBytes } from '../src/terminal/pieces.js';
import { tokenRows } from '../src/terminal/token-rows.js';
import { de } from '../src/demo/de.js';
import { TrainingMeter, trainingLine } from '../src/training/meter.js';

const plain = picocolors.createColors(false);
const widest = (block: string): number => Math.max(...block.split('\n').map((line) => stringWidth(line)));

function fakeTerminal(fields: { isTTY?: boolean; columns?: number } = {}, env: Record<string, string> = {}) {
  const written: string[] = [];
  return { written, terminal: new Terminal({ write: (text) => written.push(text), ...fields }, env) };
}

describe('Terminal', () => {
  it('uses colours on a terminal only, and never against NO_COLOR', () => {
    expect(fakeTerminal({ isTTY: true }).terminal.colors.isColorSupported).toBe(true);
    expect(fakeTerminal({}).terminal.colors.isColorSupported).toBe(false);
    expect(fakeTerminal({ isTTY: true }, { NO_COLOR: '1' }).terminal.colors.isColorSupported).toBe(false);
    expect(fakeTerminal({ isTTY: true }, { NO_COLOR: '' }).terminal.colors.isColorSupported).toBe(true);
    expect(fakeTerminal({ isTTY: true }, { TERM: 'dumb' }).terminal.colors.isColorSupported).toBe(false);
    expect(fakeTerminal({}, { FORCE_COLOR: '1' }).terminal.colors.isColorSupported).toBe(true);
    expect(fakeTerminal({}, { FORCE_COLOR: '1', NO_COLOR: '1' }).terminal.colors.isColorSupported).toBe(false);
  });

  it('moves the cursor on a terminal only', () => {
    const pipe = fakeTerminal();
    pipe.terminal.replace('live');
    pipe.terminal.print('line');
    expect(pipe.written).toEqual(['line\n']);
    const screen = fakeTerminal({ isTTY: true, columns: 40 });
    screen.terminal.replace('live');
    screen.terminal.print('line');
    expect(screen.written.join('')).toContain('\u001b[');
    expect(screen.written.at(-1)).toBe('line\n');
  });
});

/** What a terminal shows after these writes. */
async function screenAfter(written: readonly string[], columns: number): Promise<string[]> {
  const screen = new xterm.Terminal({ cols: columns, rows: 50, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => screen.write(written.join(''), resolve));
  const lines = Array.from({ length: screen.buffer.active.length }, (_, at) => screen.buffer.active.getLine(at)?.translateToString(true) ?? '');
  screen.dispose();
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

describe('text of others', () => {
  it('shows its control characters on a terminal, and carries out our own style', () => {
    const { written, terminal } = fakeTerminal({ isTTY: true, columns: 80 });
    terminal.foreignText().write('a\u001b[2Jb', terminal.colors.bold);
    expect(written.join('')).toBe('\u001b[1ma␛[2Jb\u001b[22m');
  });

  it('goes unchanged into a pipe', () => {
    const { written, terminal } = fakeTerminal();
    const text = terminal.foreignText();
    text.write('a\u001b[2Jb ');
    text.write('c'.repeat(200));
    expect(written.join('')).toBe(`a\u001b[2Jb ${'c'.repeat(200)}`);
  });

  it('breaks between words, also when a word comes in parts', async () => {
    const { written, terminal } = fakeTerminal({ isTTY: true, columns: 20 });
    const text = terminal.foreignText();
    for (const part of ['Once upon a t', 'ime', ' there', ' was a ca', 't.\nAnd', '\ta 猫']) text.write(part);
    expect((await screenAfter(written, 20)).map((line) => line.trimEnd())).toEqual(['Once upon a time', 'there was a cat.', 'And     a 猫']);
  });

  it('loses nothing and never reaches the last column, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '猫', ' ', '\n'), minLength: 1, maxLength: 30 }), { maxLength: 8 }), fc.integer({ min: 20, max: 40 }), async (parts, columns) => {
        const { written, terminal } = fakeTerminal({ isTTY: true, columns });
        const text = terminal.foreignText();
        for (const part of parts) text.write(part, terminal.colors.bold);
        const lines = await screenAfter(written, columns);
        expect(lines.join('').replace(/\s/g, '')).toBe(parts.join('').replace(/\s/g, ''));
        expect(widest(lines.join('\n'))).toBeLessThan(columns);
      }),
    );
  });
});

describe('commands to copy', () => {
  it('are one line where it fits, otherwise lines that a shell joins', () => {
    const command = `kk generate --model runs/demo-en --prompt "Once upon a time"`;
    expect(breakCommand(command, 80)).toBe(command);
    expect(breakCommand(command, 39)).toBe('kk generate --model runs/demo-en \\\n  --prompt "Once upon a time"');
    const { status, stdout } = spawnSync('sh', ['-c', breakCommand(`printf '%s|' "a b" 'c  d' e\\'f ${'g '.repeat(30)}`, 24)], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, `a b|c  d|e'f|${'g|'.repeat(30)}`]);
  });
});

describe('bytes of tokens', () => {
  it('are shown as bytes where they are no whole character', () => {
    expect(textOfBytes(Uint8Array.of(0xc3))).toBe('<C3>');
    expect(textOfBytes(Uint8Array.of(0xa4, 0x20, 0xe7, 0x8c, 0xab, 0xf0, 0x9f))).toBe('<A4> 猫<F0><9F>');
    expect(textOfBytes(new TextEncoder().encode('\ufffdä\u0000'))).toBe('\ufffdä\u0000');
  });

  it('are all there again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const back = [...textOfBytes(bytes).matchAll(/<([0-9A-F]{2})>|[^]/gu)].flatMap(([character, byte]) => (byte === undefined ? [...new TextEncoder().encode(character)] : [Number.parseInt(byte, 16)]));
        expect(back).toEqual([...bytes]);
      }),
    );
  });
});

describe('text', () => {
  it('wraps to the width, words and long words alike', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'ü', '猫', '-'), minLength: 1, maxLength: 60 })), fc.integer({ min: 20, max: 80 }), fc.integer({ min: 0, max: 4 }), (words, columns, indent) => {
        expect(widest(wrap(words.join(' '), columns, indent))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('shows what would upset a terminal', () => {
    expect(printable('a\u001b[2Jb\u0007\r\u007f\u009b\u202e')).toBe('a␛[2Jb␇␍␡\ufffd\ufffd');
    expect(printable('ä\tö\nü 猫')).toBe('ä\tö\nü 猫');
  });

  it('cuts at the width that characters take', () => {
    expect(truncate('abc', 3)).toBe('abc');
    expect(truncate('abcd', 3)).toBe('ab…');
    expect(truncate('猫猫猫', 4)).toBe('猫…');
  });
});

describe('numbers', () => {
  it('speaks English and German', () => {
    const en = numberFormats('en');
    const de = numberFormats('de');
    expect([en.integer(12345), en.decimal(1.5), en.percent(0.125, 1), en.bytes(3_240_000)]).toEqual(['12,345', '1.50', '12.5%', '3.2\u00a0MB']);
    expect([de.integer(12345), de.decimal(1.5), de.percent(0.125, 1), de.bytes(512)]).toEqual(['12.345', '1,50', '12,5\u00a0%', '512\u00a0B']);
    expect([en.count(1, 'step'), en.count(2000, 'step')]).toEqual(['1 step', '2,000 steps']);
    expect([en.integer(NaN), en.decimal(Infinity), en.duration(NaN)]).toEqual(['–', '–', '–']);
    // What is rounded to zero has no sign.
    expect([de.decimal(-0.001), de.decimal(-0.01), de.percent(-0.0001), en.integer(-0.3)]).toEqual(['0,00', '-0,01', '0\u00a0%', '0']);
  });

  it('rounds durations to what one can feel', () => {
    expect([0.4, 59.4, 59.6, 125, 3725].map((seconds) => numberFormats('en').duration(seconds))).toEqual(['0\u00a0s', '59\u00a0s', '1:00\u00a0min', '2:05\u00a0min', '1:02:05\u00a0h']);
  });
});

describe('tokenRows', () => {
  const pieces = [
    { id: 5, text: 'Es' },
    { id: 1023, text: ' war' },
    { id: 7, text: '\n' },
    { id: 8, text: '猫' },
  ];

  it('sets each id under its piece', () => {
    expect(tokenRows(pieces, { columns: 80, colors: plain })).toBe('Es ·war ↵ 猫\n5  1023 7 8 ');
  });

  it('fits into any width and loses no token', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ id: fc.integer({ min: 0, max: 50_000 }), text: fc.string({ minLength: 1, maxLength: 40 }) }), { minLength: 1 }), fc.integer({ min: 20, max: 90 }), (tokens, columns) => {
        const rows = tokenRows(tokens, { columns, colors: plain, indent: 2 });
        expect(widest(rows)).toBeLessThanOrEqual(columns);
        const ids = rows.split('\n').filter((_, line) => line % 2 === 1).join(' ').match(/\d+/g);
        expect(ids?.map(Number)).toEqual(tokens.map(({ id }) => id));
      }),
    );
  });

  it('changes the colour from token to token', () => {
    const [above] = tokenRows(pieces.slice(0, 2), { columns: 80, colors: picocolors.createColors(true) }).split('\n');
    const backgrounds = above.split('\u001b[').flatMap((sequence) => /^4[0-7]m/.exec(sequence) ?? []);
    expect(backgrounds).toHaveLength(2);
    expect(new Set(backgrounds).size).toBe(2);
  });
});

describe('bars', () => {
  const numbers = numberFormats('en');

  it('draws shares to scale', () => {
    const [half, quarter, none] = bars([{ label: 'a', share: 0.5 }, { label: 'bb', share: 0.25 }, { label: 'c', share: 0 }], { columns: 29, numbers }).split('\n');
    expect(half.match(/█/g)).toHaveLength(2 * (quarter.match(/█/g)?.length ?? 0));
    expect(none).not.toContain('█');
    expect(half).toMatch(/^a {2}█+ 50\.0%$/);
    expect(widest([half, quarter, none].join('\n'))).toBe(29);
  });

  it('aligns labels of wide characters', () => {
    const lines = bars([{ label: '猫猫', share: 0.5 }, { label: 'a', share: 0.5 }], { columns: 30, numbers }).split('\n');
    expect(lines.map((line) => stringWidth(line.slice(0, line.indexOf('█'))))).toEqual([5, 5]);
    expect(lines.map((line) => stringWidth(line))).toEqual([30, 30]);
  });

  it('keeps one scale across pictures', () => {
    const alone = bars([{ label: 'a', share: 0.5 }], { columns: 40, numbers, full: 1 });
    const full = bars([{ label: 'a', share: 1 }], { columns: 40, numbers, full: 1 });
    expect(Math.abs((full.match(/█/g)?.length ?? 0) - 2 * (alone.match(/█/g)?.length ?? 0))).toBeLessThanOrEqual(2);
  });
});

describe('lossCurve', () => {
  const options = { columns: 40, height: 8, numbers: numberFormats('en'), colors: plain };

  it('fits its width and shows the scale', () => {
    const chart = lossCurve({ losses: Array.from({ length: 500 }, (_, x) => 6 * Math.exp(-x / 100) + 1), guessing: 6.24, floor: 0.9 }, options);
    expect(widest(chart)).toBeLessThanOrEqual(40);
    expect(chart.split('\n').length).toBeLessThanOrEqual(10);
    expect(chart.split('\n').at(-1)).toMatch(/^ +0\.90 ┼[─╰]+$/);
    expect(lossCurve({ losses: [3, 2, 1] }, options).split('\n').at(-1)).toMatch(/^ +0\.00 /);
  });

  it('draws nothing of nothing, and something of one step', () => {
    expect(lossCurve({ losses: [] }, options)).toBe('');
    expect(lossCurve({ losses: [NaN] }, options)).toBe('');
    expect(lossCurve({ losses: [3] }, options)).toContain('─');
  });

  it('squeezes by means and stretches by repeating', () => {
    expect(resample([1, 3, 5, 7], 2)).toEqual([2, 6]);
    expect(resample([1, 2], 4)).toEqual([1, 1, 2, 2]);
    expect(resample([1, NaN, 3], 2)).toEqual([1, 3]);
  });
});

describe('progress', () => {
  it('prints a line now and then where nothing can be replaced', () => {
    let now = 0;
    const { written, terminal } = fakeTerminal();
    const progress = new Progress(terminal, { plainEverySeconds: 5, now: () => now });
    for (let second = 0; second <= 11; second++) {
      now = second * 1000;
      progress.update(() => `at ${second}`);
    }
    expect(written).toEqual(['at 5\n', 'at 10\n']);
  });

  it('draws a bar of a fixed width', () => {
    expect([bar(0, 4), bar(0.5, 4), bar(2, 4)]).toEqual(['░░░░', '██░░', '████']);
  });

  it('forgets what was long ago', () => {
    const pace = new Pace(3);
    expect(pace.perSecond).toBeNaN();
    pace.add(100, 100);
    for (let i = 0; i < 4; i++) pace.add(10, 1);
    expect(pace.perSecond).toBe(10);
    expect(pace.secondsPerEvent).toBe(1);
  });
});

describe('factTable', () => {
  it('wraps long values beside their name, and loses nothing of a long word', () => {
    const path = '/a/very/long/path/'.repeat(6);
    const table = factTable([['Text', path], ['Steps', '12']], { colors: plain, columns: 40 });
    expect(widest(table)).toBeLessThanOrEqual(40);
    expect(table.replace(/[\s]|Text|Steps|12/g, '')).toBe(path);
  });
});

describe('factTable with wide characters', () => {
  it('puts all values into one column', () => {
    const lines = factTable([['猫猫猫', 'a'], ['b', 'c']], { colors: plain, columns: 40 }).split('\n');
    expect(lines.map((line) => stringWidth(line.slice(0, line.search(/[ac]$/))))).toEqual([10, 10]);
  });
});

describe('trainingLine', () => {
  const meter = new TrainingMeter(2000);
  for (let step = 1; step <= 30; step++) meter.add({ step, loss: 4 - step / 100, tokens: 768, seconds: 0.1 });

  it('says where training is, how good, how fast, and how long it will take', () => {
    expect(trainingLine(meter, { interactive: false, columns: 80, colors: plain, numbers: numberFormats('en') })).toBe(' step 30 of 2,000, loss 3.795, 7,680 tokens/s, 3:17\u00a0min left');
  });

  it('leaves out how long it will take while nobody knows', () => {
    expect(trainingLine(new TrainingMeter(2000), { interactive: false, columns: 80, colors: plain, numbers: numberFormats('en') })).not.toContain('left');
  });

  it('fits into every width in every language', () => {
    for (let columns = 24; columns <= 80; columns++) {
      for (const words of [undefined, de.training.progress]) {
        const line = trainingLine(meter, { interactive: true, columns, colors: plain, numbers: numberFormats('de'), words, indent: 1 });
        expect(widest(line), `${columns}: ${line}`).toBeLessThanOrEqual(columns);
        expect(line).toContain('3:17');
      }
    }
  });
});
