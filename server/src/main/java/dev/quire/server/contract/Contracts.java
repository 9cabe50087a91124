package dev.quire.server.contract;

import dev.quire.QuireException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which contracts a server offers.
 *
 * @param prefixes what the paths of each begin with, such as {@code /lab}; empty for their own. Contracts that are not in
 *     it are off.
 */
public record Contracts(Map<Contract, String> prefixes) {
    /** None. */
    public static final Contracts NONE = new Contracts(Map.of());
    /** All, at their own paths, which do not collide. */
    public static final Contracts ALL = all();

    public Contracts {
        Map<Contract, String> sorted = new EnumMap<>(Contract.class);
        sorted.putAll(prefixes);
        prefixes = Collections.unmodifiableMap(sorted);
        for (Map.Entry<Contract, String> each : prefixes.entrySet()) {
            if (!each.getValue().matches("(/[A-Za-z0-9_-]+)*")) {
                throw new QuireException("contract " + each.getKey().word() + ": the prefix '" + each.getValue()
                        + "' is no path: use one such as /lab, or none");
            }
        }
    }

    private static Contracts all() {
        Map<Contract, String> out = new EnumMap<>(Contract.class);
        for (Contract each : Contract.values()) {
            out.put(each, "");
        }
        return new Contracts(out);
    }

    /**
     * Those that a user names.
     *
     * @param words names such as {@code digits}, or {@code digits=/lab} for one below a prefix; {@code none} alone for none
     * @throws QuireException when there is none of a name, or one is named twice
     */
    public static Contracts of(List<String> words) {
        Contracts out = NONE;
        if (words.equals(List.of("none"))) {
            return out;
        }
        for (String word : words) {
            String[] parts = word.split("=", 2);
            Contract contract = Contract.of(parts[0]);
            if (out.prefixes.containsKey(contract)) {
                throw new QuireException("contract " + contract.word() + " is named twice: name it once");
            }
            out = out.with(contract, parts.length == 1 ? "" : parts[1]);
        }
        return out;
    }

    /** With this one, its paths below a prefix. */
    public Contracts with(Contract contract, String prefix) {
        Map<Contract, String> out = new EnumMap<>(Contract.class);
        out.putAll(prefixes);
        out.put(contract, prefix);
        return new Contracts(out);
    }

    /** Without this one. */
    public Contracts without(Contract contract) {
        Map<Contract, String> out = new EnumMap<>(Contract.class);
        out.putAll(prefixes);
        out.remove(contract);
        return new Contracts(out);
    }

    /** The prefix of one that is on. */
    public String prefix(Contract contract) {
        return Objects.requireNonNull(prefixes.get(contract));
    }
}
