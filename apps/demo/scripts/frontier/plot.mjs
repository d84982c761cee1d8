#!/usr/bin/env node
// Draws the frontier of `slow/frontier.test.ts`: how often a model wins against itself as it was, over how far it has gone for it.
// node scripts/frontier/plot.mjs LOOKS.jsonl > frontier.svg, where each line of LOOKS.jsonl is one that the check printed.
import { readFileSync } from 'node:fs';
import { group, rollups } from 'd3-array';
import { scaleLinear, scaleSqrt } from 'd3-scale';
import { line, symbol, symbolCircle, symbolSquare, symbolTriangle } from 'd3-shape';

const ways = {
  DPO: { name: 'DPO', colour: '#1b5fb4', mark: symbolCircle },
  PPO: { name: 'PPO by a reward model', colour: '#b4501b', mark: symbolSquare },
  'best of n': { name: 'best of 2, 4, 8, 16 by the same', colour: '#3d7a2c', mark: symbolTriangle },
};
const languages = { de: 'German', en: 'English' };
const BUDGET = 5;
const [width, height, gap] = [420, 300, 60];
const margin = { left: 64, top: 64, bottom: 92 };

const looks = readFileSync(process.argv[2], 'utf8').split('\n').filter((text) => text.startsWith('{')).map((text) => JSON.parse(text)).filter(({ what }) => what in ways);
const furthest = Math.max(6, ...looks.map(({ kl }) => kl));
const x = scaleSqrt([0, furthest], [0, width]);
const y = scaleLinear([0.5, 1], [height, 0]);
const curve = line(({ kl }) => x(kl), ({ winRate }) => y(Math.max(0.5, winRate)));
const round = (path) => path.replace(/\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(1))));
const mark = (way, size) => round(symbol(ways[way].mark, size)());
const text = (at, down, content, more = '') => `<text x="${Number(at.toFixed(1))}" y="${Number(down.toFixed(1))}" ${more}>${content}</text>`;

function panel(language, index) {
  const own = looks.filter((look) => look.language === language);
  const seeds = new Set(own.map(({ seed }) => seed)).size;
  const ticks = [0, 0.2, 1, 2, 3, 4, 5, ...(furthest > 8 ? [10] : [])].filter((tick) => tick <= furthest);
  const axes = [
    ...[0.5, 0.6, 0.7, 0.8, 0.9, 1].map((tick) => `<path d="M0 ${y(tick)}H${width}" stroke="#ddd"/>${index === 0 ? text(-10, y(tick) + 5, `${Math.round(100 * tick)} %`, 'text-anchor="end"') : ''}`),
    ...ticks.map((tick) => text(x(tick), height + 22, tick, 'text-anchor="middle"')),
    `<path d="M${x(BUDGET).toFixed(1)} 0V${height}" stroke="#888" stroke-dasharray="4 4"/>${text(x(BUDGET) - 6, height - 8, 'the budget', 'text-anchor="end" fill="#666"')}`,
    text(width / 2, height + 46, 'nats an answer from the model before', 'text-anchor="middle"'),
    text(0, -18, `${languages[language]}, ${seeds} seed${seeds === 1 ? '' : 's'}`, 'font-weight="600"'),
  ];
  const runs = [...group(own, ({ what }) => what)].flatMap(([what, all]) => [...group(all, ({ seed }) => seed).values()].map((run) => `<path d="${round(curve(run))}" fill="none" stroke="${ways[what].colour}" stroke-opacity="0.45" stroke-width="1.5"/>`));
  const marks = own.map((look) => `<path d="${mark(look.what, 34)}" transform="translate(${x(look.kl).toFixed(1)} ${y(Math.max(0.5, look.winRate)).toFixed(1)})" fill="${ways[look.what].colour}"/>`);
  return `<g transform="translate(${margin.left + index * (width + gap)} ${margin.top})">\n${[...axes, ...runs, ...marks].join('\n')}\n</g>`;
}

const shown = rollups(looks, (all) => all.length, ({ language }) => language).map(([language]) => language).sort();
const full = { width: margin.left + shown.length * (width + gap), height: margin.top + height + margin.bottom };
const key = Object.entries(ways).map(([way, { name, colour }], i) => `<path d="${mark(way, 60)}" transform="translate(${margin.left + 8 + i * 250} ${full.height - 22})" fill="${colour}"/>${text(margin.left + 20 + i * 250, full.height - 17, name)}`);
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${full.width} ${full.height}" font-family="system-ui, sans-serif" font-size="14" fill="#222" role="img" aria-label="Win rate over KL divergence">
<rect width="100%" height="100%" fill="#fff"/>
${text(margin.left, 24, 'How often an answer follows the hidden rule when only one of two does', 'font-size="16" font-weight="600"')}
${shown.map(panel).join('\n')}
${key.join('\n')}
</svg>`);
