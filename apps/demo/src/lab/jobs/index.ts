// All jobs by name; the worker loads a job's file when it is first started.
export const jobs = {
  'check-model': () => import('./check-model.js'),
  contest: () => import('./contest.js'),
  guessWord: () => import('./guess-word.js'),
  branches: () => import('./branches.js'),
  continuation: () => import('./continuation.js'),
  merges: () => import('./merges.js'),
  nextToken: () => import('./next-token.js'),
  nonsense: () => import('./nonsense.js'),
  nonsenseCopies: () => import('./nonsense-copies.js'),
  nonsenseNext: () => import('./nonsense-next.js'),
  nonsenseSources: () => import('./nonsense-sources.js'),
  samplerStages: () => import('./sampler-stages.js'),
  vocabularies: () => import('./vocabularies.js'),
};

export type JobModules = typeof jobs;
