// The scaling law: known parameters are found, and noisy ones agree with scipy's curve_fit.
import { Random } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { fitScalingLaw, type ScalingRun } from '../src/scaling.js';
import { studentQuantile } from '../src/scaling/student-t.js';
import fixture from './fixtures/scaling.scipy.json' with { type: 'json' };

const law = (floor: number, coefficient: number, exponent: number) => (compute: number): ScalingRun => ({ compute, loss: floor + coefficient * compute ** -exponent });
const close = (found: number, expected: number, relative: number): void => expect(Math.abs(found / expected - 1)).toBeLessThan(relative);

describe('fitScalingLaw', () => {
  it.each([
    ['of characters', 0.9, 4, 0.25, [1, 3, 10, 30, 100]],
    ['of floating-point operations', 1.69, 400, 0.15, [1e13, 1e14, 1e15, 1e16, 1e17]],
    ['of steep ones', 0.2, 3, 1.3, [1, 2, 4, 8]],
  ])('finds the parameters of exact losses: %s', (_name, floor, coefficient, exponent, computes) => {
    const found = fitScalingLaw(computes.map(law(floor, coefficient, exponent)));
    close(found.floor, floor, 1e-5);
    close(found.coefficient, coefficient, 1e-4);
    close(found.exponent, exponent, 1e-5);
    expect(found.residualDeviation).toBeLessThan(1e-7);
    const larger = 100 * computes.at(-1)!;
    close(found.predict(larger).loss, law(floor, coefficient, exponent)(larger).loss, 1e-5);
  });

  it.each(fixture.cases)("agrees with scipy's curve_fit: $name", ({ runs, parameters, covariance, deviation }) => {
    const found = fitScalingLaw(runs);
    [found.floor, found.coefficient, found.exponent].forEach((value, i) => close(value, parameters[i]!, 1e-5));
    found.covariance.forEach((row, i) => row.forEach((value, j) => close(value, covariance[i]![j]!, 1e-3)));
    close(found.residualDeviation, deviation, 1e-5);
    expect(found.degreesOfFreedom).toBe(runs.length - 3);
  });

  it('says its error: nine of ten larger runs are within the intervals of 90 %', () => {
    const truth = law(1.2, 3, 0.3);
    let inside = 0;
    let [errors, claimed] = [0, 0];
    for (let trial = 0; trial < 300; trial++) {
      const random = new Random({ seed: 7, stream: trial });
      const measured = (compute: number): ScalingRun => ({ compute, loss: truth(compute).loss + 0.01 * random.normal() });
      const found = fitScalingLaw([1, 2, 5, 10, 20, 50, 100].map(measured));
      const { loss, standardError, interval } = found.predict(1000, { confidence: 0.9 });
      const { loss: real } = measured(1000);
      if (real >= interval[0] && real <= interval[1]) inside++;
      errors += (loss - truth(1000).loss) ** 2;
      claimed += standardError ** 2;
    }
    expect(inside).toBeGreaterThan(252);
    expect(inside).toBeLessThan(288);
    expect(Math.sqrt(claimed / errors)).toBeGreaterThan(0.8);
    expect(Math.sqrt(claimed / errors)).toBeLessThan(1.25);
  });

  it('fits a law without floor where one would be below 0', () => {
    const found = fitScalingLaw([1, 10, 100, 1000].map((compute) => ({ compute, loss: 3 * compute ** -0.1 - 0.05 * Math.log10(compute) })));
    expect(found.floor).toBe(0);
    expect(found.degreesOfFreedom).toBe(2);
    expect(found.covariance[0]).toEqual([0, 0, 0]);
  });

  it('predicts no interval below 0', () => {
    const found = fitScalingLaw([4.1, 1.1, 0.62, 0.08].map((loss, i) => ({ compute: 10 ** i, loss })));
    const { loss, interval } = found.predict(1e6, { confidence: 0.99 });
    expect(interval[0]).toBe(0);
    expect(interval[1]).toBeGreaterThan(loss);
  });

  it.each([
    [[4, 3.9, 3.5, 2]],
    [[4, 3.95, 3.8, 3.5]],
    [[4, 3.99, 3.9, 3.6, 2.9, 1.5]],
  ])('refuses losses that fall faster and faster on the logarithmic scale: %j', (losses) => {
    expect(() => fitScalingLaw(losses.map((loss, i) => ({ compute: 1e15 * 10 ** i, loss })))).toThrow(/the losses fall faster and faster with the logarithm of the compute: halfway they are [\d.]+ nats above a straight line/);
  });

  it('takes a law that is almost a straight line there, whatever way its scatter bends it', () => {
    for (let trial = 0; trial < 40; trial++) {
      const random = new Random({ seed: 3, stream: trial });
      const runs = [0, 1, 2, 3, 4].map((i) => ({ compute: 10 ** i, loss: 4 * 10 ** (-0.03 * i) + 0.02 * random.normal() }));
      expect(() => fitScalingLaw(runs)).not.toThrow();
    }
  });

  it('refuses runs that are no law', () => {
    const runs = [1, 2, 4, 8].map(law(1, 2, 0.5));
    expect(() => fitScalingLaw(runs.slice(1))).toThrow('there are 3 runs with 3 different computes; expected at least 4');
    expect(() => fitScalingLaw([...runs.slice(2), ...runs.slice(2)])).toThrow('4 runs with 2 different computes');
    expect(() => fitScalingLaw(runs.map(({ compute, loss }) => ({ compute, loss: 5 - loss })))).toThrow('do not fall with compute as E + A / C^alpha does');
    expect(() => fitScalingLaw(runs.map(({ loss }) => ({ compute: 0, loss })))).toThrow('compute of run 0 is 0; expected a number above 0');
    expect(() => fitScalingLaw(runs.map(({ compute }) => ({ compute, loss: NaN })))).toThrow('loss of run 0 is NaN');
    expect(() => fitScalingLaw(runs).predict(-1)).toThrow('compute is -1');
    expect(() => fitScalingLaw(runs).predict(9, { confidance: 0.5 } as never)).toThrow("predict: unknown option 'confidance', did you mean 'confidence'");
    expect(() => fitScalingLaw(runs).predict(9, { confidence: 1 })).toThrow('confidence is 1');
  });
});

it.each(fixture.quantiles)("Student's t of $degreesOfFreedom at $probability is scipy's", ({ degreesOfFreedom, probability, t }) => {
  close(studentQuantile(degreesOfFreedom, probability), t, 1e-8);
});
