// Knows the names of tensors in adapter_model.safetensors.

/** PEFT wraps the model twice; the adapter's own name is left out in files. */
export const PREFIX = 'base_model.model.';

/** The trained rows of a table: the rows themselves, not what they differ by, whatever the name says. */
export const ROWS = 'token_adapter.trainable_tokens_delta';
