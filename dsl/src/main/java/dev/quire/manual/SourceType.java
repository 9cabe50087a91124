package dev.quire.manual;

import java.util.List;
import java.util.Optional;

/**
 * A type as its source describes it.
 *
 * @param entry the type itself
 * @param members its public methods, in the order of the source, without those that it overrides
 * @param types the public types inside it
 */
public record SourceType(Entry entry, List<Entry> members, List<SourceType> types) {
    public SourceType {
        members = List.copyOf(members);
        types = List.copyOf(types);
    }

    Optional<SourceType> inner(String name) {
        return types.stream().filter(each -> each.entry().name().equals(name)).findFirst();
    }
}
