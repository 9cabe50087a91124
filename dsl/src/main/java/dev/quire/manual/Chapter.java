package dev.quire.manual;

import java.util.List;

/**
 * Words of a module that this one does not know. Where the module is on the class path, and names its chapter as a service,
 * help and completion tell of its words as of Quire's own. Its jar carries their sources under {@code META-INF/sources}.
 */
public interface Chapter {
    /** The full name of the class whose public static methods are the words, such as {@code dev.quire.Quire}. */
    String words();

    /** The words in their groups, which come after those of the language. */
    List<Vocabulary.Group> groups();
}
