#!/usr/bin/env python3
"""PyTorch on a GPU, for the benchmark's tables: a matrix product and the GPT training step of lib/sizes.mjs.

    torch_gpu.py matmul --side N --folder DIR [--tf32]   reads a.f32 and b.f32, writes y.f32 -> {"ms", "backend"} as JSON
    torch_gpu.py step --sizes JSON                       -> {"ms", "backend", "losses"} as JSON

Where there is nothing to measure with, {"missing": why}. --device cpu is there to try the script without a GPU.
"""
import argparse, json, math, os, sys, time

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("what", choices=["matmul", "step"])
arguments.add_argument("--side", type=int)
arguments.add_argument("--folder")
arguments.add_argument("--tf32", action="store_true")
arguments.add_argument("--sizes", type=json.loads)
arguments.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
options = arguments.parse_args()


def answer(result):
    print(json.dumps(result))
    sys.exit(0)


try:
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
except ImportError as error:
    answer({"missing": f"PyTorch cannot be loaded by {sys.executable}: {error}"})
if options.device == "cuda" and not torch.cuda.is_available():
    answer({"missing": f"PyTorch {torch.__version__} of {sys.executable} sees no CUDA device"})

device = torch.device(options.device)
on_gpu = device.type == "cuda"
name = torch.cuda.get_device_name() if on_gpu else "the processor"
torch.backends.cuda.matmul.allow_tf32 = options.tf32
ROUNDS, ROUND_SECONDS = 7, 0.2


def finished():
    if on_gpu:
        torch.cuda.synchronize()


def median(values):
    return sorted(values)[len(values) // 2]


def matmul():
    """As the other candidates are timed: enough products for 200 ms, then one wait; the median of seven such rounds."""
    import array

    def load(file):
        numbers = array.array("f")
        with open(os.path.join(options.folder, file), "rb") as opened:
            numbers.frombytes(opened.read())
        return torch.frombuffer(numbers, dtype=torch.float32).view(options.side, options.side).to(device)

    a, b = load("a.f32"), load("b.f32")
    y = a @ b
    with open(os.path.join(options.folder, "y.f32"), "wb") as opened:
        opened.write(bytes(y.cpu().contiguous().untyped_storage()) if hasattr(y, "untyped_storage") else y.cpu().contiguous().numpy().tobytes())

    def round_of(times):
        finished()
        started = time.perf_counter()
        for _ in range(times):
            torch.matmul(a, b, out=y)
        finished()
        return time.perf_counter() - started

    round_of(1)
    times = 1
    while round_of(times) < ROUND_SECONDS:
        times *= 2
    answer({"ms": 1e3 * median([round_of(times) / times for _ in range(ROUNDS)]), "backend": f"PyTorch {torch.__version__}, {name}"})


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
    def __init__(self, width, heads, context):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(width), Attention(width, heads, context)
        self.norm2, self.up, self.down = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class GPT(nn.Module):
    def __init__(self, vocabulary, context, layers, heads, width):
        super().__init__()
        self.tokens, self.places = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
        self.blocks = nn.Sequential(*(Block(width, heads, context) for _ in range(layers)))
        self.norm = nn.LayerNorm(width)
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, 0, 0.02)
        self.register_buffer("positions", torch.arange(context), persistent=False)

    def forward(self, ids, targets):
        x = self.blocks(self.tokens(ids) + self.places(self.positions))
        logits = self.norm(x) @ self.tokens.weight.T
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), targets.view(-1))


def step():
    """Batch drawn on the processor, forward, backward, clipping, AdamW, and the loss read in every step, as ours does."""
    sizes = options.sizes
    vocabulary, context, batch = sizes["vocabSize"], sizes["contextLength"], sizes["batchSize"]
    torch.manual_seed(0)
    model = GPT(vocabulary, context, sizes["layers"], sizes["heads"], sizes["width"]).to(device)
    parameters = list(model.parameters())
    groups = [{"params": [p for p in parameters if p.dim() >= 2], "weight_decay": 0.1}, {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0}]
    settings = {"lr": 1e-3, "betas": (0.9, 0.99)}
    try:
        optimizer = torch.optim.AdamW(groups, fused=on_gpu, **settings)
    except (TypeError, RuntimeError):  # before PyTorch 2
        optimizer = torch.optim.AdamW(groups, **settings)
    data = torch.arange(100_000) ** 2 % vocabulary

    def one():
        starts = torch.randint(0, len(data) - context - 1, (batch,))
        windows = torch.stack([data[start : start + context + 1] for start in starts]).to(device)
        loss = model(windows[:, :-1].contiguous(), windows[:, 1:].contiguous())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        return loss.item()

    losses = [one() for _ in range(5)]
    times = []
    end = time.perf_counter() + 4
    while len(times) < 5 or time.perf_counter() < end:
        started = time.perf_counter()
        one()
        times.append((time.perf_counter() - started) * 1e3)
    answer({"ms": median(times), "backend": f"PyTorch {torch.__version__}, eager, {name}", "losses": losses})


matmul() if options.what == "matmul" else step()
