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

/** Notes the place of each page that is left, also when it is loaded again. @returns what finds the place of the page that is shown, for the router's `scrollBehavior` */
export function notePlaces(router: Router): () => { el: Element; top: number } | undefined {
  const places = new Map<number, ReadingPlace | undefined>();
  const entry = (): number => (history.state as { position?: number } | null)?.position ?? 0;
  let current = entry();
  places.set(current, (history.state as { place?: ReadingPlace } | null)?.place);
  router.beforeEach((to, from) => {
    if (from !== START_LOCATION && to.path !== from.path) places.set(current, placeInWindow());
  });
  router.afterEach(() => void (current = entry()));
  // The router notes the pixels only when the page is hidden, which is too late when it is loaded again.
  addEventListener('beforeunload', () => history.replaceState({ ...history.state, scroll: { left: scrollX, top: scrollY }, place: placeInWindow() }, ''));
  return () => {
    const place = places.get(entry());
    const el = place && paragraphs()[place.paragraph];
    return el && { el, top: place.below };
  };
}
