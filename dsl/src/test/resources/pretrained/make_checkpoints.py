"""Writes small random networks as transformers saves them, each with inputs and the outputs that transformers gives.

make_checkpoints.py FOLDER [SEED]   needs torch and transformers
"""

import json
import os
import sys

import torch
import transformers as t
from safetensors.torch import save_file

t.logging.set_verbosity_error()
t.utils.logging.disable_progress_bar()


def randomise(model):
    """Every parameter and buffer gets values of its own, so that none can be taken for another."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            fan_in = value[0].numel() if value.dim() > 1 else 1
            if "conv1d" in name:
                fan_in = value.shape[0]
            noise = torch.randn_like(value)
            if value.dim() > 1:
                value.copy_(noise / fan_in**0.5)
            elif name.lower().find("norm") >= 0 and name.endswith("weight") or "ln_" in name and name.endswith("weight"):
                value.copy_(1 + 0.2 * noise)
            else:
                value.copy_(0.3 * noise)
        for name, value in model.named_buffers():
            if name.endswith("running_mean"):
                value.copy_(0.3 * torch.randn_like(value))
            elif name.endswith("running_var"):
                value.copy_(0.5 + torch.rand_like(value))


def pictures(side):
    return {"pixel_values": torch.randn(3, 3, side, side)}


def tokens(count, length):
    return {"input_ids": torch.randint(0, count, (3, length))}


def whole(count, length):
    """Tokens none of which is padding."""
    return {"input_ids": torch.randint(1, count, (3, length))}


def padded(count, length, padding):
    """Sentences of different length, filled up behind, and one in front."""
    ids = torch.randint(padding + 1, count, (5, length))
    for row, left in enumerate((length, length - 1, 4, 1)):
        ids[row, left:] = padding
    ids[4, :3] = padding
    return {"input_ids": ids, "attention_mask": (ids != padding).long()}


def make(folder, name, model, inputs, pick=lambda out: out.logits, **saving):
    model.eval()
    randomise(model)
    with torch.no_grad():
        outputs = pick(model(**inputs)).float()
    place = os.path.join(folder, name)
    model.save_pretrained(place, **saving)
    given = next(iter(inputs.values())).clone()
    save_file({"input": given, "output": outputs.contiguous()}, os.path.join(place, "expected.safetensors"))


def preprocessing(folder):
    """What ViTImageProcessor saves. The class itself asks for Pillow and torchvision before it saves a word."""
    says = {"do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.485, 0.456, 0.406],
            "image_processor_type": "ViTImageProcessor", "image_std": [0.229, 0.224, 0.225], "resample": 2,
            "rescale_factor": 1 / 255, "size": {"height": 16, "width": 16}}
    with open(os.path.join(folder, "preprocessor_config.json"), "w", encoding="utf-8") as file:
        file.write(json.dumps(says, indent=2, sort_keys=True) + "\n")


def main(folder, seed):
    torch.manual_seed(seed)
    labels = {0: "cat", 1: "dog", 2: "tree"}
    names = dict(id2label=labels, label2id={v: k for k, v in labels.items()})
    vit = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24, image_size=8,
               patch_size=4)
    make(folder, "vit", t.ViTForImageClassification(t.ViTConfig(**vit, **names)), pictures(8))
    make(folder, "resnet-basic", t.ResNetForImageClassification(
        t.ResNetConfig(embedding_size=8, hidden_sizes=[8, 12], depths=[2, 1], layer_type="basic", **names)),
        pictures(16))
    resnet = dict(embedding_size=8, hidden_sizes=[16, 24], depths=[1, 2], layer_type="bottleneck")
    make(folder, "resnet", t.ResNetForImageClassification(t.ResNetConfig(**resnet, **names)), pictures(16))
    preprocessing(os.path.join(folder, "resnet"))
    convnext = dict(hidden_sizes=[8, 12], depths=[2, 1], num_stages=2, image_size=16)
    make(folder, "convnext", t.ConvNextForImageClassification(t.ConvNextConfig(**convnext, **names)), pictures(16))
    bert = dict(vocab_size=17, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
                max_position_embeddings=9)
    make(folder, "bert", t.BertForSequenceClassification(t.BertConfig(**bert, **names)), whole(17, 9))
    gpt2 = dict(vocab_size=17, n_embd=16, n_layer=2, n_head=2, n_positions=9, bos_token_id=0, eos_token_id=0)
    make(folder, "gpt2", t.GPT2LMHeadModel(t.GPT2Config(**gpt2)), tokens(17, 7))
    make(folder, "sharded", t.GPT2LMHeadModel(t.GPT2Config(**gpt2)), tokens(17, 7), max_shard_size="10KB")
    # Without a head, and with the other ways to say things.
    make(folder, "bert-bare", t.BertModel(t.BertConfig(**bert)), whole(17, 9), lambda out: out.pooler_output)
    make(folder, "gpt2-bare", t.GPT2Model(t.GPT2Config(**gpt2)), tokens(17, 7), lambda out: out.last_hidden_state)
    make(folder, "gpt2-untied", t.GPT2LMHeadModel(t.GPT2Config(**gpt2, tie_word_embeddings=False, n_inner=20,
                                                               activation_function="relu")), tokens(17, 7))
    make(folder, "resnet-bare", t.ResNetModel(t.ResNetConfig(**resnet, downsample_in_first_stage=True)),
         pictures(16), lambda out: out.pooler_output.flatten(1))
    make(folder, "convnext-bare", t.ConvNextModel(t.ConvNextConfig(**convnext, layer_scale_init_value=0.0)),
         pictures(16), lambda out: out.pooler_output)
    make(folder, "vit-bare", t.ViTModel(t.ViTConfig(**vit)), pictures(8), lambda out: out.last_hidden_state[:, 0])
    make(folder, "resnet-early", t.ResNetForImageClassification(
        t.ResNetConfig(**resnet, downsample_in_bottleneck=True, **names)), pictures(16))
    make(folder, "bert-padded", t.BertForSequenceClassification(t.BertConfig(**bert, **names)), padded(17, 9, 0))
    make(folder, "bert-bare-padded", t.BertModel(t.BertConfig(**bert, pad_token_id=2)), padded(17, 9, 2),
         lambda out: out.pooler_output)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
