// The second press of a double click does nothing where the first one has changed the buttons; keys, and buttons that stay, are pressed at will.
import { expect, it } from 'vitest';
import { meantPresses } from '../src/figures/meant-presses.js';

/** A mouse counts its clicks, a finger does not, and a key has none. */
const [key, finger, mouse] = [0, 1, 2] as const;

/** Starts at 1000 ms, then presses. @returns whether the press is meant */
function afterStart(started: 'main' | 'step', { by, at, button, changes = true }: { by: number; at: number; button: 'main' | 'step' | 'end'; changes?: boolean }): boolean {
  const isMeant = meantPresses<'main' | 'step' | 'end'>();
  expect(isMeant({ detail: 1, timeStamp: 1000 }, started, true)).toBe(true);
  return isMeant({ detail: by, timeStamp: 1000 + at }, button, changes);
}

it.each(['main', 'step', 'end'] as const)('does nothing by mouse or finger on %s within half a second after the start', (button) => {
  for (const by of [finger, mouse]) {
    for (const at of [0, 1, 250, 499]) expect(afterStart('main', { by, at, button, changes: button !== 'step' })).toBe(false);
    for (const at of [500, 60_000]) expect(afterStart('main', { by, at, button })).toBe(true);
  }
});

it.each(['main', 'step', 'end'] as const)('is meant by key on %s at any time', (button) => {
  for (const at of [0, 1, 499, 500]) expect(afterStart('main', { by: key, at, button })).toBe(true);
});

it('is meant by mouse and finger right after a key, which is no part of a double click', () => {
  for (const by of [finger, mouse]) {
    const isMeant = meantPresses<string>();
    for (const [detail, button] of [[finger, 'main'], [key, 'main'], [by, 'end']] as const) expect(isMeant({ detail, timeStamp: 1000 }, button, true)).toBe(true);
  }
});

it('goes on step by step as fast as the visitor presses, and changes nothing else', () => {
  for (const by of [finger, mouse]) {
    expect(afterStart('step', { by, at: 100, button: 'step', changes: false })).toBe(true);
    for (const button of ['main', 'end'] as const) expect(afterStart('step', { by, at: 100, button })).toBe(false);
  }
});

it('counts half a second from the press that was meant, not from one that did nothing', () => {
  const isMeant = meantPresses<string>();
  expect([1000, 1300, 1600, 1700].map((timeStamp, place) => isMeant({ detail: place + 1, timeStamp }, 'main', true))).toEqual([true, false, true, false]);
});
