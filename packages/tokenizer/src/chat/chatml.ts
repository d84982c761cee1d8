// ChatML, the default chat template: "<|im_start|>", the role, a line feed, the content, "<|im_end|>", a line feed. Introduced by OpenAI,
// used by Qwen and many others.

/** The special tokens of ChatML: `withSpecialTokens(tokenizer, chatMLTokens)`. The second one ends a turn. */
export const chatMLTokens = ['<|im_start|>', '<|im_end|>'] as const;

/** The assistant's content and the end of its turn stand in a generation block. */
export const chatMLTemplate = `{%- for message in messages %}
    {{- '<|im_start|>' + message['role'] + '\\n' }}
    {%- if message['role'] == 'assistant' %}
        {%- generation %}
        {{- message['content'] + '<|im_end|>' }}
        {%- endgeneration %}
    {%- else %}
        {{- message['content'] + '<|im_end|>' }}
    {%- endif %}
    {{- '\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}`;
