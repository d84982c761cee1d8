// The file that makes the folder of a model one of a reward model.

export const REWARD_HEAD = 'reward_head.safetensors';
