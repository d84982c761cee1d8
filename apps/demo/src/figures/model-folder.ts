// The folder of a model in the code that a figure shows.

/** @param model  as jobs get it: the name of a shipped model, `own:NAME` or `site:/PATH` */
export function modelFolder(model: string): string {
  return /^(?:own|site):/.test(model) ? model.replace(/^(?:own|site):/, '') : `apps/demo/models/${model}`;
}
