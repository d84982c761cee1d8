// A page on which something is computed that the visitor started is left only when they want it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { interfaceWords } from '../src/languages/index.js';
import { ask, asked, type Question } from '../src/shell/ask.js';
import { askBeforeLeaving, holdPage } from '../src/shell/leaving.js';

const component = { render: () => null };
let router: Router;
let page: EventTarget;
let questions: Question[];
let goes: boolean;
let release: (() => void) | undefined;

beforeEach(async () => {
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/de/:page', component, meta: { language: 'de' } }, { path: '/en/:page', component, meta: { language: 'en' } }] });
  page = new EventTarget();
  questions = [];
  askBeforeLeaving(router, page as Window, async (question) => {
    questions.push(question);
    return goes;
  });
  await router.push('/de/finetuning');
});
afterEach(() => release?.());

const isAskedByBrowser = (): boolean => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
const pathAfter = async (to: string): Promise<string> => {
  await router.push(to);
  return router.currentRoute.value.path;
};

it('asks nothing as long as nothing is computed', async () => {
  expect(isAskedByBrowser()).toBe(false);
  expect(await pathAfter('/en/finetuning')).toBe('/en/finetuning');
  expect(questions).toEqual([]);
});

it.each([true, false])('asks in the language of the page, and does what is answered: %s', async (answer) => {
  goes = answer;
  release = holdPage();
  expect(isAskedByBrowser()).toBe(true);
  expect(await pathAfter('/en/finetuning')).toBe(answer ? '/en/finetuning' : '/de/finetuning');
  const { lost, yes, no } = interfaceWords.de.leaving;
  expect(questions).toEqual([{ text: lost, yes, no }]);
});

it('does not ask when only a setting changes, nor when the last computation has ended', async () => {
  goes = false;
  release = holdPage();
  const other = holdPage();
  await router.push('/de/finetuning?style=pirate');
  expect(router.currentRoute.value.query).toEqual({ style: 'pirate' });
  expect(questions).toEqual([]);
  release();
  release(); // twice is once
  expect(await pathAfter('/de/token')).toBe('/de/finetuning');
  other();
  expect(isAskedByBrowser()).toBe(false);
  expect(await pathAfter('/de/token')).toBe('/de/token');
});

it('answers a question with no when another takes its place', async () => {
  const [first, second] = [ask({ text: 'first', yes: 'y', no: 'n' }), ask({ text: 'second', yes: 'y', no: 'n' })];
  expect(await first).toBe(false);
  expect(asked.value?.text).toBe('second');
  asked.value!.answer(true);
  expect(await second).toBe(true);
  expect(asked.value).toBe(null);
});

it.each([[[true, true], 'kept'], [[true, false], 'lost']] as const)('says what stays only where all that is computed stays: %j', async (holds, which) => {
  const releases = holds.map((isKept) => holdPage(isKept));
  release = () => releases.forEach((one) => one());
  goes = false;
  await router.push('/de/token');
  expect(questions.map(({ text }) => text)).toEqual([interfaceWords.de.leaving[which]]);
});
