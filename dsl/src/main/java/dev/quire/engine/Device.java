package dev.quire.engine;

/** Where programs run: the processor, or a GPU by its number. */
public record Device(String type, int number) {
    public static final Device CPU = new Device("cpu", -1);

    public static Device gpu(int number) {
        return new Device("gpu", number);
    }

    public boolean isGpu() {
        return type.equals("gpu");
    }

    ai.djl.Device djl() {
        return isGpu() ? ai.djl.Device.gpu(number) : ai.djl.Device.cpu();
    }

    @Override
    public String toString() {
        return isGpu() ? "gpu " + number : "cpu";
    }
}
