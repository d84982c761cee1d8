// Runs a training that is written as a generator: without pauses, or in parts with other work in between.

import { type AsyncTrainingTexts, Pauses } from './texts.js';

/** @throws the signal's reason when it is aborted */
export function finish<T>(training: Generator<void, T>, signal: AbortSignal | undefined): T {
  for (;;) {
    signal?.throwIfAborted();
    const step = training.next();
    if (step.done) return step.value;
  }
}

export async function finishAsync<T>(training: Generator<void, T>, signal: AbortSignal | undefined): Promise<T> {
  const pauses = new Pauses();
  for (;;) {
    await pauses.whenDue();
    signal?.throwIfAborted();
    const step = training.next();
    if (step.done) return step.value;
  }
}

/** Applies `change` to each text as it arrives. A value that is not a string is passed on, for the reader to refuse. */
export function mapTexts<Texts extends AsyncTrainingTexts>(texts: Texts, change: (text: string) => string): Texts {
  const changed = (text: string): string => (typeof text === 'string' ? change(text) : text);
  if (typeof texts === 'string') return change(texts) as Texts;
  if (texts === null || typeof texts !== 'object') return texts;
  if (Symbol.asyncIterator in texts) {
    return (async function* () {
      for await (const text of texts as AsyncIterable<string>) yield changed(text);
    })() as AsyncIterable<string> as Texts;
  }
  if (!(Symbol.iterator in texts)) return texts;
  return (function* () {
    for (const text of texts as Iterable<string>) yield changed(text);
  })() as Iterable<string> as Texts;
}
