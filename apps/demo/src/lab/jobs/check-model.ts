// The page of models: checks a model that the visitor drops or names by its path on this site.
import { readablePath } from '../../models.js';
import { checkModel, type CheckedModel, type ModelProblem, type ReadFile } from '../check-model.js';
import { defineJob } from '../job.js';

/** Files by name, or the path of a folder on this site. */
export type CheckInput = { files: Record<string, Blob> } | { folder: string };

export default defineJob(async function* (input: CheckInput, tools): AsyncGenerator<'engine started', CheckedModel | { problem: ModelProblem }> {
  tools.preparing('model', 0);
  const read: ReadFile = 'files' in input ? async (name) => input.files[name] : (name) => download(`${input.folder}/${name}`);
  const engine = await tools.engine();
  yield 'engine started';
  return checkModel(read, engine, async (share) => {
    tools.preparing('model', share);
    await tools.breathe();
  });
});

async function download(path: string): Promise<Blob | undefined> {
  const response = await fetch(path);
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${readablePath(path)} could not be loaded (status ${response.status}).`);
  return response.blob();
}
