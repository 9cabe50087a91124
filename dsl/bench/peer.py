"""PyTorch's side of the benchmark: trains the same networks, driven line by line through standard input.

    hello                        -> hello VERSION DEVICE can...     (can: fused, compile, attention)
    open ID WORKLOAD VARIANT     -> ok | fail REASON
    round ID SECONDS             -> rate EXAMPLES_OR_STEPS_A_SECOND | fail REASON
    close ID                     -> ok

A variant is `eager`, or words joined by `+`: `fused` (AdamW in one kernel), `compile` (torch.compile around forward
pass and loss), `bf16` (autocast), `written` (attention from matrix products and a softmax).
"""
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

EXAMPLES = 60_000
CLASSES = 10
CONTEXT = 64
VOCABULARY = 65
STEPS_A_READING = 20  # the loss is read, and the clock, once in so many steps

device = torch.device("cuda" if os.environ.get("QUIRE_DEVICE") == "gpu" else "cpu")


class Attention(nn.Module):
    def __init__(self, width, heads, written):
        super().__init__()
        self.heads, self.written = heads, written
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.register_buffer("later", torch.ones(CONTEXT, CONTEXT, dtype=torch.bool).triu(1), persistent=False)

    def forward(self, x):
        n, t, width = x.shape
        q, k, v = (
            part.view(n, t, self.heads, width // self.heads).transpose(1, 2) for part in self.qkv(x).split(width, dim=2)
        )
        if self.written:
            scores = (q @ k.transpose(-2, -1)) * (width // self.heads) ** -0.5
            y = scores.masked_fill(self.later[:t, :t], float("-inf")).softmax(-1) @ v
        else:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).reshape(n, t, width))


class Block(nn.Module):
    def __init__(self, width, heads, written):
        super().__init__()
        self.attention_norm, self.attention = nn.LayerNorm(width), Attention(width, heads, written)
        self.dense_norm = nn.LayerNorm(width)
        self.dense = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        x = x + self.attention(self.attention_norm(x))
        return x + self.dense(self.dense_norm(x))


class Gpt(nn.Module):
    def __init__(self, written, layers=4, heads=4, width=128):
        super().__init__()
        self.tokens, self.places = nn.Embedding(VOCABULARY, width), nn.Embedding(CONTEXT, width)
        self.blocks = nn.Sequential(*[Block(width, heads, written) for _ in range(layers)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, VOCABULARY)
        self.register_buffer("at", torch.arange(CONTEXT), persistent=False)

    def forward(self, x):
        return self.head(self.norm(self.blocks(self.tokens(x) + self.places(self.at))))


class Mlp:
    def __init__(self, width, batch):
        self.batch, self.unit = batch, 1
        self.count = EXAMPLES
        self.x = torch.randn(EXAMPLES, 784).to(device)
        self.y = torch.randint(0, CLASSES, (EXAMPLES,)).to(device)
        self.model = nn.Sequential(
            nn.Linear(784, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, CLASSES)
        )

    def take(self, index):
        return self.x[index], self.y[index]

    def loss(self, x, y):
        return F.cross_entropy(self.model(x), y)


class Cnn:
    batch = unit = 128
    count = EXAMPLES

    def __init__(self, bf16):
        self.bf16 = bf16
        self.x = torch.randint(0, 256, (EXAMPLES, 1, 28, 28), dtype=torch.uint8).to(device)
        self.y = torch.randint(0, CLASSES, (EXAMPLES,)).to(device)
        self.model = nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1600, 64), nn.ReLU(), nn.Dropout(0.25), nn.Linear(64, CLASSES),
        )  # fmt: skip

    def take(self, index):
        return self.x[index], self.y[index]

    def loss(self, x, y):
        x = x.float().div(255).sub(0.1307).div(0.3081)
        if not self.bf16:
            return F.cross_entropy(self.model(x), y)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            logits = self.model(x)
        return F.cross_entropy(logits.float(), y)


class Text:
    batch, unit = 12, 12 * CONTEXT

    def __init__(self, written):
        self.tokens = torch.randint(0, VOCABULARY, (1_115_394,)).to(device)
        self.window = torch.arange(CONTEXT + 1).to(device)
        self.count = (len(self.tokens) - CONTEXT) // CONTEXT
        self.model = Gpt(written)

    def take(self, index):
        window = self.tokens[(index * CONTEXT)[:, None] + self.window]
        return window[:, :-1], window[:, 1:]

    def loss(self, x, y):
        return F.cross_entropy(self.model(x).reshape(-1, VOCABULARY), y.reshape(-1))


def workload(name, words):
    if name.startswith("mlp"):
        return Mlp(int(name[3:]), 64 if name == "mlp512" else 32)
    if name == "cnn":
        return Cnn("bf16" in words)
    if name == "gpt":
        return Text("written" in words)
    raise ValueError("no workload " + name)


class Contestant:
    """A network in training; `round` goes on where the last one stopped."""

    def __init__(self, name, variant):
        words = variant.split("+")
        torch.manual_seed(1)
        self.work = workload(name, words)
        self.work.model.to(device).train()
        options = {"fused": True} if "fused" in words else {}
        self.optimizer = torch.optim.AdamW(self.work.model.parameters(), lr=1e-3, **options)
        self.loss = torch.compile(self.work.loss) if "compile" in words else self.work.loss
        self.steps = self.training()

    def training(self):
        work = self.work
        while True:
            order = torch.randperm(work.count, device=device)
            for start in range(0, work.count - work.batch + 1, work.batch):
                self.optimizer.zero_grad(set_to_none=True)
                loss = self.loss(*work.take(order[start : start + work.batch]))
                loss.backward()
                self.optimizer.step()
                yield loss

    def round(self, seconds):
        next(self.steps).item()
        began = time.perf_counter()
        done, passed = 0, 0.0
        while passed < seconds:
            for _ in range(STEPS_A_READING):
                loss = next(self.steps)
            loss.item()
            done += STEPS_A_READING
            passed = time.perf_counter() - began
        return done * self.work.unit / max(passed, 1e-9)


def abilities():
    out = []
    try:
        torch.optim.AdamW([nn.Parameter(torch.zeros(1, device=device))], fused=True)
        out.append("fused")
    except (RuntimeError, TypeError, ValueError):
        pass
    if hasattr(torch, "compile"):
        out.append("compile")
    if hasattr(F, "scaled_dot_product_attention"):
        out.append("attention")
    return out


def answer(words, contestants):
    verb, *rest = words
    if verb == "hello":
        return " ".join(["hello", torch.__version__, str(device), *abilities()])
    if verb == "open":
        contestants[rest[0]] = Contestant(rest[1], rest[2])
        contestants[rest[0]].round(0)
        return "ok"
    if verb == "round":
        return "rate %.3f" % contestants[rest[0]].round(float(rest[1]))
    if verb == "close":
        contestants.pop(rest[0], None)
        return "ok"
    raise ValueError("no such word: " + verb)


def main():
    # Whatever a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    torch.set_num_threads(int(sys.argv[1]))
    contestants = {}
    for line in sys.stdin:
        try:
            print(answer(line.split(), contestants), file=answers)
        except Exception as error:  # reported in the table, and the other rows go on
            print("fail " + " ".join(f"{type(error).__name__}: {error}".split())[:200], file=answers)


main()
