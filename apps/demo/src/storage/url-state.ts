// A figure's settings in the page's address: `?order=3&seed=7`. The same address always shows the same figure.
import { inject, onBeforeUnmount, onMounted, provide, reactive, ref, shallowReactive, watch, type InjectionKey } from 'vue';
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw, type RouteLocationNormalized, type Router } from 'vue-router';

/** One setting: how it is read from the address and written to it. */
export interface Setting<Value> {
  initial: Value;
  /** The value of a text in the address, or undefined if it is not one. */
  read(text: string): Value | undefined;
  write(value: Value): string;
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number, initial: number): Setting<number> {
  return {
    initial,
    read: (text) => (/^-?\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
    write: String,
  };
}

/** A number from `least` to `most`. */
export function decimal(least: number, most: number, initial: number): Setting<number> {
  return {
    initial,
    read: (text) => (/^-?\d+(\.\d+)?$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
    write: String,
  };
}

/** One of a few words. */
export function oneOf<const Value extends string>(values: readonly Value[], initial: NoInfer<Value>): Setting<Value> {
  return { initial, read: (text) => values.find((value) => value === text), write: (value) => value };
}

/** A short text. */
export function shortText(initial: string, most = 400): Setting<string> {
  return { initial, read: (text) => (text.length <= most ? text : undefined), write: (value) => value.slice(0, most) };
}

/** On or off. */
export function flag(initial: boolean): Setting<boolean> {
  return { initial, read: (text) => (text === '1' ? true : text === '0' ? false : undefined), write: (value) => (value ? '1' : '0') };
}

type ValuesOf<Settings> = { -readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : never };

/** Waits this long after the last change of a setting before the address changes, in milliseconds. */
const ADDRESS_DELAY = 250;

/** Changes that the address does not have yet, of all figures of the page; null removes a name. One navigation writes them together: a second one would end the first. `by` is what the figure that changed it knows. */
const waiting = new Map<string, { text: string | null; by: object }>();
let timer: ReturnType<typeof setTimeout> | undefined;
let stopWatching: (() => void) | undefined;
/** Whether the visitor is on the way to another page, which may have to be loaded first: a navigation of ours would end theirs. */
let isLeaving = false;

function writeSoon(router: Router, path: string): void {
  stopWatching ??= watchGoing(router, path);
  clearTimeout(timer);
  if (isLeaving) return;
  timer = setTimeout(() => {
    stopWatching?.();
    const route = router.currentRoute.value;
    const next = withChanges(route);
    waiting.clear();
    if (route.path === path) void router.replace(next); // else the visitor has gone on
  }, ADDRESS_DELAY);
}

/**
 * Whoever goes on before the delay is over, to another page or by a link on this one, finds the last change again when coming back.
 * @returns what ends it
 */
function watchGoing(router: Router, path: string): () => void {
  const { history } = router.options;
  const isOtherPage = (to: RouteLocationNormalized, from: RouteLocationNormalized): boolean => from.path === path && to.path !== path;
  const arrived = (hasFailed: boolean): void => {
    isLeaving = false;
    if (hasFailed) writeSoon(router, path);
    else stopWatching?.();
  };
  const stops = [
    router.beforeEach((to, from) => {
      if (from.path !== path) return;
      // Where the browser itself went back, the address is another one already.
      if (history.location === from.fullPath) history.replace(router.resolve(withChanges(from)).fullPath);
      if (to.path === path) {
        // What a link says of a setting is newer than what is waiting.
        for (const name of waiting.keys()) if (to.query[name] !== from.query[name]) waiting.delete(name);
      } else {
        isLeaving = true;
        clearTimeout(timer);
      }
    }),
    router.afterEach((to, from, failure) => void (isOtherPage(to, from) && arrived(failure !== undefined))),
    router.onError((_, to, from) => void (isOtherPage(to, from) && arrived(true))),
  ];
  return () => {
    for (const stop of stops) stop();
    stopWatching = undefined;
  };
}

/** A route's address with what is waiting. */
function withChanges({ path, query: before, hash }: RouteLocationNormalized): { path: string; query: LocationQueryRaw; hash: string } {
  const query: LocationQueryRaw = { ...before };
  for (const [name, { text }] of waiting) {
    if (text === null) delete query[name];
    else query[name] = text;
  }
  return { path, query, hash };
}

/**
 * The settings of a figure as a reactive object. They begin as in the pages that the build wrote, and take the address's values
 * when the figure is mounted, before its own `onMounted`. Changes are written to the address, without those that are as at the beginning.
 * @param settings  names must differ from those of the chapter's other figures, unless both mean the same
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a setting reads and writes its own kind of value
export function useSettings<const Settings extends Record<string, Setting<any>>>(settings: Settings): ValuesOf<Settings> {
  const route = useRoute();
  const router = useRouter();
  const entries = Object.entries(settings) as unknown as [string, Setting<unknown>][];
  const values = reactive(Object.fromEntries(entries.map(([name, { initial }]) => [name, initial]))) as Record<string, unknown>;
  /** The text of each value; null for one that is as at the beginning. */
  const textOf = (name: string, setting: Setting<unknown>): string | null => (values[name] === setting.initial ? null : setting.write(values[name]));
  /** The texts with which values and address agree, or will when what is waiting is written. */
  const known: Record<string, string | null> = {};
  const inAddress = (name: string): string | null => (typeof route.query[name] === 'string' ? route.query[name] : null);

  const take = (name: string, setting: Setting<unknown>): void => {
    const text = inAddress(name);
    values[name] = (text === null ? undefined : setting.read(text)) ?? setting.initial;
    known[name] = textOf(name, setting);
  };

  onMounted(() => {
    const { path } = route;
    for (const [name, setting] of entries) take(name, setting);
    watch(values, () => {
      for (const [name, setting] of entries) {
        const text = textOf(name, setting);
        if (text === known[name]) continue;
        known[name] = text;
        waiting.set(name, { text, by: known });
        writeSoon(router, path);
      }
    });
    // An exercise on the same page is a link with other values, and another figure may have a setting of the same name.
    watch(() => route.query, () => {
      if (route.path !== path) return;
      // What this figure itself has just changed is newer than the address; what another changed may be in the address already.
      for (const [name, setting] of entries) if (waiting.get(name)?.by !== known && inAddress(name) !== known[name]) take(name, setting);
    });
  });
  onBeforeUnmount(() => {
    for (const [name] of entries) if (waiting.get(name)?.by === known) waiting.delete(name);
  });

  return values as ValuesOf<Settings>;
}

/** The names of the controls that a teacher's link hides: `hide=order,seed`. */
export function hiddenOf(query: LocationQuery): string[] {
  return typeof query.hide === 'string' ? query.hide.split(',').filter(Boolean) : [];
}

const NAMES: InjectionKey<Set<string>> = Symbol('names of controls');

/** The names of all controls in a figure, which grow as they are drawn. A figure and everything in it have the same set. */
export function useControlNames(): Set<string> {
  const names = inject(NAMES, () => shallowReactive(new Set<string>()), true);
  provide(NAMES, names);
  return names;
}

/** Tells whether a control is hidden. None is at first, as in the pages that the build wrote. */
export function useHidden(): (name: string) => boolean {
  const route = useRoute();
  const names = useControlNames();
  const isMounted = ref(false);
  onMounted(() => (isMounted.value = true));
  return (name) => {
    names.add(name);
    return isMounted.value && hiddenOf(route.query).includes(name);
  };
}
