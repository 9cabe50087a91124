"""Writes two small tokenizers as transformers saves them, each with sentences and what transformers makes of them.

make_tokenizers.py FOLDER   needs transformers, and tokenizers with it
"""

import json
import os
import sys

import transformers as t
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

TEXT = """a wonderful film with a great cast and a story that stays with you
the plot is thin and the jokes are old and tired
what a waste of time and of a good cast
i laughed and i cried and i want to see it again
dull, slow and far too long: the worst film of the year
bright, funny and warm: the best film of the year
it's not good, it's not bad, it's just there
don't go and see this, you'll want your money back
""".splitlines() * 4

SENTENCES = ["a wonderful film", "The plot is THIN, and unseen words befuddle it!", "it's caf\u00e9 na\u00efve",
             "two  spaces\nand a line", "an emoji \U0001f600 in the cast", "", "\u6f22\u5b57 film",
             "the film " * 12, "[SEP] a story"]
LENGTH = 12


def wordpiece(folder):
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(TEXT, trainers.WordPieceTrainer(vocab_size=120, special_tokens=marks,
                                                             show_progress=False))
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    save(folder, t.PreTrainedTokenizerFast(
        tokenizer_object=made, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_max_length=32))


def bpe(folder):
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.post_processor = processors.ByteLevel(trim_offsets=False)
    made.train_from_iterator(TEXT, trainers.BpeTrainer(
        vocab_size=320, special_tokens=["<|endoftext|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    save(folder, t.PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token="<|endoftext|>", eos_token="<|endoftext|>", pad_token="<|endoftext|>"))


def save(folder, tokenizer):
    tokenizer.save_pretrained(folder)
    rows = []
    for sentence in SENTENCES:
        said = tokenizer(sentence, return_offsets_mapping=True)
        row = tokenizer(sentence, padding="max_length", truncation=True, max_length=LENGTH)
        rows.append({"text": sentence, "ids": said["input_ids"], "words": said.tokens(),
                     "offsets": said["offset_mapping"], "row": row["input_ids"],
                     "decoded": tokenizer.backend_tokenizer.decode(said["input_ids"])})
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
        json.dump({"vocabulary": len(tokenizer), "length": LENGTH, "rows": rows}, file, indent=1)


def main(folder):
    wordpiece(os.path.join(folder, "wordpiece"))
    bpe(os.path.join(folder, "bpe"))


if __name__ == "__main__":
    main(sys.argv[1])
