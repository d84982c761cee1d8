// Random logits and settings for property tests.
import fc from 'fast-check';

const logit = fc.oneof(
  // On a grid, so that differences are exact: logits closer than rounding would make equal probabilities of unequal logits.
  { weight: 6, arbitrary: fc.integer({ min: -30_000, max: 30_000 }).map((value) => value / 1024) },
  // Few different values, so that ties are common.
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constant(-Infinity) },
);

/** Usable logits: 1 to 200 of them, with ties and impossible tokens, at least one possible. */
export const logitsArbitrary = fc
  .array(logit, { minLength: 1, maxLength: 200 })
  .map((values) => Float32Array.from(values))
  .filter((logits) => logits.some((value) => value > -Infinity));

export const topKArbitrary = fc.integer({ min: 1, max: 220 });
export const topPArbitrary = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.5, 1 - Number.EPSILON / 2));
export const temperatureArbitrary = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.01, max: 10, noNaN: true }));

export const optionsArbitrary = fc.record({
  temperature: fc.option(temperatureArbitrary, { nil: undefined }),
  topK: fc.option(topKArbitrary, { nil: undefined }),
  topP: fc.option(topPArbitrary, { nil: undefined }),
});

export const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

/** Ids whose entry is not -Infinity. */
export const keptBy = (logits: Float32Array): number[] => [...logits.keys()].filter((id) => logits[id] > -Infinity);
