// The CSS of pages to read: reports of a training and of a tuning.

/** Colours have a contrast of at least 4.5 to the page. */
export const documentStyle = `:root{color-scheme:light dark;--page:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#d0d7de;--card:#f6f8fa;--c0:#0b5fcc;--c1:#b23c00;--c2:#137333;--c3:#8430ce;--c4:#00696f}
@media (prefers-color-scheme:dark){:root{--page:#14171c;--ink:#e8eaed;--quiet:#a3abb5;--line:#3b424b;--card:#1c2128;--c0:#82b8ff;--c1:#ffb077;--c2:#81d68f;--c3:#d3acff;--c4:#6fd3da}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:.5rem 0 1rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:1.5rem 0 .25rem}
p{color:var(--quiet);margin:.25rem 0 .75rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.5rem;margin:0 0 1rem}
dl div{background:var(--card);border-radius:.5rem;padding:.5rem .75rem}
dt{color:var(--quiet);font-size:.85rem}
dd{margin:0;font-weight:600;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.charts{display:grid;margin-bottom:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem}
figure{margin:0;border:1px solid var(--line);border-radius:.5rem;padding:.75rem .5rem .25rem}
figcaption{padding:0 .25rem .25rem;font-weight:600}
.legend{display:flex;flex-wrap:wrap;gap:0 1rem;font-weight:400;font-size:.9rem}
.legend i{display:inline-block;width:1.25rem;border-top:3px solid;margin-right:.4rem;vertical-align:middle}
.legend .dash{color:var(--quiet)}
.legend .dash i{border-top-style:dashed}
svg{display:block;width:100%;height:auto}
svg text{font:14px system-ui,sans-serif;fill:var(--quiet)}
svg path{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round}
svg .grid{stroke:var(--line);stroke-width:1}
svg .rule{stroke:var(--quiet);stroke-dasharray:6 4}
svg circle{fill:currentColor}
${[0, 1, 2, 3, 4].map((colour) => `.c${colour}{color:var(--c${colour})}`).join('')}
ol{list-style:none;margin:0;padding:0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--card);border-radius:.5rem;padding:.5rem .75rem;margin:.25rem 0 .75rem;font:14px/1.5 ui-monospace,monospace}
summary{cursor:pointer;font-weight:600;padding:.75rem 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:.25rem .75rem;border-bottom:1px solid var(--line);font-size:.9rem}
@media print{figure,li{break-inside:avoid}}`;
