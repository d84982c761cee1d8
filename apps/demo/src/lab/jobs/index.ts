// All jobs by name; the worker loads a job's file when it is first started.
export const jobs = {
  merges: () => import('./merges.js'),
  nonsense: () => import('./nonsense.js'),
  vocabularies: () => import('./vocabularies.js'),
};

export type JobModules = typeof jobs;
