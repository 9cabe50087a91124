try:
    from safetensors.torch import load_file
except ImportError:  # pip install safetensors reads faster; this needs nothing else

    def load_file(path):
        """The tensors of a safetensors file by name."""
        kinds = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64, "I32": torch.int32, "U8": torch.uint8}
        with open(path, "rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
            content = bytearray(file.read())
        header.pop("__metadata__", None)
        tensors = {}
        for name, entry in header.items():
            begin, end = entry["data_offsets"]
            values = torch.frombuffer(content[begin:end], dtype=kinds[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"])
        return tensors


def load(path="model.safetensors"):
    """The network with the weights of a safetensors file, ready to be asked."""
    network = Network()
    network.load_state_dict(load_file(path))
    return network.eval()
