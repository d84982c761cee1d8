// The option of the verbs that use a model with LoRA adapters.
import type { Verb } from '../grammar/verb.js';

export interface AdapterOptions {
  /** Folders, as the user typed them. */
  adapter?: string[];
}

/** int8 weights cannot take what an adapter adds while it can still be switched. */
export const addAdapters = <V extends Verb>(verb: V): V => verb.option('--adapter <dir...>', 'folders of LoRA adapters, as kk finetune sft and PEFT write them; several add up');
