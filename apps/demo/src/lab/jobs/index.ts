// All jobs by name; the worker loads a job's file when it is first started.
export const jobs = {
  merges: () => import('./merges.js'),
  nonsense: () => import('./nonsense.js'),
  nonsenseCopies: () => import('./nonsense-copies.js'),
  nonsenseNext: () => import('./nonsense-next.js'),
  nonsenseSources: () => import('./nonsense-sources.js'),
  vocabularies: () => import('./vocabularies.js'),
};

export type JobModules = typeof jobs;
