package dev.quire.data;

import java.util.List;

/**
 * Where a dataset comes from.
 *
 * @param source an address or a folder; empty for arrays of the user's own
 * @param licence its licence, empty when unknown
 * @param citation whom to cite, empty when unknown
 * @param remarks what was done on loading that a reader of results should know, such as files that were skipped
 */
public record Origin(String source, String licence, String citation, List<String> remarks) {
    /** Data of the user's own, from a file, a folder or arrays. */
    public static Origin own(String source, List<String> remarks) {
        return new Origin(source, "", "", remarks);
    }

    public Origin {
        remarks = List.copyOf(remarks);
    }
}
