"""Opens exported networks and compares their outputs with those of Quire: a line for each network."""

import importlib.util
import json
import pathlib
import sys
import warnings

import torch
from safetensors.torch import load_file

warnings.simplefilter("ignore")
torch.set_num_threads(1)


def difference(outputs, expected):
    """The worst |a - b| / max(1, |b|) over all outputs; infinite where a shape differs."""
    outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
    if len(outputs) != len(expected):
        return float("inf")
    worst = 0.0
    for a, b in zip(outputs, expected):
        if a.shape != b.shape:
            return float("inf")
        worst = max(worst, ((a.double() - b.double()).abs() / b.double().abs().clamp(min=1)).max().item())
    return worst if worst == worst else float("inf")


def torchscript(folder, inputs):
    return torch.jit.load(folder / "model.pt")(*inputs)


def source(folder, inputs):
    spec = importlib.util.spec_from_file_location("model_" + folder.name, folder / "model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.load(folder / "model.safetensors")(*inputs)


def main(root):
    for folder in sorted(pathlib.Path(root).iterdir()):
        figures = load_file(folder / "figures.safetensors")
        inputs = [figures[f"input{i}"] for i in range(len(figures)) if f"input{i}" in figures]
        expected = [figures[f"output{i}"] for i in range(len(figures)) if f"output{i}" in figures]
        for name, target in (("model.pt", torchscript), ("model.py", source)):
            if (folder / name).exists():
                try:
                    with torch.no_grad():
                        answer = {"difference": difference(target(folder, inputs), expected)}
                except Exception as e:
                    answer = {"error": f"{type(e).__name__}: {e}"[:2000]}
                print(json.dumps({"folder": folder.name, "target": name, **answer}), flush=True)


main(sys.argv[1])
