// Where a visitor reads: a paragraph and how far it stands from the top of the window. A number of pixels from the top of the page is no
// place, because the figures above grow while they compute.
import { START_LOCATION, type Router } from 'vue-router';

/** A paragraph, counted from the top of the text, and how many pixels its top is below the top of the window; negative when it is above. */
interface ReadingPlace {
  paragraph: number;
  below: number;
}

/** The paragraphs of a text. What stands in figures is left out, because it comes and goes. */
const paragraphs = (): Element[] => [...document.querySelectorAll('main :is(h1, h2, h3, p, li, figure)')].filter((element) => !element.parentElement!.closest('figure'));

/** The uppermost paragraph of which something is seen. */
function placeInWindow(): ReadingPlace | undefined {
  const all = paragraphs();
  const paragraph = all.findIndex((element) => element.getBoundingClientRect().bottom > 0);
  return paragraph < 0 ? undefined : { paragraph, below: all[paragraph]!.getBoundingClientRect().top };
}

/** Figures above grow until they have computed, and a little longer; in milliseconds, at least. */
const LEAST = 10_000;
const LONGER = 5000;
const COMPUTING = 'figure:is([data-state="static"], [data-state="preparing"], [data-state="running"])';
/** Whoever scrolls, types or taps decides alone where the page is. */
const ENDS = ['wheel', 'touchmove', 'keydown', 'pointerdown', 'mousedown'] as const;
/** Who scrolls without doing any of these, as a screen reader does, is let go when the page was brought back so many times. */
const PULLS = 2;

let release = (): void => {};

/**
 * Scrolls there at once, as on a ride through the page the figures on the way would grow and the ride end elsewhere, and stays there, in
 * every frame, while what stands above grows.
 * @param below  pixels below the top of the window; without it, the element is scrolled to as a link does
 */
export function goTo(element: Element, below?: number): void {
  release();
  // The browser keeps places, too (scroll anchoring), and rides to the place of a link by itself, at the end of loading and to where it was
  // when the ride began. Both would move the page away from here.
  const browserOwn = { 'overflow-anchor': 'none', 'scroll-behavior': 'auto' };
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(browserOwn)) style.setProperty(name, value);
  const measure = (): number => element.getBoundingClientRect().top;
  const moveTo = (top: number): void => scrollBy({ top: measure() - top, behavior: 'instant' });
  if (below === undefined) element.scrollIntoView({ behavior: 'instant' });
  else moveTo(below);
  const top = measure();
  const heightNow = (): number => document.documentElement.scrollHeight;
  let height = heightNow();
  const hold = (): void => {
    if (!element.isConnected) return release();
    if (measure() !== top) moveTo(top);
    height = heightNow();
  };
  // What grows is noticed before it is drawn; whatever else has moved the page, in the next frame.
  const observer = new ResizeObserver(hold);
  for (const part of document.querySelectorAll('main > *, main > article > *')) observer.observe(part);
  let frame = requestAnimationFrame(function again() {
    frame = requestAnimationFrame(again);
    hold();
  });
  let pulls = 0;
  const scrolled = (): void => {
    if (heightNow() !== height || Math.abs(measure() - top) <= innerHeight / 2) return;
    if (pulls === PULLS) release();
    pulls++;
  };
  const began = Date.now();
  let calmSince = began;
  const timer = setInterval(() => {
    if (document.querySelector(COMPUTING)) calmSince = Date.now();
    else if (Date.now() - calmSince > LONGER && Date.now() - began > LEAST) release();
  }, 250);
  release = () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    for (const name of Object.keys(browserOwn)) style.removeProperty(name);
    clearInterval(timer);
    removeEventListener('scroll', scrolled);
    for (const name of ENDS) removeEventListener(name, release);
    release = () => {};
  };
  addEventListener('scroll', scrolled, { passive: true });
  for (const name of ENDS) addEventListener(name, release, { passive: true });
}

/** Notes the place of each page that is left, also when it is loaded again. @returns what goes to the place of the page that is shown, and says whether one was noted */
export function notePlaces(router: Router): () => boolean {
  const places = new Map<number, ReadingPlace | undefined>();
  const entry = (): number => (history.state as { position?: number } | null)?.position ?? 0;
  let current = entry();
  places.set(current, (history.state as { place?: ReadingPlace } | null)?.place);
  router.beforeEach((to, from) => {
    if (from === START_LOCATION || to.path === from.path) return;
    release();
    places.set(current, placeInWindow());
  });
  router.afterEach(() => void (current = entry()));
  // The router notes the pixels only when the page is hidden, which is too late when it is loaded again.
  addEventListener('beforeunload', () => history.replaceState({ ...history.state, scroll: { left: scrollX, top: scrollY }, place: placeInWindow() }, ''));
  return () => {
    const place = places.get(entry());
    const element = place && paragraphs()[place.paragraph];
    if (element) goTo(element, place.below);
    return element !== undefined;
  };
}
