#!/usr/bin/env node
// Draws a picture of the terminal for the README: runs `kk demo` in a pseudo-terminal and writes what stands on its screen as SVG.
//
//   pnpm --filter @kk/cli run picture [-- --seconds 60 --lang en]
//
// It needs util-linux's `script`. Colours and bold text are those that the program prints.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import xterm from '@xterm/headless';

const { values } = parseArgs({ args: process.argv.slice(2).filter((argument) => argument !== '--'), options: { seconds: { type: 'string', default: '60' }, lang: { type: 'string', default: 'en' } } });
const cli = fileURLToPath(new URL('../', import.meta.url));
const COLUMNS = 84;
/** The chapters that are drawn: from the heading of the first to that of the one after the last. */
const [FROM, TO] = [/^3 {2}/, /^4 {2}/];

/** Sizes in pixels of the picture. */
const [CELL, LINE, MARGIN, BAR] = [8.43, 19, 18, 34];
/** What a dark terminal has for ANSI's colours. */
const COLOURS = ['#2b303b', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d7dae0'];
const [BACKGROUND, TEXT, FAINT] = ['#1b1e25', '#d7dae0', '#7f8796'];

const lines = await screen();
const from = lines.findIndex(({ text }) => FROM.test(text));
const to = lines.findIndex(({ text }) => TO.test(text));
if (from < 0 || to < 0) throw new Error('The demo printed no chapters.');
const shown = lines.slice(from, to);
while (shown.at(-1)?.text === '') shown.pop();
const file = fileURLToPath(new URL('../../../apps/docs/pictures/demo.svg', import.meta.url));
writeFileSync(file, picture(shown));
console.log(`${file}: ${shown.length} lines`);

/** @returns the lines of the screen after the demo: text, and runs of one style */
async function screen() {
  const folder = mkdtempSync(join(tmpdir(), 'kk-picture-'));
  const log = join(folder, 'terminal.log');
  const command = `stty cols ${COLUMNS} rows 60; exec node ${cli}bin/kk.js demo --lang ${values.lang} --seconds ${values.seconds} --out ${join(folder, 'model')}`;
  const { status } = spawnSync('script', ['-qec', command, log], { env: { ...process.env, TERM: 'xterm-256color' }, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`The demo ended with the exit code ${status}.`);
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: 60, scrollback: 10_000, allowProposedApi: true });
  await new Promise((resolve) => terminal.write(readFileSync(log), resolve));
  rmSync(folder, { recursive: true, force: true });
  const buffer = terminal.buffer.active;
  return Array.from({ length: buffer.length }, (_, at) => {
    const line = buffer.getLine(at);
    const runs = [];
    for (let column = 0; column < COLUMNS; column++) {
      const cell = line.getCell(column);
      const style = { colour: cell.isFgPalette() ? COLOURS[cell.getFgColor() % 8] : cell.isDim() ? FAINT : TEXT, bold: cell.isBold() !== 0 };
      const last = runs.at(-1);
      if (last && last.colour === style.colour && last.bold === style.bold) last.text += cell.getChars() || ' ';
      else runs.push({ ...style, column, text: cell.getChars() || ' ' });
    }
    return { text: line.translateToString(true), runs };
  });
}

function picture(shownLines) {
  const [width, height] = [Math.ceil(COLUMNS * CELL + 2 * MARGIN), BAR + shownLines.length * LINE + MARGIN];
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map((colour, i) => `<circle cx="${MARGIN + 18 * i}" cy="${BAR / 2}" r="5.5" fill="${colour}"/>`).join('');
  const texts = shownLines.flatMap(({ runs }, row) =>
    runs.flatMap(({ text, column, colour, bold }) => {
      const content = text.trimEnd();
      if (content.trim() === '') return [];
      const lead = content.length - content.trimStart().length;
      const length = [...content.trimStart()].length;
      return [`<text x="${(MARGIN + (column + lead) * CELL).toFixed(1)}" y="${BAR + row * LINE + 14}" fill="${colour}"${bold ? ' font-weight="700"' : ''} textLength="${(length * CELL).toFixed(1)}" lengthAdjust="spacingAndGlyphs">${escaped(content.trimStart())}</text>`];
    }));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The command kk demo in a terminal">
<rect width="${width}" height="${height}" rx="10" fill="${BACKGROUND}"/>${buttons}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
