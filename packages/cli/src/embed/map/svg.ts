// Draws a map of words as an SVG: light or dark as the viewer's system is, names that do not cover each other, a caption.
import stringWidth from 'string-width';
import { printable } from '../../terminal/text.js';
import { placeLabels, type LabelledPoint } from './place-labels.js';

/** A word on a map. */
export interface MapWord {
  word: string;
  /** In pixels, from the upper left corner. */
  x: number;
  y: number;
  /** The number of its colour. */
  group: number;
}

/** A map with everything that is written on it. */
export interface WordMap {
  width: number;
  height: number;
  words: readonly MapWord[];
  title: string;
  caption: string;
  /** The poles of named axes: left, right, bottom, top. */
  poles?: readonly [left: string, right: string, bottom: string, top: string];
}

export const FONT_SIZE = 15;
export const LINE = 18;
/** The mean width of a letter, in parts of the font's size: slightly more than most fonts have, so that names do not touch. */
const LETTER = 0.62;
const CAPTION_SIZE = 13;
const MARGIN = 20;

/** Colours of groups that can be told apart, and read as text: contrast 4.5 and more. */
const LIGHT = { page: '#ffffff', ink: '#1b1f24', quiet: '#57606a', line: '#d0d7de', groups: ['#0b5fcc', '#b23c00', '#137333', '#8430ce', '#b3261e', '#00696f', '#7a5900', '#b0156f'] };
const DARK = { page: '#14171c', ink: '#e8eaed', quiet: '#a3abb5', line: '#3b424b', groups: ['#82b8ff', '#ffb077', '#81d68f', '#d3acff', '#ff9d94', '#6fd3da', '#e2c35c', '#ff9fd2'] };

/** The colours as variables of CSS for one element, light and dark. */
export const colourVariables = (element: string): string =>
  [LIGHT, DARK].map(({ page, ink, quiet, line, groups }) => `${element}{--page:${page};--ink:${ink};--quiet:${quiet};--line:${line};${groups.map((colour, group) => `--g${group}:${colour}`).join(';')}}`).join('\n@media (prefers-color-scheme:dark){') + '}';

/** The look of a map's parts. */
export const mapStyle = `text{font:${FONT_SIZE}px system-ui,sans-serif;fill:var(--ink)}
.word circle{fill:currentColor}
.word text{fill:currentColor;paint-order:stroke;stroke:var(--page);stroke-width:3px;stroke-linejoin:round}
${LIGHT.groups.map((_, group) => `.group${group}{color:var(--g${group})}`).join('\n')}
.axis{stroke:var(--line);stroke-width:1}
.pole{fill:var(--quiet);font-weight:600}
.caption{fill:var(--quiet);font-size:${CAPTION_SIZE}px}`;

/** How wide a name is, in pixels; Chinese signs count twice. */
export const nameWidth = (word: string): number => stringWidth(word) * FONT_SIZE * LETTER;

/** The text of an SVG file. */
export function svgOf(map: WordMap): string {
  const { width, height, title, caption } = map;
  const lines = wrapped(caption, Math.floor((width - 2 * MARGIN) / (CAPTION_SIZE * LETTER)));
  const whole = height + lines.length * LINE + MARGIN;
  const text = lines.map((line, at) => `<text class="caption" x="${MARGIN}" y="${height + (at + 1) * LINE}">${escaped(line)}</text>`).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${whole}" role="img">
<title>${escaped(title)}</title>
<desc>${escaped(caption)}</desc>
<style>
${colourVariables('svg')}
${mapStyle}
svg{background:var(--page)}
.page{fill:var(--page)}
</style>
<rect class="page" width="${width}" height="${whole}"/>
${axesOf(map)}${wordsOf(map)}
${text}
</svg>
`;
}

/** All words as groups of a dot and a name; a name without room is a tooltip. */
export function wordsOf({ width, height, words }: WordMap): string {
  const points = words.map(({ word, x, y }): LabelledPoint => ({ x, y, width: nameWidth(word) }));
  const places = placeLabels(points, { width, height, line: LINE });
  return words
    .map(({ word, x, y, group }, at) => {
      const place = places[at];
      const name = place ? `<text x="${round(place.dx)}" y="${round(place.dy)}" text-anchor="${place.anchor}">${escaped(word)}</text>` : '';
      return `<g class="word group${group}" transform="translate(${round(x)} ${round(y)})"><title>${escaped(word)}</title><circle r="3"/>${name}</g>`;
    })
    .join('\n');
}

/** A cross with the poles at its ends. */
export function axesOf({ width, height, poles }: WordMap): string {
  if (!poles) return '';
  const [left, right, bottom, top] = poles;
  const [x, y] = [width / 2, height / 2];
  const pole = (text: string, at: readonly [number, number], anchor: string): string => `<text class="pole" x="${at[0]}" y="${at[1]}" text-anchor="${anchor}">${escaped(text)}</text>`;
  return `<g class="axes"><path class="axis" d="M0 ${y}H${width}M${x} 0V${height}"/>
${pole(`← ${left}`, [MARGIN / 2, y - 8], 'start')}
${pole(`${right} →`, [width - MARGIN / 2, y - 8], 'end')}
${pole(`↓ ${bottom}`, [x + 8, height - 8], 'start')}
${pole(`↑ ${top}`, [x + 8, LINE], 'start')}</g>
`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function wrapped(text: string, letters: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)!}${lines.at(-1) === '' ? '' : ' '}${word}`;
    if (longer.length <= letters || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A text between tags: words of a file may have anything, also what is not allowed in XML. */
export const escaped = (text: string): string =>
  printable(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
