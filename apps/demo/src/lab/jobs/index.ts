// All jobs by name; the worker loads a job's file when it is first started.
export const jobs = {
  checkModel: () => import('./check-model.js'),
  branches: () => import('./branches.js'),
  contest: () => import('./contest.js'),
  continuation: () => import('./continuation.js'),
  entropy: () => import('./entropy.js'),
  guessWord: () => import('./guess-word.js'),
  lens: () => import('./lens.js'),
  merges: () => import('./merges.js'),
  nextToken: () => import('./next-token.js'),
  nonsense: () => import('./nonsense.js'),
  nonsenseCopies: () => import('./nonsense-copies.js'),
  nonsenseNext: () => import('./nonsense-next.js'),
  nonsenseSources: () => import('./nonsense-sources.js'),
  nonsenseTable: () => import('./nonsense-table.js'),
  passages: () => import('./passages.js'),
  samplerStages: () => import('./sampler-stages.js'),
  scores: () => import('./scores.js'),
  vocabularies: () => import('./vocabularies.js'),
  zipf: () => import('./zipf.js'),
};

export type JobModules = typeof jobs;
