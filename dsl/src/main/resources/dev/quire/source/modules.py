class Residual(nn.Sequential):
    """Layers with a way past them: x + layers(x)."""

    def forward(self, x):
        return x + super().forward(x)


class Add(nn.Sequential):
    """The sum of branches that are given the same."""

    def forward(self, *inputs):
        return reduce(torch.add, [branch(*inputs) for branch in self])


class Multiply(nn.Sequential):
    """The product of branches that are given the same."""

    def forward(self, *inputs):
        return reduce(torch.mul, [branch(*inputs) for branch in self])


class Concat(nn.Sequential):
    """The outputs of branches that are given the same, joined along an axis."""

    def __init__(self, *branches, dim=1):
        super().__init__(*branches)
        self.dim = dim

    def forward(self, *inputs):
        return torch.cat([branch(*inputs) for branch in self], dim=self.dim)


class Reshape(nn.Module):
    """Each example in another shape."""

    def __init__(self, *sizes):
        super().__init__()
        self.sizes = sizes

    def forward(self, x):
        return x.reshape(x.shape[0], *self.sizes)


class PositionalEmbedding(nn.Module):
    """Adds a learned row to each place of a sequence."""

    def __init__(self, length, units):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(length, units))

    def forward(self, x):
        return x + self.weight[: x.shape[1]]


class LSTM(nn.LSTM):
    """Gives the states of all places, or the last alone, without those to go on from."""

    def __init__(self, *sizes, last=False, **options):
        super().__init__(*sizes, batch_first=True, **options)
        self.last = last

    def forward(self, x):
        states = super().forward(x)[0]
        if not self.last:
            return states
        forth, back = states[:, -1, : self.hidden_size], states[:, 0, self.hidden_size :]
        return torch.cat([forth, back], dim=1)


class GRU(nn.GRU):
    """Gives the states of all places, or the last alone, without those to go on from."""

    def __init__(self, *sizes, last=False, **options):
        super().__init__(*sizes, batch_first=True, **options)
        self.last = last

    def forward(self, x):
        states = super().forward(x)[0]
        if not self.last:
            return states
        forth, back = states[:, -1, : self.hidden_size], states[:, 0, self.hidden_size :]
        return torch.cat([forth, back], dim=1)


def masking(token, module):
    """A module whose attention passes over the places of a token."""

    def look(module, inputs):
        padding = (inputs[0] == token) * -1e9
        for part in module.modules():
            if hasattr(part, "key_padding"):
                part.key_padding = padding

    module.register_forward_pre_hook(look)
    return module


class SelfAttention(nn.MultiheadAttention):
    """Attention of a sequence to itself; where causal, a place sees only those before it, and itself."""

    key_padding = None

    def __init__(self, units, heads, causal=False, **options):
        super().__init__(units, heads, batch_first=True, **options)
        self.causal = causal

    def forward(self, x):
        length = x.shape[1]
        mask = nn.Transformer.generate_square_subsequent_mask(length, device=x.device) if self.causal else None
        return super().forward(
            x, x, x, self.key_padding, need_weights=False, attn_mask=mask, is_causal=self.causal
        )[0]


class TransformerEncoder(nn.TransformerEncoderLayer):
    """A transformer block that sees the whole sequence, but for its padding."""

    key_padding = None

    def __init__(self, units, heads, **options):
        super().__init__(units, heads, batch_first=True, **options)

    def forward(self, x):
        return super().forward(x, src_key_padding_mask=self.key_padding)


class TransformerDecoder(nn.TransformerEncoderLayer):
    """A transformer block in which a place sees only those before it, and itself."""

    key_padding = None

    def __init__(self, units, heads, **options):
        super().__init__(units, heads, batch_first=True, **options)

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1], device=x.device)
        return super().forward(x, src_mask=mask, src_key_padding_mask=self.key_padding, is_causal=self.key_padding is None)


class PaddedConv1d(nn.Conv1d):
    """A convolution whose input is padded unevenly first."""

    def __init__(self, *sizes, pad, **options):
        super().__init__(*sizes, **options)
        self.pad = pad

    def forward(self, x):
        return super().forward(F.pad(x, self.pad))


class PaddedConv2d(nn.Conv2d):
    """A convolution whose input is padded unevenly first."""

    def __init__(self, *sizes, pad, **options):
        super().__init__(*sizes, **options)
        self.pad = pad

    def forward(self, x):
        return super().forward(F.pad(x, self.pad))


class TrimmedConvTranspose1d(nn.ConvTranspose1d):
    """A transposed convolution whose output is cut at its start."""

    def __init__(self, *sizes, trim, **options):
        super().__init__(*sizes, **options)
        self.trim = trim

    def forward(self, x):
        return super().forward(x)[:, :, self.trim[0] :]


class TrimmedConvTranspose2d(nn.ConvTranspose2d):
    """A transposed convolution whose output is cut at its start."""

    def __init__(self, *sizes, trim, **options):
        super().__init__(*sizes, **options)
        self.trim = trim

    def forward(self, x):
        return super().forward(x)[:, :, self.trim[0] :, self.trim[1] :]


class SharedModule(nn.Module):
    """A module of the network's own, used once more; its parameters are not counted twice."""

    def __init__(self, module):
        super().__init__()
        self.__dict__["module"] = module

    def forward(self, *inputs):
        return self.module(*inputs)


class Unembedding(nn.Module):
    """A score for each number, by the rows of an embedding that belongs to the network."""

    def __init__(self, embedding):
        super().__init__()
        self.__dict__["embedding"] = embedding

    def forward(self, x):
        return F.linear(x, self.embedding.weight)
