// All jobs by name; the worker loads a job's file when it is first started.
export const jobs = {
  nonsense: () => import('./nonsense.js'),
};

export type JobModules = typeof jobs;
