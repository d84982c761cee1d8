// Chat templates with the structure of well-known families, written for these tests: where the turns stand, how system messages are
// treated, what follows the end of a turn, and what ends a conversation.

export interface Family {
  readonly name: string;
  readonly template: string;
  /** All special tokens that the template writes. */
  readonly tokens: readonly string[];
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What each turn of the assistant adds to learn; `*` stands for its content. */
  readonly learned: string;
  readonly takesSystem: boolean;
}

const loop = (body: string, after = ''): string => `{%- for message in messages %}${body}{%- endfor %}${after}`;

export const families: readonly Family[] = [
  {
    name: 'Llama 3',
    template: `{{- bos_token }}${loop("{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}")}{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}`,
    tokens: ['<|begin_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'],
    variables: { bos_token: '<|begin_of_text|>' },
    learned: '*<|eot_id|>',
    takesSystem: true,
  },
  {
    name: 'Qwen2, which writes a system message of its own and a line feed after each turn',
    template: `${loop("{%- if loop.first and message.role != 'system' %}{{- '<|im_start|>system\\nYou are helpful.<|im_end|>\\n' }}{%- endif %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}")}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`,
    tokens: ['<|im_start|>', '<|im_end|>'],
    learned: '*<|im_end|>',
    takesSystem: true,
  },
  {
    name: 'Mistral, without a prompt of its own, and the system message in the first one of the user',
    template: `{%- if messages[0].role == 'system' %}{%- set system = messages[0].content + '\\n\\n' %}{%- set messages = messages[1:] %}{%- else %}{%- set system = '' %}{%- endif %}{{- bos_token }}${loop("{%- if message.role == 'user' %}{{- '[INST] ' + (system if loop.first else '') + message.content + '[/INST]' }}{%- else %}{{- ' ' + message.content + eos_token }}{%- endif %}")}`,
    tokens: ['<s>', '</s>', '[INST]', '[/INST]'],
    variables: { bos_token: '<s>', eos_token: '</s>' },
    learned: ' *</s>',
    takesSystem: true,
  },
  {
    name: 'Gemma, which refuses system messages and calls the assistant model',
    template: `{{- bos_token }}{%- if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{%- endif %}${loop("{{- '<start_of_turn>' + ('model' if message.role == 'assistant' else message.role) + '\\n' + message.content | trim + '<end_of_turn>\\n' }}")}{%- if add_generation_prompt %}{{- '<start_of_turn>model\\n' }}{%- endif %}`,
    tokens: ['<bos>', '<start_of_turn>', '<end_of_turn>'],
    variables: { bos_token: '<bos>' },
    learned: '*<end_of_turn>',
    takesSystem: false,
  },
  {
    name: 'Phi-3, which ends a conversation with one more token',
    template: `${loop("{{- '<|' + message.role + '|>\\n' + message.content + '<|end|>\\n' }}", "{%- if add_generation_prompt %}{{- '<|assistant|>\\n' }}{%- else %}{{- eos_token }}{%- endif %}")}`,
    tokens: ['<|system|>', '<|user|>', '<|assistant|>', '<|end|>', '<|endoftext|>'],
    variables: { eos_token: '<|endoftext|>' },
    learned: '*<|end|>',
    takesSystem: true,
  },
];
