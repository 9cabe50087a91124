package dev.quire.kernel.jupyter.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages and checks those that come. Without a key nothing is signed and everything is taken. */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";

    /** How many signatures are remembered, so that a message that is sent again is seen. */
    private static final int REMEMBERED = 1 << 16;

    private final byte[] key;
    private final Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    Signatures(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** In hexadecimal digits, as bytes; empty without a key. */
    byte[] sign(List<byte[]> parts) {
        if (key.length == 0) {
            return new byte[0];
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    void check(byte[] signature, List<byte[]> parts) throws BadMessage {
        if (key.length == 0) {
            return;
        }
        if (signature.length == 0) {
            throw new BadMessage("it is not signed");
        }
        if (!MessageDigest.isEqual(sign(parts), signature)) {
            throw new BadMessage("its signature is wrong");
        }
        synchronized (seen) {
            if (!seen.add(new String(signature, StandardCharsets.US_ASCII))) {
                throw new BadMessage("it has come before, with the same signature");
            }
        }
    }
}
