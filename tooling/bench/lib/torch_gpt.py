"""The GPT of lib/sizes.mjs in PyTorch, with its optimizer and one training step; torch_gpu.py, torch_step.py and torch_preferences.py time it."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Attention(nn.Module):
    def __init__(self, width, heads, context):
        super().__init__()
        self.heads = heads
        self.qkv, self.projection = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.register_buffer("future", torch.triu(torch.ones(context, context, dtype=torch.bool), 1), persistent=False)

    def forward(self, x):
        batch, context, width = x.shape
        q, k, v = (part.view(batch, context, self.heads, width // self.heads).transpose(1, 2) for part in self.qkv(x).split(width, 2))
        if hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            scores = (q @ k.transpose(-2, -1)) / math.sqrt(width // self.heads)
            y = scores.masked_fill(self.future[:context, :context], float("-inf")).softmax(-1) @ v
        return self.projection(y.transpose(1, 2).reshape(batch, context, width))


class Block(nn.Module):
    def __init__(self, width, heads, context, approximate):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(width), Attention(width, heads, context)
        self.norm2, self.up, self.down = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.approximate = approximate

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate=self.approximate))


class GPT(nn.Module):
    """GPT-2's weights at the start: deviation 0.02, 0.02 / sqrt(2 layers) where a block adds to the residual stream; biases 0."""

    def __init__(self, sizes, approximate="tanh"):
        super().__init__()
        context, layers, width = sizes["contextLength"], sizes["layers"], sizes["width"]
        self.tokens, self.places = nn.Embedding(sizes["vocabSize"], width), nn.Embedding(context, width)
        self.blocks = nn.Sequential(*(Block(width, sizes["heads"], context, approximate) for _ in range(layers)))
        self.norm = nn.LayerNorm(width)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                residual = name.endswith(("projection.weight", "down.weight"))
                nn.init.normal_(parameter, 0, 0.02 / math.sqrt(2 * layers) if residual else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)
        self.register_buffer("positions", torch.arange(context), persistent=False)

    def logits(self, ids):
        x = self.blocks(self.tokens(ids) + self.places(self.positions[: ids.shape[1]]))
        return self.norm(x) @ self.tokens.weight.T

    def forward(self, ids, targets):
        logits = self.logits(ids)
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), targets.reshape(-1))


def make_optimizer(parameters, fused=False):
    """nanoGPT's AdamW: weight decay for matrices and embeddings only."""
    groups = [{"params": [p for p in parameters if p.dim() >= 2], "weight_decay": 0.1}, {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0}]
    settings = {"lr": 1e-3, "betas": (0.9, 0.99)}
    try:
        return torch.optim.AdamW(groups, fused=fused, **settings)
    except (TypeError, RuntimeError):  # before PyTorch 2
        return torch.optim.AdamW(groups, **settings)


def draw_batch(data, sizes):
    """Random windows of the ids `data`: (inputs, targets), each (batchSize, contextLength)."""
    context = sizes["contextLength"]
    starts = torch.randint(0, len(data) - context - 1, (sizes["batchSize"],))
    windows = torch.stack([data[start : start + context + 1] for start in starts])
    return windows[:, :-1].contiguous(), windows[:, 1:].contiguous()


def train_step(model, parameters, optimizer, ids, targets):
    """Forward, backward, clipping by the global norm, AdamW; the loss is read, as ours does."""
    return learn(model(ids, targets), parameters, optimizer)


def learn(loss, parameters, optimizer):
    """Backward, clipping by the global norm, AdamW. @returns the loss"""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(parameters, 1.0)
    optimizer.step()
    return loss.item()
