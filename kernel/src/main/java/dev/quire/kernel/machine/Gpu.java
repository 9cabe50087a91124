package dev.quire.kernel.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of NVIDIA GPUs without libtorch.
 *
 * @param models those the driver knows
 * @param isDriverMissing whether there is a GPU that no driver has taken
 */
record Gpu(List<String> models, boolean isDriverMissing) {
    private static final String NVIDIA = "0x10de";
    private static final String DISPLAY = "0x03";

    Gpu {
        models = List.copyOf(models);
    }

    /**
     * Looks below {@code /proc} and {@code /sys}.
     *
     * @param root the root of the file system
     */
    static Gpu below(Path root) {
        List<String> models = new ArrayList<>();
        for (Path folder : folders(root.resolve("proc/driver/nvidia/gpus"))) {
            models.add(text(folder.resolve("information"))
                    .lines()
                    .filter(line -> line.startsWith("Model:"))
                    .map(line -> line.substring("Model:".length()).strip())
                    .findFirst()
                    .orElse("NVIDIA GPU"));
        }
        boolean isThere = folders(root.resolve("sys/bus/pci/devices")).stream()
                .anyMatch(device -> text(device.resolve("vendor")).strip().equals(NVIDIA)
                        && text(device.resolve("class")).startsWith(DISPLAY));
        return new Gpu(models, models.isEmpty() && isThere);
    }

    private static List<Path> folders(Path parent) {
        List<Path> out = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            entries.forEach(out::add);
        } catch (IOException noSuchFolder) {
            return List.of();
        }
        return out;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException noSuchFile) {
            return "";
        }
    }

    /**
     * Why the GPU is used or not.
     *
     * @param torch libtorch as it loaded
     */
    Finding finding(Map<String, String> environment, TorchState torch) {
        String wish = environment.getOrDefault("QUIRE_DEVICE", "").toLowerCase(Locale.ROOT);
        boolean isOwnLibrary = environment.containsKey("PYTORCH_LIBRARY_PATH");
        String names = String.join(", ", models);
        if (torch.gpus() > 0) {
            String found = names.isEmpty() ? torch.gpus() + " seen by libtorch" : names;
            return wish.equals("cpu")
                    ? Finding.note("GPU", found + ", not used: QUIRE_DEVICE=cpu", "unset QUIRE_DEVICE to use it")
                    : Finding.good("GPU", found + ", used for training");
        }
        if (isDriverMissing) {
            return Finding.note(
                    "GPU",
                    "an NVIDIA GPU that no driver has taken; the processor is used",
                    "install NVIDIA's driver, and see that nvidia-smi lists the GPU");
        }
        if (models.isEmpty()) {
            return wish.equals("gpu")
                    ? Finding.bad("GPU", "none found, and QUIRE_DEVICE=gpu asks for one", "unset QUIRE_DEVICE")
                    : Finding.good("GPU", "no NVIDIA GPU found; the processor is used");
        }
        if (wish.equals("cpu")) {
            return Finding.note("GPU", names + ", not used: QUIRE_DEVICE=cpu", "unset QUIRE_DEVICE to use it");
        }
        if (isOwnLibrary) {
            return Finding.note(
                    "GPU",
                    names + ", not used: the libtorch in PYTORCH_LIBRARY_PATH does not see it",
                    "it may be built for the processor only, or for a newer driver: compare with nvidia-smi",
                    "it must be version " + Build.libtorch());
        }
        return Finding.note(
                "GPU",
                names + ", not used: libtorch for the GPU is not there",
                "connect to the network once: it is downloaded on first use",
                "or install PyTorch " + Build.libtorch() + " with pip, and set PYTORCH_LIBRARY_PATH to its torch/lib",
                "or set QUIRE_DEVICE=cpu to train on the processor");
    }
}
