import { describe, expect, it } from 'vitest';
import { beamSearch, type BeamSearchOptions, greedy, logProbs, type NextTokenModel, Sampler } from '../../src/index.js';
import { topK } from '../../src/stages/index.js';
import { tableModel, writtenModel } from './models.js';

/** Every text of at most `maxTokens`, scored; the best first. */
async function enumerate(model: NextTokenModel, prompt: number[], stop: number, maxTokens: number, lengthPenalty: number): Promise<{ ids: number[]; score: number }[]> {
  const found: { ids: number[]; score: number }[] = [];
  const visit = async (ids: number[], sum: number): Promise<void> => {
    if (ids.length === maxTokens) return void found.push({ ids, score: sum / ids.length ** lengthPenalty });
    const scores = logProbs(await model.next([...prompt, ...ids]));
    for (let id = 0; id < scores.length; id++) {
      if (id === stop) found.push({ ids, score: (sum + scores[id]) / (ids.length + 1) ** lengthPenalty });
      else await visit([...ids, id], sum + scores[id]);
    }
  };
  await visit([], 0);
  return found.sort((a, b) => b.score - a.score);
}

// 0 ends the text.
const worked = writtenModel({ '': [0.3, 0.5, 0.2], '1': [0.6, 0.3, 0.1], '2': [0.9, 0.05, 0.05], '1,1': [0.98, 0.01, 0.01], '1,2': [0.9, 0.05, 0.05] });
const search = (options: Partial<BeamSearchOptions>) => beamSearch(worked, [], { maxTokens: 5, beams: 2, results: 2, stopTokens: [0], ...options });

describe('beamSearch', () => {
  it.each([0, 0.5, 1, 2, -1])('with beams enough finds what trying every text finds (length penalty %d)', async (lengthPenalty) => {
    for (let seed = 0; seed < 8; seed++) {
      const model = tableModel(4, seed, 2);
      const expected = await enumerate(model, [1], 0, 4, lengthPenalty);
      const found = await beamSearch(model, [1], { maxTokens: 4, beams: 200, results: 5, stopTokens: [0], lengthPenalty, earlyStopping: 'never' });
      found.forEach(({ ids, score }, i) => {
        expect(ids).toEqual(expected[i].ids);
        expect(score).toBeCloseTo(expected[i].score, 5);
      });
    }
  });

  it('with one beam is greedy', async () => {
    const model = tableModel(20, 3, 1);
    const ids = [5];
    for (let i = 0; i < 10; i++) ids.push(greedy(await model.next(ids)));
    const [best] = await beamSearch(model, [5], { maxTokens: 10, beams: 1 });
    expect(best.ids).toEqual(ids.slice(1));
    expect(best.stopToken).toBeUndefined();
  });

  // Worked out by hand after Hugging Face's BeamSearchScorer: scores are the sum of log-probabilities over length^penalty, the end counted.
  it('length penalty 1: [1] at ln(0.5 0.6) / 2, then [1, 1] at ln(0.5 0.3 0.98) / 3', async () => {
    const found = await search({});
    expect(found.map(({ ids }) => ids)).toEqual([[1], [1, 1]]);
    expect(found[0].score).toBeCloseTo(Math.log(0.3) / 2, 5);
    expect(found[1].score).toBeCloseTo(Math.log(0.147) / 3, 5);
    expect(found[0].logProbability).toBeCloseTo(Math.log(0.3), 5);
    expect(found[0].stopToken).toBe(0);
  });

  it('length penalty 2 puts the longer one first: ln(0.147) / 9 before ln(0.3) / 4', async () => {
    const found = await search({ lengthPenalty: 2, maxTokens: 3 });
    expect(found.map(({ ids }) => ids)).toEqual([[1, 1], [1]]);
    expect(found[0].score).toBeCloseTo(Math.log(0.147) / 9, 5);
    expect(found[1].score).toBeCloseTo(Math.log(0.3) / 4, 5);
  });

  it.each([
    // After two steps [1] and [2] are finished; [1, 1], which would beat [2], is not.
    [true, [[1], [2]], 3],
    // Goes on until no open text scores higher as it stands: one step more.
    [false, [[1], [1, 1]], 5],
    // Goes on while ln(0.147) / 5, that of a text of full length, is above what was found.
    ['never', [[1], [1, 1]], 7],
  ] as const)('early stopping %s', async (earlyStopping, expected, calls) => {
    worked.calls = 0;
    expect((await search({ earlyStopping })).map(({ ids }) => ids)).toEqual(expected);
    expect(worked.calls).toBe(calls);
  });

  it('gives unfinished texts when maxTokens ends them', async () => {
    const found = await search({ maxTokens: 1 });
    expect(found.map(({ ids, stopToken }) => [ids, stopToken])).toEqual([[[1], undefined], [[], 0]]);
  });

  it('groups differ by the diversity penalty: the second takes ln 0.3 before ln 0.5 - 1', async () => {
    const model = writtenModel({ '': [0.5, 0.3, 0.2] });
    const first = async (diversityPenalty: number) => (await beamSearch(model, [], { maxTokens: 1, beams: 2, groups: 2, results: 2, diversityPenalty })).map(({ ids }) => ids[0]);
    expect(await first(0)).toEqual([0, 0]);
    expect(await first(0.4)).toEqual([0, 0]);
    expect(await first(1)).toEqual([0, 1]);
  });

  it('gives every beam its own fork of the sampler, and drops what the stages drop', async () => {
    const model = tableModel(6, 9, 1);
    const seen: number[][] = [];
    const recorder = (taken: number[]) => ({ name: 'recorder', apply: (_: unknown, history: { ids: ArrayLike<number> }) => void seen.push([...taken], Array.from(history.ids)), accept: (id: number) => void taken.push(id), fork: () => recorder([...taken]) });
    const [best] = await beamSearch(model, [1, 2], { maxTokens: 3, beams: 3, sampler: new Sampler([recorder([]), topK(1)]) });
    for (let i = 0; i < seen.length; i += 2) expect([1, 2, ...seen[i]]).toEqual(seen[i + 1]);
    expect(best.score).toBeCloseTo(0, 6); // only one token is left everywhere, and certain
  });

  it('names what is wrong', async () => {
    await expect(search({ maxTokens: 0 })).rejects.toThrow('maxTokens must be an integer from 1, got 0');
    await expect(search({ beams: 0 })).rejects.toThrow('beams must be an integer from 1, got 0');
    await expect(search({ groups: 3 })).rejects.toThrow('groups must divide beams, got 3 groups of 2 beams');
    await expect(search({ results: 3 })).rejects.toThrow('results must be at most beams, got 3 of 2');
    await expect(search({ lengthPenalty: NaN })).rejects.toThrow('lengthPenalty must be a finite number, got NaN');
    await expect(search({ diversityPenalty: -1 })).rejects.toThrow('diversityPenalty must be');
    await expect(search({ earlyStopping: 'soon' as never })).rejects.toThrow(`earlyStopping must be true, false or 'never', got "soon"`);
    await expect(search({ stopTokens: [3] })).rejects.toThrow('stopTokens[0] is 3');
    await expect(search({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
