package dev.quire.train;

/** Why a run ended. */
public enum StopReason {
    COMPLETED("all epochs are done"),
    EARLY_STOP("the monitored metric stopped getting better"),
    STOPPED("it was stopped"),
    TIME("the time budget was used up"),
    CALLBACK("a callback asked for it"),
    NON_FINITE("the loss was no longer a finite number"),
    FAILED("an error ended it");

    private final String sentence;

    StopReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason in words. */
    public String sentence() {
        return sentence;
    }
}
