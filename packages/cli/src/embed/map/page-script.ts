// What the page of a map runs: a script without imports, as text. It moves and scales the map, finds words, and shows neighbours.
// `placeLabels` stands before it.

export const pageScript = `
const { width, height, line, language, words, says } = JSON.parse(document.getElementById('data').textContent);
const map = document.getElementById('map');
const elements = [...map.querySelectorAll('.word')];
const axes = map.querySelector('.axes');
const numberOf = new Map(words.map(({ word }, at) => [word, at]));
const cosine = new Intl.NumberFormat(language, { minimumFractionDigits: 3 });
const LARGEST = 40;
// What is shown: scale 1 is the whole map; (x, y) is its upper left corner, in pixels of the scaled map.
let view = { scale: 1, x: 0, y: 0 };
let chosen = -1;

// Names keep their size on a narrow screen, too: there the map has fewer pixels than the drawing.
const shrink = () => Math.max(1, Math.min(3, width / (map.clientWidth || width)));

function draw() {
  const names = shrink();
  const near = chosen < 0 ? [] : words[chosen].near.map(([word]) => numberOf.get(word)).filter((at) => at !== undefined);
  const first = chosen < 0 ? [] : [chosen, ...near];
  const order = [...first, ...words.keys()].filter((at, i, all) => all.indexOf(at) === i || i >= first.length && !first.includes(at));
  const at = words.map(({ x, y }) => ({ x: x * view.scale - view.x, y: y * view.scale - view.y }));
  const places = placeLabels(order.map((i) => ({ ...at[i], width: words[i].width * names })), { width, height, line: line * names });
  order.forEach((i, rank) => {
    const element = elements[i];
    const place = places[rank];
    element.setAttribute('transform', 'translate(' + at[i].x + ' ' + at[i].y + ')');
    element.classList.toggle('faint', chosen >= 0 && !first.includes(i));
    element.classList.toggle('chosen', i === chosen);
    element.querySelector('circle').setAttribute('r', (i === chosen ? 5 : 3) * names);
    let text = element.querySelector('text');
    if (!place) { text?.remove(); return; }
    if (!text) {
      text = element.appendChild(document.createElementNS(map.namespaceURI, 'text'));
      text.textContent = words[i].word;
    }
    text.setAttribute('x', place.dx);
    text.setAttribute('y', place.dy);
    text.setAttribute('text-anchor', place.anchor);
    text.style.fontSize = names === 1 ? '' : 15 * names + 'px';
  });
  if (axes) axes.style.visibility = view.scale === 1 && view.x === 0 && view.y === 0 ? '' : 'hidden';
  document.getElementById('lines').replaceChildren(...near.map((other) => {
    const drawn = document.createElementNS(map.namespaceURI, 'line');
    for (const [name, value] of [['class', 'near'], ['x1', at[chosen].x], ['y1', at[chosen].y], ['x2', at[other].x], ['y2', at[other].y]]) drawn.setAttribute(name, value);
    return drawn;
  }));
}

// Keeps the place (x, y) of the screen where it is, and some of the map in sight.
function scaleTo(scale, x = width / 2, y = height / 2) {
  const next = Math.min(LARGEST, Math.max(1, scale));
  const ratio = next / view.scale;
  moveTo({ scale: next, x: (view.x + x) * ratio - x, y: (view.y + y) * ratio - y });
}
function moveTo({ scale, x, y }) {
  const within = (value, size) => Math.min(Math.max(value, 0), size * (scale - 1));
  view = { scale, x: within(x, width), y: within(y, height) };
  draw();
}

function choose(number) {
  chosen = number;
  const section = document.getElementById('chosen');
  const { word, near } = words[number];
  const heading = document.createElement('h2');
  heading.textContent = says.neighbours + ': ' + word;
  const list = document.createElement('ol');
  for (const [other, similarity] of near) {
    const item = list.appendChild(document.createElement('li'));
    const target = numberOf.get(other);
    const name = item.appendChild(document.createElement(target === undefined ? 'span' : 'button'));
    name.textContent = other;
    if (target === undefined) name.append(' ', Object.assign(document.createElement('small'), { textContent: says.notShown }));
    else name.onclick = () => { choose(target); show(target); };
    item.append(Object.assign(document.createElement('span'), { textContent: cosine.format(similarity) }));
    item.append(Object.assign(document.createElement('meter'), { max: 1, value: Math.max(0, similarity), ariaHidden: 'true' }));
  }
  section.replaceChildren(heading, list);
  draw();
}

// Moves the map so that a word is in sight.
function show(number) {
  const { x, y } = words[number];
  const [left, top] = [x * view.scale - view.x, y * view.scale - view.y];
  if (left < 0 || left > width || top < 0 || top > height) moveTo({ scale: view.scale, x: x * view.scale - width / 2, y: y * view.scale - height / 2 });
}

const inMap = ({ clientX, clientY }) => {
  const point = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM().inverse());
  return [point.x, point.y];
};
map.addEventListener('wheel', (event) => {
  event.preventDefault();
  scaleTo(view.scale * Math.exp(-event.deltaY / 400), ...inMap(event));
}, { passive: false });
const fingers = new Map();
let moved = 0;
map.addEventListener('pointerdown', (event) => {
  fingers.set(event.pointerId, inMap(event));
  moved = 0;
});
map.addEventListener('pointermove', (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const now = inMap(event);
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
  if (moved > 4) map.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, now);
  if (other) scaleTo(view.scale * Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.hypot(before[0] - other[0], before[1] - other[1]), ...other);
  else moveTo({ scale: view.scale, x: view.x - now[0] + before[0], y: view.y - now[1] + before[1] });
});
for (const name of ['pointerup', 'pointercancel', 'pointerleave']) map.addEventListener(name, (event) => fingers.delete(event.pointerId));
map.addEventListener('click', (event) => {
  const element = event.target.closest('.word');
  if (element && moved <= 4) choose(elements.indexOf(element));
});
map.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (step) moveTo({ scale: view.scale, x: view.x + step[0] * 80, y: view.y + step[1] * 80 });
  else if (event.key === '+') scaleTo(view.scale * 1.5);
  else if (event.key === '-') scaleTo(view.scale / 1.5);
  else return;
  event.preventDefault();
});
document.getElementById('in').onclick = () => scaleTo(view.scale * 1.5);
document.getElementById('out').onclick = () => scaleTo(view.scale / 1.5);
document.getElementById('whole').onclick = () => moveTo({ scale: 1, x: 0, y: 0 });
const find = document.getElementById('find');
const search = () => {
  const text = find.value.trim();
  const number = numberOf.get(text) ?? words.findIndex(({ word }) => word.toLowerCase() === text.toLowerCase());
  find.setCustomValidity(number < 0 && text !== '' ? says.notFound : '');
  if (number >= 0) { choose(number); show(number); }
};
find.addEventListener('change', () => { search(); find.reportValidity(); });
find.addEventListener('input', () => { find.setCustomValidity(''); if (numberOf.has(find.value)) search(); });
find.form.addEventListener('submit', (event) => { event.preventDefault(); search(); });
window.addEventListener('resize', draw);
draw();
`;
