// Settings of several figures on one page and the page's address, with a router and components that draw nothing.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRenderer, defineComponent, h, nextTick, type App, type Component } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { oneOf, shortText, useSettings, whole } from '../src/storage/url-state.js';

interface Values {
  order: number;
  seed: number;
  text: string;
}

const nothing = (): void => {};
const { createApp } = createRenderer<object, object>({ insert: nothing, remove: nothing, createElement: () => ({}), createText: () => ({}), createComment: () => ({}), setText: nothing, setElementText: nothing, patchProp: nothing, parentNode: () => null, nextSibling: () => null });

let app: App<object>;
let router: Router;
let first: Values;
let second: Values;

/** Two figures that share `seed`, on a page with this address. */
async function openPage(address: string): Promise<void> {
  const figure = (keep: (values: Values) => void) =>
    defineComponent(() => {
      keep(useSettings({ order: whole(1, 8, 3), seed: whole(0, 100, 7), text: shortText('') }) as Values);
      return () => null;
    });
  const other = (keep: (values: Values) => void) =>
    defineComponent(() => {
      keep(useSettings({ seed: whole(0, 100, 7), unit: oneOf(['a', 'b'], 'a') }) as unknown as Values);
      return () => null;
    });
  const page = defineComponent(() => () => h('page', [h(figure((values) => (first = values))), h(other((values) => (second = values)))]));
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/page/', component: page }, { path: '/other/', component: page }] });
  await router.push(address);
  app = createApp(page);
  app.use(router);
  app.mount({});
  await nextTick();
}

/** The address, once nothing is waiting to be written. */
async function address(): Promise<string> {
  await vi.advanceTimersByTimeAsync(300);
  return router.currentRoute.value.fullPath;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  app.unmount();
  vi.useRealTimers();
});

it('has the last change when the visitor goes on at once and comes back', async () => {
  await openPage('/page/?order=5');
  first.text = 'last words';
  await nextTick();
  await router.push('/other/');
  expect(await address()).toBe('/other/');
  router.back();
  expect(await address()).toBe('/page/?order=5&text=last+words');
});

it('lets the visitor go on to a page that is long in coming, and keeps what is changed meanwhile if it does not come', async () => {
  await openPage('/page/');
  let come = nothing;
  let fail = nothing;
  const coming = (): Promise<Component> => new Promise((resolve, reject) => {
    come = () => resolve({ render: () => null });
    fail = () => reject(new Error('offline'));
  });
  router.addRoute({ path: '/slow/', component: coming });
  router.addRoute({ path: '/never/', component: coming });
  first.order = 4;
  await nextTick();
  const failing = router.push('/never/').catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(1000);
  first.seed = 9;
  await vi.advanceTimersByTimeAsync(1000);
  expect(router.currentRoute.value.fullPath).toBe('/page/');
  fail();
  expect(await failing).toBe('offline');
  expect(await address()).toBe('/page/?order=4&seed=9');
  first.text = 'last words';
  await nextTick();
  const going = router.push('/slow/');
  await vi.advanceTimersByTimeAsync(1000);
  come();
  await going;
  expect(await address()).toBe('/slow/');
  router.back();
  expect(await address()).toBe('/page/?order=4&seed=9&text=last+words');
});

it('has the last change when the visitor follows a link on the page at once and comes back, and does what the link says', async () => {
  await openPage('/page/?order=5&text=words');
  first.order = 3;
  first.seed = 9;
  await nextTick();
  await router.push('/page/?order=8&text=words');
  await nextTick();
  expect([first.order, first.seed, first.text]).toEqual([8, 9, 'words']);
  expect(await address()).toBe('/page/?order=8&text=words&seed=9');
  router.back();
  expect(await address()).toBe('/page/?text=words&seed=9');
  expect([first.order, first.seed, second.seed]).toEqual([3, 9, 9]);
});

it('takes what the address says, and ignores what no setting can be', async () => {
  await openPage('/page/?order=5&seed=nine&text=a%20b');
  expect([first.order, first.seed, first.text, second.seed]).toEqual([5, 7, 'a b', 7]);
  expect(await address()).toBe('/page/?order=5&seed=nine&text=a%20b');
});

it('writes changes, without what is as at the beginning, and keeps what is not its own', async () => {
  await openPage('/page/?order=5&hide=seed#figure');
  first.order = 3;
  first.text = 'ä';
  expect(await address()).toBe('/page/?hide=seed&text=%C3%A4#figure');
});

it('writes changes of two figures at the same time, and loses none', async () => {
  await openPage('/page/');
  first.order = 4;
  await nextTick();
  await vi.advanceTimersByTimeAsync(200);
  Object.assign(second, { unit: 'b' });
  await nextTick();
  expect(await address()).toBe('/page/?order=4&unit=b');
});

it('does not take back a change that is still waiting when the address changes', async () => {
  await openPage('/page/');
  first.order = 4;
  await nextTick();
  await router.replace('/page/?unit=b');
  await nextTick();
  expect([first.order, (second as unknown as { unit: string }).unit]).toEqual([4, 'b']);
  expect(await address()).toBe('/page/?unit=b&order=4');
});

it('shares a setting of the same name between figures, and follows a link', async () => {
  await openPage('/page/');
  first.seed = 9;
  expect(await address()).toBe('/page/?seed=9');
  await nextTick();
  expect(second.seed).toBe(9);
  await router.push('/page/?order=8');
  await nextTick();
  expect([first.order, first.seed, second.seed]).toEqual([8, 7, 7]);
  expect(await address()).toBe('/page/?order=8');
});

it('writes nothing to another page', async () => {
  await openPage('/page/');
  first.order = 4;
  await nextTick();
  await router.push('/other/');
  expect(await address()).toBe('/other/');
});

it('takes from the address what another figure has changed and written there itself', async () => {
  await openPage('/page/');
  first.seed = 9;
  await nextTick();
  await router.replace({ query: { seed: '9' } }); // sooner than the change would be written
  await nextTick();
  expect(second.seed).toBe(9);
  expect(await address()).toBe('/page/?seed=9');
  expect([first.seed, second.seed]).toEqual([9, 9]);
});
