package dev.quire.pretrained;

import dev.quire.text.Tokenizer;

/** Finds tokenizers where networks lie. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * A tokenizer by itself, without what a network would say of it.
     *
     * @param place a {@code tokenizer.json}, a folder that has one, or a name whose files were downloaded before
     * @throws dev.quire.QuireException when it is missing or damaged
     */
    public static Tokenizer at(String place) {
        return Tokenizer.read(HubCache.standard().find(place));
    }
}
