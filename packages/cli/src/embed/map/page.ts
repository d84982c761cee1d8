// A map of words as one HTML file that needs no other: it can be moved, made larger and searched, and shows the neighbours of a chosen word.
import type { Language } from '@kk/corpora';
import { pageFrame } from '../../pages/frame.js';
import type { MapMessages } from './messages.js';
import { placeLabels } from './place-labels.js';
import { pageScript } from './page-script.js';
import { axesOf, colourVariables, escaped, LINE, mapStyle, nameWidth, type WordMap, wordsOf } from './svg.js';

/** The most similar words of a word, among all words of the file. */
export type Neighbours = readonly { word: string; similarity: number }[];

export interface PageOptions {
  language: Language;
  messages: MapMessages;
  /** One list for each word of the map. */
  neighbours: readonly Neighbours[];
}

const DIGITS = 1000;

/** The text of an HTML file. */
export function pageOf(map: WordMap, { language, messages, neighbours }: PageOptions): string {
  const { width, height, title, caption } = map;
  const data = {
    width,
    height,
    line: LINE,
    language,
    words: map.words.map(({ word, x, y }, at) => ({ word, x, y, width: nameWidth(word), near: neighbours[at].map((other) => [other.word, Math.round(other.similarity * DIGITS) / DIGITS]) })),
    says: { neighbours: messages.neighbours, notShown: messages.notShown, notFound: messages.notFound },
  };
  const body = `<header>
<h1>${escaped(title)}</h1>
<form role="search"><label for="find">${messages.search}</label> <input id="find" list="names" placeholder="${messages.searchHint}" autocomplete="off" spellcheck="false"><datalist id="names">${map.words.map(({ word }) => `<option value="${escaped(word)}">`).join('')}</datalist>
<button type="button" id="in" aria-label="${messages.zoomIn}" title="${messages.zoomIn}">+</button><button type="button" id="out" aria-label="${messages.zoomOut}" title="${messages.zoomOut}">−</button><button type="button" id="whole">${messages.whole}</button></form>
</header>
<main>
<svg id="map" viewBox="0 0 ${width} ${height}" role="application" tabindex="0" aria-label="${messages.map}. ${messages.mapHint}">
${axesOf(map)}<g id="lines"></g>
<g id="words">
${wordsOf(map)}
</g>
</svg>
<section id="chosen" aria-live="polite"><p>${messages.choose}</p></section>
</main>
<footer><p>${escaped(caption)}</p><p>${messages.mapHint}</p></footer>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script>
const placeLabels = ${placeLabels.toString()};
${pageScript}
</script>`;
  return pageFrame({ language, title, style: `\n${colourVariables(':root')}\n${pageStyle}\n${mapStyle}\n`, body });
}

const pageStyle = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;justify-content:space-between}
h1{font-size:1.25rem;margin:0;overflow-wrap:anywhere}
h2{font-size:1rem;margin:.5rem 0;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
input,button{font:inherit;color:inherit;background:var(--page);border:1px solid var(--quiet);border-radius:.4rem;padding:.3rem .6rem;min-height:2.75rem}
button{min-width:2.75rem;cursor:pointer}
main{display:grid;grid-template-columns:minmax(0,1fr) 17rem;gap:1rem;margin:1rem 0}
#map{width:100%;height:auto;max-height:calc(100vh - 11rem);border:1px solid var(--line);border-radius:.5rem;touch-action:none;cursor:grab;user-select:none}
#map:focus{outline:none}
#map:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--g0);outline-offset:2px}
.word{cursor:pointer}
.word.faint{opacity:.25}
.word.chosen text{font-weight:700}
.near{stroke:var(--quiet);stroke-width:1.5}
ol{margin:0;padding:0;list-style:none}
li{display:grid;grid-template-columns:1fr auto;gap:0 .5rem;margin:.35rem 0}
li button{all:unset;cursor:pointer;text-decoration:underline;overflow-wrap:anywhere}
li button:focus-visible{outline:3px solid var(--g0);outline-offset:2px}
li small{color:var(--quiet)}
li meter{grid-column:1/-1;width:100%;height:.5rem}
p{margin:.25rem 0}
footer{color:var(--quiet);font-size:.875rem;max-width:60rem}
@media (max-width:50rem){main{grid-template-columns:minmax(0,1fr)}body{padding:.75rem}}
@media print{form,#chosen,footer p+p{display:none}main{grid-template-columns:1fr}}`;
